/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import io.freshet.definition.ViewPlan;
import java.io.IOException;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * The values of a topic's records to events of the schema that its views read. An event is the same whenever it is decoded,
 * so that a replay gives what the live job gave. Used by one thread at a time.
 */
public interface EventDecoder {

    /**
     * The event in these bytes, whichever version of the schema it was written with.
     *
     * @param bytes the value of a Kafka record; null for a tombstone
     * @throws BadEventException {@link DeadLetterReason#UNDECODABLE}, {@link DeadLetterReason#UNKNOWN_SCHEMA} or
     *     {@link DeadLetterReason#INCOMPATIBLE_SCHEMA}, whatever the bytes are
     * @throws IOException if it cannot be told now: the registry does not say what the bytes were written with
     */
    GenericRecord decode(byte @Nullable [] bytes) throws BadEventException, IOException;

    /**
     * A decoder of the events of a topic.
     *
     * @param topic what is read of the topic
     * @param registry asked for the schemas that events name by id
     */
    static EventDecoder of(ViewPlan.SourcePlan topic, SchemaLookup registry) {
        return switch (topic.source().format()) {
            case SINGLE_OBJECT -> new AvroDecoder(topic.schema(), topic.writers());
            case CONFLUENT -> new ConfluentDecoder(topic.schema(), registry);
            case AVRO -> new PlainAvroDecoder(topic.schema(), topic.writers().get(0));
            case JSON -> new JsonDecoder(topic.schema());
        };
    }
}
