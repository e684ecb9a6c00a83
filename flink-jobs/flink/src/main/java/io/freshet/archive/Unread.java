/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.archive;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What of a history is not archived yet.
 *
 * @param starts the first offset to read of each partition
 * @param offsets what is to be read of each partition
 * @param nextOffsets the first offset that is not archived once that is done
 * @param lost offsets that were deleted from the history before they were archived
 */
record Unread(
        Map<TopicPartition, Long> starts,
        Map<Integer, OffsetRange> offsets,
        Map<Integer, Long> nextOffsets,
        long lost) {

    /**
     * Works it out.
     *
     * @param archived the first offset that is not archived, of the partitions that the archive knows
     * @param beginnings the first offset that each partition still has
     * @param ends where what is committed ends
     */
    static Unread of(
            Map<Integer, Long> archived, Map<TopicPartition, Long> beginnings, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> starts = new HashMap<>();
        Map<Integer, OffsetRange> offsets = new HashMap<>();
        Map<Integer, Long> nextOffsets = new TreeMap<>(archived);
        long lost = 0;
        for (Map.Entry<TopicPartition, Long> each : ends.entrySet()) {
            int partition = each.getKey().partition();
            long wanted = archived.getOrDefault(partition, 0L);
            long start = Math.max(wanted, beginnings.getOrDefault(each.getKey(), 0L));
            long end = Math.max(start, each.getValue());
            // What was deleted before the first run was never promised to be there.
            lost += archived.containsKey(partition) ? start - wanted : 0;
            starts.put(each.getKey(), start);
            offsets.put(partition, new OffsetRange(start, end));
            nextOffsets.put(partition, end);
        }
        return new Unread(starts, offsets, nextOffsets, lost);
    }
}
