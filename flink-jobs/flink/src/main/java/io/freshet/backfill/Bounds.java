/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What all events of a view's topics and files together say of time. Half-open where it says so.
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

    /**
     * What the extents of a view's topics say.
     *
     * @param sources what is known of each topic, by its number in the backfill; files are those of an only one
     */
    static Bounds of(Collection<Extent> extents, Map<Integer, Sources> sources) {
        long reached = extents.stream().mapToLong(Extent::maxMillis).max().orElse(Long.MIN_VALUE);
        long first = extents.stream().mapToLong(Extent::minMillis).min().orElse(Long.MAX_VALUE);
        long wholeSince = Long.MIN_VALUE;
        Files files = Files.NONE;
        for (Map.Entry<Integer, Sources> topic : sources.entrySet()) {
            List<Extent> own = extents.stream()
                    .filter(extent -> extent.topic() == topic.getKey())
                    .toList();
            wholeSince = Math.max(wholeSince, wholeSince(own, topic.getValue()));
            files = topic.getValue().files();
        }
        if (files == Files.NONE) {
            return new Bounds(reached, Long.MIN_VALUE, wholeSince);
        }
        long firstInTopic = extents.stream()
                .filter(extent -> extent.partition() != Extent.FILES)
                .mapToLong(Extent::minMillis)
                .min()
                .orElse(Long.MAX_VALUE);
        long cut = wholeSince == Long.MIN_VALUE ? firstInTopic : wholeSince;
        return new Bounds(reached, cut, files == Files.ALL ? Long.MIN_VALUE : first);
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
