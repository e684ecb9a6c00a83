/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tasks of a job and how records go from one to the next.
 *
 * @param tasks its tasks, chained operators together
 * @param edges who reads from whom
 */
public record JobGraph(List<Task> tasks, List<Edge> edges) {

    public JobGraph {
        tasks = List.copyOf(tasks);
        edges = List.copyOf(edges);
    }

    /**
     * Chained operators that run as one task.
     *
     * @param id 32 hexadecimal digits
     * @param operators names of the operators, in order
     * @param parallelism subtasks
     * @param running subtasks that run now
     * @param recordsIn records from other tasks since it was last started
     * @param recordsOut records to other tasks since then
     */
    public record Task(
            String id, List<String> operators, int parallelism, int running, long recordsIn, long recordsOut) {

        public Task {
            operators = List.copyOf(operators);
        }
    }

    /**
     * A task reads from another.
     *
     * @param from id of the one that writes
     * @param to id of the one that reads
     * @param how Flink's word for how records are spread, such as {@code HASH}
     */
    public record Edge(String from, String to, String how) {}

    static JobGraph of(JsonNode job) {
        List<Task> tasks = new ArrayList<>();
        for (JsonNode vertex : job.path("vertices")) {
            JsonNode metrics = vertex.path("metrics");
            tasks.add(new Task(
                    vertex.path("id").asText(),
                    operators(vertex.path("name").asText()),
                    vertex.path("parallelism").asInt(),
                    vertex.path("tasks").path("RUNNING").asInt(),
                    metrics.path("read-records").asLong(),
                    metrics.path("write-records").asLong()));
        }
        List<Edge> edges = new ArrayList<>();
        for (JsonNode node : job.path("plan").path("nodes")) {
            for (JsonNode input : node.path("inputs")) {
                edges.add(new Edge(
                        input.path("id").asText(),
                        node.path("id").asText(),
                        input.path("ship_strategy").asText()));
            }
        }
        return new JobGraph(tasks, edges);
    }

    /** Flink writes a chain as {@code a -> (b, c -> d)}. */
    static List<String> operators(String name) {
        return Arrays.stream(name.split("\\s*->\\s*|\\s*,\\s+|[()]"))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .distinct()
                .toList();
    }
}
