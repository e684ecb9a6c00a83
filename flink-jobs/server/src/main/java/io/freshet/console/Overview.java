/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.console;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All views and the job. Null is what is not known.
 *
 * @param now when it was read, ms since 1970 UTC
 * @param namespace what keys and topics start with
 * @param job the job; null where none is known to run
 * @param deadLetters events put aside; null where there is no such topic
 * @param notes what could not be asked, and why
 * @param views the views, in order of their files
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Overview(
        long now,
        String namespace,
        @Nullable Job job,
        @Nullable Long deadLetters,
        List<String> notes,
        List<View> views) {

    public Overview {
        notes = List.copyOf(notes);
        views = List.copyOf(views);
    }

    /**
     * The job.
     *
     * @param id of Flink
     * @param state Flink's word for its state
     * @param allRun whether every task runs
     * @param startedAt ms since 1970 UTC
     * @param parallelism most subtasks of an operator
     * @param checkpoints how many are complete
     * @param failedCheckpoints how many failed
     * @param lastCheckpointAt when the last was complete, ms since 1970 UTC
     * @param lastCheckpointBytes its size
     * @param failure what it was last restarted for
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Job(
            String id,
            String state,
            boolean allRun,
            long startedAt,
            int parallelism,
            long checkpoints,
            long failedCheckpoints,
            @Nullable Long lastCheckpointAt,
            @Nullable Long lastCheckpointBytes,
            @Nullable Failure failure) {}

    /**
     * Why a job was restarted.
     *
     * @param at when, ms since 1970 UTC
     * @param reason its deepest cause
     */
    public record Failure(long at, String reason) {}

    /**
     * One view.
     *
     * @param overFiles whether its events come from files: then no job computes it for ever
     * @param status {@code fresh}, {@code stale}, or {@code unknown} where no watermark was ever published
     * @param watermark up to when all events are in the rows, ms since 1970 UTC
     * @param behindMs the clock less the watermark, ms
     * @param targetMs the freshness that the view promises, ms
     * @param rowsPerSecond of the last minute, by the job
     * @param rows since the tasks were last started
     * @param freshnessMedianMs half of the last rows took no longer from Kafka to Redis, ms
     * @param freshnessP99Ms 99 in 100 of them took no longer, ms
     * @param lag events of its topics that no checkpoint has yet
     * @param late events that no window could use, since the tasks were last started
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record View(
            String name,
            int version,
            String description,
            String owner,
            boolean overFiles,
            String status,
            @Nullable Long watermark,
            @Nullable Long behindMs,
            long targetMs,
            @Nullable Double rowsPerSecond,
            @Nullable Long rows,
            @Nullable Double freshnessMedianMs,
            @Nullable Double freshnessP99Ms,
            @Nullable Long lag,
            @Nullable Long late) {}
}
