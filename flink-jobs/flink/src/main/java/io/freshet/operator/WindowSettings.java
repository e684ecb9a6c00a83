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
 * @param addedSinceMillis event time since which the job sees all events of a column that the restored one had not: no event
 *     of before was later
 * @param cache how many entities a task holds in memory
 */
public record WindowSettings(
        PlanSource source,
        OutputTag<DeadLetter> lateEvents,
        AvailableAt availableAt,
        long completeSinceMillis,
        long addedSinceMillis,
        CacheSize cache)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public WindowSettings {
        requireNonNull(source, "source");
        requireNonNull(lateEvents, "lateEvents");
        requireNonNull(availableAt, "availableAt");
        requireNonNull(cache, "cache");
    }

    /** Of a job that follows no other, or one of the same columns. */
    public WindowSettings(
            PlanSource source,
            OutputTag<DeadLetter> lateEvents,
            AvailableAt availableAt,
            long completeSinceMillis,
            CacheSize cache) {
        this(source, lateEvents, availableAt, completeSinceMillis, Long.MAX_VALUE, cache);
    }
}
