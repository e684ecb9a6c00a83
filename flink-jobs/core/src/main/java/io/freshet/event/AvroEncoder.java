/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Records to bytes, in Avro's <a href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">single
 * object encoding</a>. Used by one thread at a time.
 */
public final class AvroEncoder implements EventEncoder {

    private final byte[] header;
    private final GenericDatumWriter<GenericRecord> writer;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private @Nullable BinaryEncoder reused;

    /** An encoder of records of that schema. */
    public AvroEncoder(Schema schema) {
        this(schema, AvroDecoder.header(schema));
    }

    /** An encoder of bodies of that schema behind a header. */
    AvroEncoder(Schema schema, byte[] header) {
        this.header = header;
        this.writer = new GenericDatumWriter<>(schema, new GenericData());
    }

    @Override
    public byte[] encode(GenericRecord event) {
        bytes.reset();
        bytes.writeBytes(header);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, reused);
        reused = encoder;
        try {
            writer.write(event, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode an event in memory", e);
        }
    }
}
