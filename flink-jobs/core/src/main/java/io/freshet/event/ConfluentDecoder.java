/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to records, from the <a
 * href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">wire
 * format</a> of Confluent's serializers, which others use as well: {@code 00}, the id of the schema as a big-endian int,
 * the body. Used by one thread at a time.
 */
final class ConfluentDecoder implements EventDecoder {

    private static final int HEADER_BYTES = 1 + Integer.BYTES;

    /** More versions than a topic has; those longest unused are asked for again. */
    private static final int MOST_BODIES = 1_000;

    private final Schema schema;
    private final SchemaLookup registry;
    private final Map<Integer, AvroBody> bodies = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, AvroBody> eldest) {
            return size() > MOST_BODIES;
        }
    };
    private int lastId;
    private @Nullable AvroBody last;

    ConfluentDecoder(Schema schema, SchemaLookup registry) {
        this.schema = schema;
        this.registry = registry;
    }

    /** What stands before a body of the schema of that id. */
    static byte[] header(int id) {
        return ByteBuffer.allocate(HEADER_BYTES).put((byte) 0).putInt(id).array();
    }

    @Override
    public GenericRecord decode(byte @Nullable [] bytes) throws BadEventException, IOException {
        byte[] present = Framing.present(bytes, HEADER_BYTES, schema);
        if (present[0] != 0) {
            throw Framing.other(present, "00 of a schema registry's framing", schema);
        }
        return body(ByteBuffer.wrap(present).getInt(1)).read(present, HEADER_BYTES);
    }

    /** Of the last writer's schema nothing is looked up: events in a row mostly have the same. */
    private AvroBody body(int id) throws BadEventException, IOException {
        AvroBody known = last;
        if (known == null || id != lastId) {
            known = bodies.get(id);
            if (known == null) {
                known = new AvroBody(registry.byId(id), schema, "schema id " + id);
                bodies.put(id, known);
            }
            lastId = id;
            last = known;
        }
        return known;
    }
}
