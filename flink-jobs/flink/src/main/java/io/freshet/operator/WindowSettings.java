/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import static java.util.Objects.requireNonNull;

import io.freshet.event.DeadLetter;
import java.io.Serializable;
import org.apache.flink.util.OutputTag;

/**
 * What the windows of one view need to know.
 *
 * @param source the view
 * @param lateEvents where events go that no window can use any more
 * @param availableAt from when a reader could have had a row
 * @param completeSinceMillis event time since which the job sees all events; {@link Long#MIN_VALUE}: all there ever were.
 *     A restored job keeps that of the job that began the state
 * @param cacheEntities most entities that a task holds in memory over state in RocksDB; 0: as its memory allows
 */
public record WindowSettings(
        PlanSource source,
        OutputTag<DeadLetter> lateEvents,
        AvailableAt availableAt,
        long completeSinceMillis,
        int cacheEntities)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int MOST_BY_MEMORY = 100_000;
    private static final int FEWEST_BY_MEMORY = 1_000;
    private static final int BYTES_PER_ENTITY = 2_048;
    private static final int SHARE_OF_HEAP = 8;

    public WindowSettings {
        requireNonNull(source, "source");
        requireNonNull(lateEvents, "lateEvents");
        requireNonNull(availableAt, "availableAt");
        if (cacheEntities < 0) {
            throw new IllegalArgumentException(
                    "Cannot hold " + cacheEntities + " entities in memory: expected 0 or more");
        }
    }

    /** Entities at hand, for a task that shares this heap with some others: an eighth of it among them all. */
    int cacheEntities(long heapBytes, int tasks) {
        if (cacheEntities > 0) {
            return cacheEntities;
        }
        long fit = heapBytes / SHARE_OF_HEAP / BYTES_PER_ENTITY / tasks;
        return (int) Math.max(FEWEST_BY_MEMORY, Math.min(MOST_BY_MEMORY, fit));
    }
}
