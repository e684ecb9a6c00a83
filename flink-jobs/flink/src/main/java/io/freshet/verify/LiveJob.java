/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import static java.util.Objects.requireNonNull;

import io.freshet.event.SelectedEvent;
import java.io.Serializable;
import java.util.Map;

/**
 * What is known of the job that is judged, from where it leaves traces. Partitions are numbered as in
 * {@link io.freshet.event.PartitionNumbers}.
 *
 * @param takenIn by partition, the first offset that it had not taken in when it last completed a checkpoint, as it told
 *     Kafka; a partition that is not there was not read, as far as it told
 * @param watermarkMillis its watermark as published online: all rows as of then or before were served;
 *     {@link Long#MIN_VALUE} for none
 * @param topicSinceMillis event time since which the topics still have all events; {@link Long#MIN_VALUE}: all there
 *     ever were
 * @param historySinceMillis wall clock since which the history still has all rows; {@link Long#MIN_VALUE}: all
 * @param startedMillis events that Kafka took in before this moment, wall clock, came before the job, unless a row tells
 *     otherwise; {@link Long#MIN_VALUE}: none did
 * @param letters the events that were put aside
 */
record LiveJob(
        Map<Integer, Long> takenIn,
        long watermarkMillis,
        long topicSinceMillis,
        long historySinceMillis,
        long startedMillis,
        Letters letters)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    LiveJob {
        takenIn = Map.copyOf(takenIn);
        requireNonNull(letters, "letters");
    }

    /** Whether the job had taken that event in when it last committed. */
    boolean hasTakenIn(int partition, long offset) {
        return offset < takenIn.getOrDefault(partition, 0L);
    }

    /** Whether the event may rightly have no row: it was put aside, or came before the job. */
    boolean excuses(SelectedEvent event) {
        return event.ingestedAtMillis() < startedMillis || letters.has(event.partition(), event.offset());
    }

    /** Whether events or rows are gone that would tell how an entity began. */
    boolean hasLostItsBeginning() {
        return topicSinceMillis != Long.MIN_VALUE || historySinceMillis != Long.MIN_VALUE;
    }
}
