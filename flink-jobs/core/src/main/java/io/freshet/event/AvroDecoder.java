/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to records, from Avro's <a href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">single
 * object encoding</a>: {@code C3 01}, the CRC-64-AVRO fingerprint of the schema, the body. Used by one thread at a time.
 */
public final class AvroDecoder implements EventDecoder {

    static final int MAGIC = 0xC301;

    private static final int MAGIC_BYTES = 2;
    private static final int HEADER_BYTES = MAGIC_BYTES + Long.BYTES;

    private final Schema schema;
    private final Map<Long, AvroBody> bodies = new HashMap<>();
    private long lastFingerprint;
    private AvroBody last;

    /** A decoder of records that were written with that schema. */
    public AvroDecoder(Schema schema) {
        this(schema, List.of());
    }

    /**
     * A decoder of records that were written with some version of a schema.
     *
     * @param schema the version they are read as; they may be written with it
     * @param writers the other versions
     */
    public AvroDecoder(Schema schema, Collection<Schema> writers) {
        this.schema = requireNonNull(schema, "schema");
        writers.forEach(this::add);
        lastFingerprint = SchemaNormalization.parsingFingerprint64(schema);
        last = add(schema);
    }

    private AvroBody add(Schema writer) {
        long fingerprint = SchemaNormalization.parsingFingerprint64(writer);
        AvroBody body = new AvroBody(writer, schema, "schema fingerprint %016X".formatted(fingerprint));
        bodies.put(fingerprint, body);
        return body;
    }

    /** What stands before a body of that schema. */
    static byte[] header(Schema schema) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .putShort((short) MAGIC)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(SchemaNormalization.parsingFingerprint64(schema))
                .array();
    }

    @Override
    public GenericRecord decode(byte @Nullable [] bytes) throws BadEventException {
        byte[] present = Framing.present(bytes, HEADER_BYTES, schema);
        ByteBuffer header = ByteBuffer.wrap(present, 0, HEADER_BYTES);
        if (Short.toUnsignedInt(header.getShort()) != MAGIC) {
            throw Framing.other(present, "C301 of Avro's single-object encoding", schema);
        }
        return body(header.order(ByteOrder.LITTLE_ENDIAN).getLong()).read(present, HEADER_BYTES);
    }

    /** Of the last writer's schema nothing is looked up: events in a row mostly have the same. */
    private AvroBody body(long fingerprint) throws BadEventException {
        if (fingerprint != lastFingerprint) {
            AvroBody body = bodies.get(fingerprint);
            if (body == null) {
                throw new BadEventException(
                        DeadLetterReason.UNKNOWN_SCHEMA,
                        "Cannot decode an event of %s: found schema fingerprint %016X, expected %s; the .avsc it was"
                                        .formatted(schema.getFullName(), fingerprint, known())
                                + " written with belongs into the folder of schemas");
            }
            lastFingerprint = fingerprint;
            last = body;
        }
        return last;
    }

    private String known() {
        String own = "%016X".formatted(SchemaNormalization.parsingFingerprint64(schema));
        return bodies.size() == 1 ? own : own + " or that of one of " + (bodies.size() - 1) + " other versions";
    }
}
