/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.local.cluster;

import io.freshet.local.LocalStackException;
import io.freshet.local.Ports;
import io.freshet.local.RedisServer;
import io.freshet.rest.FlinkRest;
import io.freshet.rest.FlinkRestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Whether the parts of a cluster answer. */
final class Health {

    private static final long LOOK_MILLIS = 100;
    private static final int ANSWER_MILLIS = 2_000;
    private static final int LINES = 12;

    private final Layout layout;
    private final FlinkRest flink;

    Health(Layout layout) {
        this.layout = layout;
        this.flink = new FlinkRest(layout.flinkRest());
    }

    /** Whether a process is there. */
    interface Presence {
        boolean runs() throws LocalStackException;
    }

    /** Waits until a part answers; fails once its process has ended, or at the limit. */
    void await(Part part, Presence process, Duration limit, Path log, Path output) throws LocalStackException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!isGood(part)) {
            boolean runs = process.runs();
            if (!runs || System.nanoTime() > deadline) {
                throw new LocalStackException("Cannot start " + part.label() + ": it "
                        + (runs ? "does not answer after " + limit.toSeconds() + " s" : "has ended")
                        + ", and says in " + log + ":\n" + lastLines(log) + lastLines(output));
            }
            pause(part);
        }
    }

    boolean isGood(Part part) {
        return switch (part.kind()) {
            case REDIS -> RedisServer.answers(layout.redis());
            case KAFKA -> kafkaAnswers();
            case JOB_MANAGER -> jobManagerAnswers();
            case TASK_MANAGER -> isRegistered(part);
        };
    }

    private boolean kafkaAnswers() {
        if (!Ports.isTaken(layout.kafka())) {
            return false;
        }
        Properties properties = new Properties();
        properties.put("bootstrap.servers", layout.bootstrapServers());
        properties.put("request.timeout.ms", Integer.toString(ANSWER_MILLIS));
        properties.put("default.api.timeout.ms", Integer.toString(ANSWER_MILLIS));
        try (Admin admin = Admin.create(properties)) {
            return !admin.describeCluster()
                    .nodes()
                    .get(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean jobManagerAnswers() {
        try {
            return flink.overview().taskManagers() >= 0;
        } catch (FlinkRestException notYet) {
            return false;
        }
    }

    private boolean isRegistered(Part part) {
        try {
            return flink.taskManagers().contains(part.label());
        } catch (FlinkRestException notYet) {
            return false;
        }
    }

    private static String lastLines(Path file) throws LocalStackException {
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        } catch (IOException e) {
            throw new LocalStackException("Cannot read " + file + ": " + e, e);
        }
    }

    private static void pause(Part part) throws LocalStackException {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStackException("Cannot wait for " + part.label() + ": interrupted", e);
        }
    }
}
