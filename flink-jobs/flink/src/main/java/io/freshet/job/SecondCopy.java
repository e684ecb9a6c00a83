/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses to start a job a second time on one cluster: two would fence off each other's transactions, fail in turn, and
 * write rows twice. {@code freshet deploy} looks by itself; this is for {@code flink run} and the web UI.
 */
final class SecondCopy {

    private static final Logger LOG = LoggerFactory.getLogger(SecondCopy.class);

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED");

    private SecondCopy() {}

    /**
     * Asks the cluster that the job goes to. One that cannot be asked is taken to have no such job.
     *
     * @param settings of the environment that the job is to run in
     * @param name name of the job
     * @throws IllegalStateException if a job of that name runs there
     */
    static void refuse(ReadableConfig settings, String name) throws InterruptedException {
        Optional<String> target = settings.getOptional(DeploymentOptions.TARGET);
        if (target.isEmpty() || target.get().equals("local")) {
            return;
        }
        String own = settings.getOptional(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID)
                .orElse("");
        String scheme = settings.get(SecurityOptions.SSL_REST_ENABLED) ? "https" : "http";
        String address = settings.getOptional(RestOptions.ADDRESS).orElse("localhost");
        URI jobs = URI.create(scheme + "://" + address + ":" + settings.get(RestOptions.PORT) + "/jobs/overview");
        try {
            HttpResponse<String> answer = HttpClient.newBuilder()
                    .connectTimeout(LIMIT)
                    .build()
                    .send(HttpRequest.newBuilder(jobs).timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
            Optional<String> running = running(answer.body(), name, own);
            if (running.isPresent()) {
                throw new IllegalStateException("Cannot start a second job '" + name + "' beside " + running.get()
                        + ": both would write the same rows. Stop that one first, or change it by 'freshet upgrade'");
            }
        } catch (IOException e) {
            LOG.warn("Cannot ask {} whether job '{}' runs already, and start it: {}", jobs, name, e.toString());
        }
    }

    /** Id of a job of that name that has not ended, and is not this one, started again. */
    static Optional<String> running(String overview, String name, String own) throws JsonProcessingException {
        for (JsonNode job : new ObjectMapper().readTree(overview).path("jobs")) {
            String id = job.path("jid").asText();
            if (job.path("name").asText().equals(name)
                    && !ENDED.contains(job.path("state").asText())
                    && !id.equals(own)) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }
}
