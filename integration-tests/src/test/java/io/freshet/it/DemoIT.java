/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.cli.Freshet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The demo as a newcomer runs it, as fast as it goes. */
class DemoIT {

    /** What a training set of served features promises may differ from what it keeps by so much; others' may do as they like. */
    private static final Offset<Double> AUC_KEPT = within(0.02);

    private static final Offset<Double> AVERAGE_PRECISION_KEPT = within(0.03);

    @Test
    void theDayRunsThroughEveryValueAgreesAndTheServedTrainingSetKeepsItsPromise() throws Exception {
        StringWriter out = new StringWriter();
        int exit = Freshet.commandLine(Map.of())
                .setOut(new PrintWriter(out))
                .execute("demo", "--speed", "max", "--json", "--train");

        List<String> lines = out.toString().lines().toList();
        JsonNode summary = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        assertThat(summary.path("mismatches").asInt(-1)).isZero();
        assertThat(summary.path("dead_letters").asInt(-1)).isZero();
        assertThat(summary.path("events").asInt()).isEqualTo(39_244);
        assertThat(summary.path("checked").asInt()).isEqualTo(1_000);
        assertThat(summary.path("rows").asLong()).isGreaterThan(39_244L * 3);
        trainingIsTold(summary.path("training"));
        assertThat(exit).isZero();
    }

    private static void trainingIsTold(JsonNode training) {
        assertThat(training.path("trained_edits").asInt()).isEqualTo(24_132);
        assertThat(training.path("asked_edits").asInt()).isEqualTo(15_112);
        JsonNode redis = training.path("redis");
        assertThat(redis.path("rows").asInt()).isEqualTo(6 * 100 * 3);
        assertThat(redis.path("different").asInt(-1)).isZero();
        assertThat(redis.path("same").asInt()).isGreaterThan(redis.path("rows").asInt() / 2);
        List<String> told = new ArrayList<>();
        for (JsonNode outcome : training.path("outcomes")) {
            told.add(outcome.path("set").asText() + " "
                    + outcome.path("held_out").asText());
            for (String part : List.of("promised", "served", "served_unseen_users", "served_without_vi")) {
                // Better than by chance, and no better than can be.
                assertThat(outcome.path(part).path("auc").asDouble()).isBetween(0.5, 1.0);
                assertThat(outcome.path(part).path("average_precision").asDouble())
                        .isBetween(0.1, 1.0);
            }
            assertThat(outcome.path("served").path("edits").asInt()).isEqualTo(15_112);
            if (outcome.path("set").asText().equals("served")) {
                kept(outcome, "auc", AUC_KEPT);
                kept(outcome, "average_precision", AVERAGE_PRECISION_KEPT);
            }
        }
        assertThat(told)
                .containsExactly(
                        "latest_values by_time",
                        "calendar by_time",
                        "served by_time",
                        "latest_values at_random",
                        "calendar at_random",
                        "served at_random");
    }

    private static void kept(JsonNode outcome, String measure, Offset<Double> by) {
        assertThat(outcome.path("served").path(measure).asDouble())
                .as(measure)
                .isCloseTo(outcome.path("promised").path(measure).asDouble(), by);
    }
}
