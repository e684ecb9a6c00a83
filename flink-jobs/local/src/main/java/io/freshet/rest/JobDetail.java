/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a job is doing.
 *
 * @param state Flink's word for its state
 * @param vertices its tasks, chained operators together
 */
public record JobDetail(String state, List<Vertex> vertices) {

    public JobDetail {
        vertices = List.copyOf(vertices);
    }

    /**
     * Chained operators that run as one task.
     *
     * @param id 32 hexadecimal digits
     * @param name of the operators
     * @param parallelism subtasks
     * @param running subtasks that run now
     */
    public record Vertex(String id, String name, int parallelism, int running) {}

    /** Whether every subtask runs. */
    public boolean allRun() {
        return state.equals("RUNNING")
                && vertices.stream().allMatch(vertex -> vertex.running() == vertex.parallelism());
    }

    /** Most subtasks of an operator. */
    public int parallelism() {
        return vertices.stream().mapToInt(Vertex::parallelism).max().orElse(0);
    }

    static JobDetail of(JsonNode json) {
        List<Vertex> vertices = new ArrayList<>();
        for (JsonNode vertex : json.path("vertices")) {
            vertices.add(new Vertex(
                    vertex.path("id").asText(),
                    vertex.path("name").asText(),
                    vertex.path("parallelism").asInt(),
                    vertex.path("tasks").path("RUNNING").asInt()));
        }
        return new JobDetail(json.path("state").asText(), vertices);
    }
}
