/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import java.io.Serializable;
import java.util.Collection;
import java.util.Set;

/**
 * What all events of a topic and its files together say of time. Half-open where it says so.
 *
 * @param reachedMillis greatest event time of all; windows do not move beyond it. {@link Long#MIN_VALUE} of no events
 * @param cutMillis events before it are taken from files, those at or after it from the topic;
 *     {@link Long#MIN_VALUE} without files
 * @param completeSinceMillis event time since which all events are there; {@link Long#MIN_VALUE}: all there ever were
 */
record Bounds(long reachedMillis, long cutMillis, long completeSinceMillis) {

    /**
     * What is known beforehand of where events come from.
     *
     * @param truncated partitions whose first events Kafka has deleted
     * @param outOfOrdernessMillis how far an event may be behind one before it
     * @param files what files there are of events that are older than the topic
     */
    record Sources(Set<Integer> truncated, long outOfOrdernessMillis, Files files) implements Serializable {
        private static final long serialVersionUID = 1L;

        Sources {
            truncated = Set.copyOf(truncated);
        }
    }

    /** What files there are. */
    public enum Files {
        /** None. */
        NONE,
        /** Some; there may have been events before them. */
        SOME,
        /** All events before the topic that there ever were. */
        ALL
    }

    static Bounds of(Collection<Extent> extents, Sources sources) {
        long reached = Long.MIN_VALUE;
        long firstInTopic = Long.MAX_VALUE;
        long firstInFiles = Long.MAX_VALUE;
        for (Extent extent : extents) {
            if (extent.partition() == Extent.FILES) {
                firstInFiles = Math.min(firstInFiles, extent.minMillis());
            } else {
                firstInTopic = Math.min(firstInTopic, extent.minMillis());
            }
            reached = Math.max(reached, extent.maxMillis());
        }
        long wholeSince = wholeSince(extents, sources);
        if (sources.files() == Files.NONE) {
            return new Bounds(reached, Long.MIN_VALUE, wholeSince);
        }
        long cut = wholeSince == Long.MIN_VALUE ? firstInTopic : wholeSince;
        long first = Math.min(firstInFiles, firstInTopic);
        return new Bounds(reached, cut, sources.files() == Files.ALL ? Long.MIN_VALUE : first);
    }

    /**
     * Since when the topic has all events. Of a partition that has lost its first events, the lost ones may be later than
     * the least that is left, by the out-of-orderness.
     */
    private static long wholeSince(Collection<Extent> extents, Sources sources) {
        long since = Long.MIN_VALUE;
        for (int partition : sources.truncated()) {
            long first = extents.stream()
                    .filter(extent -> extent.partition() == partition)
                    .mapToLong(Extent::minMillis)
                    .min()
                    .orElse(Long.MAX_VALUE);
            // All of it is gone: of no moment is it known that all events are there.
            since = first == Long.MAX_VALUE ? first : Math.max(since, first + sources.outOfOrdernessMillis() + 1);
        }
        return since;
    }
}
