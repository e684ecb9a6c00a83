/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import static io.freshet.event.DeadLetterReason.UNDECODABLE;
import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to records, from Avro's <a href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">single
 * object encoding</a>: {@code C3 01}, the CRC-64-AVRO fingerprint of the schema, the body. Used by one thread at a time.
 *
 * <p>Lengths are checked against the bytes at hand before anything is allocated. Items that take no bytes (an array of
 * nulls) cannot be: Avro bounds them to a quarter of the heap.
 */
public final class AvroDecoder {

    private static final int MAGIC = 0xC301;
    private static final int MAGIC_BYTES = 2;
    private static final int HEADER_BYTES = MAGIC_BYTES + Long.BYTES;

    private final Schema schema;
    private final long fingerprint;
    private final GenericDatumReader<GenericRecord> reader;
    private @Nullable BinaryDecoder reused;

    /** A decoder of records of that schema. */
    public AvroDecoder(Schema schema) {
        this.schema = requireNonNull(schema, "schema");
        fingerprint = SchemaNormalization.parsingFingerprint64(schema);
        reader = new GenericDatumReader<>(schema, schema, new GenericData());
    }

    /**
     * The event in these bytes.
     *
     * @param bytes the value of a Kafka record; null for a tombstone
     * @throws BadEventException {@link DeadLetterReason#UNDECODABLE}, whatever the bytes are
     */
    public GenericRecord decode(byte @Nullable [] bytes) throws BadEventException {
        if (bytes == null) {
            throw bad("the value is null, expected an event", null);
        }
        checkHeader(bytes);
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, reused);
        reused = decoder;
        try {
            GenericRecord event = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                int rest = decoder.inputStream().available();
                throw bad("found " + rest + " bytes after its end, expected none", null);
            }
            return event;
        } catch (EOFException e) {
            throw bad("found " + bytes.length + " bytes, expected more (truncated?)", e);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Avro reports broken bodies with many kinds of unchecked exception; deep nesting ends in the error.
            throw bad("its body does not follow the schema (" + describe(e) + ")", e);
        }
    }

    private void checkHeader(byte[] bytes) throws BadEventException {
        if (bytes.length < HEADER_BYTES) {
            throw bad("found " + bytes.length + " bytes, expected a header of " + HEADER_BYTES, null);
        }
        ByteBuffer header = ByteBuffer.wrap(bytes, 0, HEADER_BYTES);
        int magic = Short.toUnsignedInt(header.getShort());
        if (magic != MAGIC) {
            String hint = bytes[0] == 0 ? " (a schema registry's framing?)" : bytes[0] == '{' ? " (JSON?)" : "";
            throw bad(
                    "it starts with %04X%s, expected C301 of Avro's single-object encoding".formatted(magic, hint),
                    null);
        }
        long found = header.order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (found != fingerprint) {
            throw bad("found schema fingerprint %016X, expected %016X".formatted(found, fingerprint), null);
        }
    }

    private BadEventException bad(String what, @Nullable Throwable cause) {
        String message = "Cannot decode an event of " + schema.getFullName() + ": " + what;
        return cause == null
                ? new BadEventException(UNDECODABLE, message)
                : new BadEventException(UNDECODABLE, message, cause);
    }

    private static String describe(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
