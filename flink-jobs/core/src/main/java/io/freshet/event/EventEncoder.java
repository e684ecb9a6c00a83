/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Events to the values of a topic's records: what an {@link EventDecoder} reads. Used by one thread at a time. */
@FunctionalInterface
public interface EventEncoder {

    /**
     * The bytes of an event.
     *
     * @throws org.apache.avro.AvroRuntimeException if a field holds what the schema does not allow
     */
    byte[] encode(GenericRecord event);

    /** Bodies of that schema without a frame. */
    static EventEncoder plain(Schema schema) {
        return new AvroEncoder(schema, new byte[0]);
    }

    /**
     * Bodies in a schema registry's framing.
     *
     * @param schema of the events
     * @param id of the schema in the registry
     */
    static EventEncoder confluent(Schema schema, int id) {
        return new AvroEncoder(schema, ConfluentDecoder.header(id));
    }

    /** JSON objects. */
    static EventEncoder json() {
        return new JsonEncoder();
    }
}
