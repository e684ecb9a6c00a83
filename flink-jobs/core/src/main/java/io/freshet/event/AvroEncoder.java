/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;

/**
 * Records to bytes, in Avro's <a href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">single
 * object encoding</a>. Used by one thread at a time.
 */
public final class AvroEncoder {

    private final BinaryMessageEncoder<GenericRecord> encoder;

    /** An encoder of records of that schema. */
    public AvroEncoder(Schema schema) {
        encoder = new BinaryMessageEncoder<>(new GenericData(), schema);
    }

    /**
     * The bytes of a record.
     *
     * @throws org.apache.avro.AvroRuntimeException if a field holds what the schema does not allow
     */
    public byte[] encode(GenericRecord event) {
        try {
            ByteBuffer buffer = encoder.encode(event);
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode an event in memory", e);
        }
    }
}
