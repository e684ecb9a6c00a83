/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.cli.CommandFailedException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the freshness that the online sinks measure, from Flink's REST. */
final class FreshnessMetrics {

    private final ObjectMapper json = new ObjectMapper();
    private final URI job;

    FreshnessMetrics(URI flink, String jobId) {
        job = flink.resolve("/jobs/" + jobId + "/");
    }

    /**
     * A quantile of the freshness, in ms: the greatest among the views' sinks, so that none is glossed over.
     *
     * @param quantile as Flink names it: {@code median} or {@code p99}
     */
    double millis(String quantile) throws CommandFailedException {
        double greatest = Double.NaN;
        try {
            for (JsonNode vertex : json.readTree(job.toURL()).path("vertices")) {
                URI metrics = job.resolve("vertices/" + vertex.path("id").asText() + "/metrics");
                List<String> names = new ArrayList<>();
                for (JsonNode metric : json.readTree(metrics.toURL())) {
                    String name = metric.path("id").asText();
                    if (name.endsWith("freshness_" + quantile)) {
                        names.add(URLEncoder.encode(name, StandardCharsets.UTF_8));
                    }
                }
                if (!names.isEmpty()) {
                    URI values = URI.create(metrics + "?get=" + String.join(",", names));
                    for (JsonNode value : json.readTree(values.toURL())) {
                        double millis = value.path("value").asDouble();
                        greatest = Double.isNaN(greatest) ? millis : Math.max(greatest, millis);
                    }
                }
            }
        } catch (IOException e) {
            throw CommandFailedException.failed("Cannot read the metrics of the job: " + e.getMessage());
        }
        if (Double.isNaN(greatest)) {
            throw CommandFailedException.failed("Cannot find the metric freshness_" + quantile + " at " + job);
        }
        return greatest;
    }
}
