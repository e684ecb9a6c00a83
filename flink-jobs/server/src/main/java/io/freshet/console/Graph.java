/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.console;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of a job, and how records go from one to the next.
 *
 * @param running whether these are the tasks of a job as Flink has them; else the steps that the views ask for
 * @param note why they are not; null where they are
 */
public record Graph(boolean running, @Nullable String note, List<Task> tasks, List<Edge> edges) {

    public Graph {
        tasks = List.copyOf(tasks);
        edges = List.copyOf(edges);
    }

    /**
     * Operators that run as one.
     *
     * @param operators their names
     * @param parallelism subtasks; null where it does not run
     * @param running subtasks that run now
     * @param recordsIn records from other tasks since it was last started
     * @param recordsOut records to other tasks since then
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Task(
            String id,
            List<String> operators,
            @Nullable Integer parallelism,
            @Nullable Integer running,
            @Nullable Long recordsIn,
            @Nullable Long recordsOut) {

        public Task {
            operators = List.copyOf(operators);
        }
    }

    /**
     * Records go from a task to another.
     *
     * @param how Flink's word for how they are spread, such as {@code HASH}; null where it does not run
     */
    public record Edge(String from, String to, @Nullable String how) {}
}
