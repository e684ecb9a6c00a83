/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.source;

import io.freshet.event.DeadLetter;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** What one Kafka record turned out to be. */
public sealed interface SourceRecord {

    /**
     * An event.
     *
     * @param event the event
     * @param timeMillis its event time, ms since 1970 UTC
     * @param ingestedAtMillis when Kafka took it in, wall clock, ms
     * @param origin the Kafka record it came in
     */
    record Decoded(GenericRecord event, long timeMillis, long ingestedAtMillis, Origin origin)
            implements SourceRecord {}

    /**
     * An event that no view can use.
     *
     * @param letter what becomes of it
     */
    record Dead(DeadLetter letter) implements SourceRecord {}

    /** A Kafka record: where it stood, and its bytes as they came. Immutable by contract. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Origin(String topic, int partition, long offset, byte @Nullable [] key, byte[] value) {

        /** The record with these parts. */
        public Origin(String topic, int partition, long offset, byte @Nullable [] key, byte[] value) {
            this.topic = topic;
            this.partition = partition;
            this.offset = offset;
            this.key = key;
            this.value = value;
        }
    }
}
