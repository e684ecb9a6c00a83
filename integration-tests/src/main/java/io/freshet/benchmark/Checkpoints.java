/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** When a job took checkpoints: from trigger to last acknowledgement. */
final class Checkpoints {

    private final List<Span> spans = new ArrayList<>();

    private record Span(long fromMillis, long toMillis) {}

    /** The last ten checkpoints of a job, from Flink's REST. */
    Checkpoints(URI flink, String jobId) throws IOException {
        JsonNode answer = new ObjectMapper()
                .readTree(flink.resolve("/jobs/" + jobId + "/checkpoints").toURL());
        for (JsonNode each : answer.path("history")) {
            long from = each.path("trigger_timestamp").asLong();
            spans.add(new Span(from, from + each.path("end_to_end_duration").asLong()));
        }
    }

    /** How many there were. */
    int count() {
        return spans.size();
    }

    /** Whether none was being taken while this probe was on its way. */
    boolean sparedThe(FreshnessProbe.Seen probe) {
        double seenMillis = probe.sentMillis() + probe.millis();
        return spans.stream()
                .noneMatch(span -> probe.sentMillis() <= span.toMillis() && seenMillis >= span.fromMillis());
    }
}
