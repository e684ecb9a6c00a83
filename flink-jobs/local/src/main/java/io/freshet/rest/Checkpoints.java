/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The checkpoints of a job since it was started on this cluster.
 *
 * @param completed how many are complete
 * @param failed how many failed
 * @param last the newest that is complete
 * @param restored path of the checkpoint or savepoint that it was last restored from
 */
public record Checkpoints(long completed, long failed, Optional<Last> last, Optional<String> restored) {

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
        JsonNode completed = json.path("latest").path("completed");
        JsonNode restored = json.path("latest").path("restored").path("external_path");
        return new Checkpoints(
                counts.path("completed").asLong(),
                counts.path("failed").asLong(),
                completed.isObject()
                        ? Optional.of(new Last(
                                completed.path("id").asLong(),
                                completed.path("latest_ack_timestamp").asLong(),
                                completed.path("end_to_end_duration").asLong(),
                                completed.path("state_size").asLong(),
                                completed.path("external_path").asText()))
                        : Optional.empty(),
                restored.isTextual() ? Optional.of(restored.asText()) : Optional.empty());
    }
}
