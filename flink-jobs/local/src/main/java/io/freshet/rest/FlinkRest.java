/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A Flink session cluster, by the REST API of Flink 2.2
 * (https://nightlies.apache.org/flink/flink-docs-release-2.2/docs/ops/rest_api/). Safe to use from any thread.
 */
public final class FlinkRest {

    private static final long LOOK_MILLIS = 100;

    private final Exchange exchange;

    /** The cluster whose REST endpoint is at this address. */
    public FlinkRest(URI address) {
        exchange = new Exchange(address);
    }

    /** The address that was given. */
    public URI address() {
        return exchange.address();
    }

    /**
     * The cluster.
     *
     * @param flinkVersion such as 2.2.1
     * @param taskManagers how many are registered
     * @param slots how many they have together
     * @param freeSlots how many of them are free
     */
    public record Overview(String flinkVersion, int taskManagers, int slots, int freeSlots) {}

    /** The cluster as it is now. */
    public Overview overview() throws FlinkRestException {
        JsonNode json = exchange.get("/overview", "look at the cluster");
        return new Overview(
                json.path("flink-version").asText(),
                json.path("taskmanagers").asInt(),
                json.path("slots-total").asInt(),
                json.path("slots-available").asInt());
    }

    /** Ids of the TaskManagers that are registered and were heard of lately. */
    public List<String> taskManagers() throws FlinkRestException {
        List<String> ids = new ArrayList<>();
        for (JsonNode each :
                exchange.get("/taskmanagers", "list the TaskManagers").path("taskmanagers")) {
            ids.add(each.path("id").asText());
        }
        return ids;
    }

    /** All jobs that the cluster knows, ended ones too. */
    public List<JobSummary> jobs() throws FlinkRestException {
        List<JobSummary> jobs = new ArrayList<>();
        for (JsonNode job : exchange.get("/jobs/overview", "list the jobs").path("jobs")) {
            jobs.add(new JobSummary(
                    job.path("jid").asText(),
                    job.path("name").asText(),
                    job.path("state").asText(),
                    job.path("start-time").asLong()));
        }
        return jobs;
    }

    /** What a job is doing. */
    public JobDetail job(String id) throws FlinkRestException {
        return JobDetail.of(exchange.get("/jobs/" + id, "look at job " + id));
    }

    /** The tasks of a job and how records go from one to the next. */
    public JobGraph graph(String id) throws FlinkRestException {
        return JobGraph.of(exchange.get("/jobs/" + id, "look at job " + id));
    }

    /** Ids of the TaskManagers that tasks of a job run on. */
    public Set<String> taskManagers(String job) throws FlinkRestException {
        Set<String> ids = new TreeSet<>();
        for (JobDetail.Vertex vertex : job(job).vertices()) {
            for (JsonNode each : exchange.get(
                            "/jobs/" + job + "/vertices/" + vertex.id() + "/taskmanagers", "look at job " + job)
                    .path("taskmanagers")) {
                if (each.path("status-counts").path("RUNNING").asInt() > 0) {
                    ids.add(each.path("taskmanager-id").asText());
                }
            }
        }
        return ids;
    }

    /** The checkpoints of a job. */
    public Checkpoints checkpoints(String id) throws FlinkRestException {
        return Checkpoints.of(exchange.get("/jobs/" + id + "/checkpoints", "look at the checkpoints of job " + id));
    }

    /** The global parameters that the program of a job has set. */
    public Map<String, String> parameters(String id) throws FlinkRestException {
        Map<String, String> parameters = new HashMap<>();
        exchange.get("/jobs/" + id + "/config", "read the parameters of job " + id)
                .path("execution-config")
                .path("user-config")
                .properties()
                .forEach(each -> parameters.put(each.getKey(), each.getValue().asText()));
        return parameters;
    }

    /**
     * A failure that a job was restarted after, or that ended it.
     *
     * @param reason its deepest cause
     * @param atMillis when it happened, ms since 1970
     */
    public record Failure(String reason, long atMillis) {}

    /** The failures of a job that Flink still knows, the newest first. */
    public List<Failure> failures(String id) throws FlinkRestException {
        List<Failure> failures = new ArrayList<>();
        for (JsonNode each : exchange.get("/jobs/" + id + "/exceptions", "look at job " + id)
                .path("exceptionHistory")
                .path("entries")) {
            failures.add(new Failure(
                    StackTraces.reason(each.path("stacktrace").asText()),
                    each.path("timestamp").asLong()));
        }
        return failures;
    }

    /** Names of the metrics that the subtasks of a vertex have. */
    public List<String> metricNames(String job, String vertex) throws FlinkRestException {
        List<String> names = new ArrayList<>();
        for (JsonNode each : exchange.get(metrics(job, vertex), "list the metrics of job " + job)) {
            names.add(each.path("id").asText());
        }
        return names;
    }

    /**
     * A metric over all subtasks of a vertex: what is not a number now is left out.
     *
     * @param names its names in Flink, of {@link #metricNames}
     * @param aggregate {@code sum}, {@code max}, {@code min} or {@code avg}
     */
    public Map<String, Double> metrics(String job, String vertex, Collection<String> names, String aggregate)
            throws FlinkRestException {
        Map<String, Double> values = new HashMap<>();
        if (names.isEmpty()) {
            return values;
        }
        String wanted = URLEncoder.encode(String.join(",", names), StandardCharsets.UTF_8);
        JsonNode found = exchange.get(
                metrics(job, vertex) + "?agg=" + aggregate + "&get=" + wanted, "read metrics of job " + job);
        for (JsonNode each : found) {
            if (each.path(aggregate).isNumber()) {
                values.put(each.path("id").asText(), each.path(aggregate).asDouble());
            }
        }
        return values;
    }

    private static String metrics(String job, String vertex) {
        return "/jobs/" + job + "/vertices/" + vertex + "/subtasks/metrics";
    }

    /** Uploads a jar; gives the id that Flink keeps it under. */
    public String upload(Path jar, String name) throws FlinkRestException {
        String file =
                exchange.upload("/jars/upload", jar, name).path("filename").asText();
        return file.substring(file.lastIndexOf('/') + 1);
    }

    /** The jars that were uploaded: their names by their ids. */
    public Map<String, String> jars() throws FlinkRestException {
        Map<String, String> jars = new LinkedHashMap<>();
        for (JsonNode jar : exchange.get("/jars", "list the jars").path("files")) {
            jars.put(jar.path("id").asText(), jar.path("name").asText());
        }
        return jars;
    }

    /** Id of a jar that was uploaded under that name; empty where there is none. */
    public Optional<String> jar(String name) throws FlinkRestException {
        return jars().entrySet().stream()
                .filter(jar -> jar.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Deletes a jar that was uploaded; jobs that were started of it go on. */
    public void deleteJar(String id) throws FlinkRestException {
        exchange.delete("/jars/" + id, "delete the jar " + id);
    }

    /** Runs the program of a jar up to its plan: what its main refuses is refused here, and no job is started. */
    public void tryOut(String jar, List<String> arguments) throws FlinkRestException {
        exchange.post("/jars/" + jar + "/plan", Map.of("programArgsList", arguments), "plan the job");
    }

    /** Starts the job of a jar; gives its id. */
    public String run(String jar, RunRequest request) throws FlinkRestException {
        return exchange.post("/jars/" + jar + "/run", request.body(), "start the job")
                .path("jobid")
                .asText();
    }

    /** Cancels a job, without a savepoint. It is on its way to its end when this returns. */
    public void cancel(String job) throws FlinkRestException {
        exchange.patch("/jobs/" + job + "?mode=cancel", "cancel job " + job);
    }

    /**
     * Stops a job with a savepoint and returns when the savepoint is complete.
     *
     * @param directory where savepoints go; empty for the cluster's own setting
     * @return path of the savepoint
     */
    public String stop(String job, Optional<String> directory, Duration limit)
            throws FlinkRestException, InterruptedException {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("drain", false));
        directory.ifPresent(path -> body.put("targetDirectory", path));
        String what = "stop job " + job + " with a savepoint";
        String trigger = exchange.post("/jobs/" + job + "/stop", body, what)
                .path("request-id")
                .asText();
        return awaited("/jobs/" + job + "/savepoints/" + trigger, what, limit)
                .path("location")
                .asText();
    }

    /** Takes a checkpoint now and returns when it is complete. */
    public void checkpoint(String job, Duration limit) throws FlinkRestException, InterruptedException {
        String what = "take a checkpoint of job " + job;
        String trigger = exchange.post("/jobs/" + job + "/checkpoints", Map.of(), what)
                .path("request-id")
                .asText();
        awaited("/jobs/" + job + "/checkpoints/" + trigger, what, limit);
    }

    private JsonNode awaited(String path, String what, Duration limit) throws FlinkRestException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            JsonNode answer = exchange.get(path, what);
            if (answer.path("status").path("id").asText().equals("COMPLETED")) {
                JsonNode failure =
                        answer.path("operation").path("failure-cause").path("stack-trace");
                if (failure.isTextual()) {
                    throw exchange.refused(what, StackTraces.reason(failure.asText()), 0);
                }
                return answer.path("operation");
            }
            if (System.nanoTime() > deadline) {
                throw exchange.refused(what, "it takes longer than " + limit.toSeconds() + " s", 0);
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
