/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.console;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a view was over time.
 *
 * @param now when it was read, ms since 1970 UTC
 * @param from where the buckets begin, ms since 1970 UTC
 * @param bucketMs length of a bucket
 * @param buckets what was written to the history, by wall clock; null where that cannot be told
 * @param sampledSince since when there are samples, ms since 1970 UTC
 * @param samples what the job told, the oldest first
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Activity(
        long now, long from, long bucketMs, @Nullable List<Bucket> buckets, long sampledSince, List<Sample> samples) {

    public Activity {
        buckets = buckets == null ? null : List.copyOf(buckets);
        samples = List.copyOf(samples);
    }

    /**
     * A stretch of time.
     *
     * @param at its beginning, ms since 1970 UTC
     * @param records offsets of the history that were written in it: its rows, and a mark for each commit
     */
    public record Bucket(long at, long records) {}

    /** What the job told at a moment; null where it told nothing. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Sample(
            long at,
            @Nullable Double freshnessMedianMs,
            @Nullable Double freshnessP99Ms,
            @Nullable Long behindMs) {}
}
