/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.source;

/**
 * Which events of a topic are read.
 *
 * @param start from where
 * @param end to where
 */
public record EventRange(Start start, End end) {

    /** From where. */
    public sealed interface Start {}

    /** From the oldest event that Kafka still has. */
    public record Earliest() implements Start {}

    /** From the next event. */
    public record Latest() implements Start {}

    /**
     * From the first event that Kafka took in at or after a moment.
     *
     * @param kafkaMillis the moment, wall clock, ms since 1970 UTC
     */
    public record At(long kafkaMillis) implements Start {}

    /** To where. */
    public enum End {
        /** For ever. */
        NEVER,
        /** To the last event there is when the job starts. */
        AT_LATEST
    }

    /** Whether the job ends by itself. */
    public boolean isBounded() {
        return end == End.AT_LATEST;
    }
}
