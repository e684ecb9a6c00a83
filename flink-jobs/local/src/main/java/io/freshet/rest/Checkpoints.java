/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The checkpoints of a job since it was started on this cluster.
 *
 * @param completed how many are complete
 * @param failed how many failed
 * @param last the newest checkpoint that is complete
 * @param savepoint the newest savepoint
 * @param restored path of the checkpoint or savepoint that it was last restored from
 */
public record Checkpoints(
        long completed, long failed, Optional<Last> last, Optional<Last> savepoint, Optional<String> restored) {

    /**
     * A complete checkpoint.
     *
     * @param id its number
     * @param completedAtMillis when the last task had acknowledged it, ms since 1970
     * @param durationMillis from its trigger to its completion
     * @param bytes size of the state
     * @param path where it is
     */
    public record Last(long id, long completedAtMillis, long durationMillis, long bytes, String path) {}

    static Checkpoints of(JsonNode json) {
        JsonNode counts = json.path("counts");
        JsonNode latest = json.path("latest");
        JsonNode restored = latest.path("restored").path("external_path");
        return new Checkpoints(
                counts.path("completed").asLong(),
                counts.path("failed").asLong(),
                last(latest.path("completed")),
                last(latest.path("savepoint")),
                restored.isTextual() ? Optional.of(restored.asText()) : Optional.empty());
    }

    private static Optional<Last> last(JsonNode json) {
        return json.isObject()
                ? Optional.of(new Last(
                        json.path("id").asLong(),
                        json.path("latest_ack_timestamp").asLong(),
                        json.path("end_to_end_duration").asLong(),
                        json.path("state_size").asLong(),
                        json.path("external_path").asText()))
                : Optional.empty();
    }
}
