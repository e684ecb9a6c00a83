/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.local.LocalStackException;
import io.freshet.local.cluster.Layout;
import io.freshet.local.cluster.LocalCluster;
import io.freshet.local.cluster.Part;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet cluster up}: starts a cluster and leaves it running. */
@Command(
        name = "up",
        description = {
            "Start a cluster and leave it running: a JobManager, TaskManagers, a Kafka broker and Redis, on the loopback",
            "address. What an earlier one left in its folder is there again, but for its jobs."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  freshet cluster up",
            "  freshet cluster up --dir /tmp/c --kafka-port 0 --redis-port 0 --ui-port 0"
        })
final class ClusterUpCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int USUAL_KAFKA = 9092;
    private static final int USUAL_REDIS = 6379;
    private static final int USUAL_UI = 8081;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ClusterOptions options = new ClusterOptions();

    @Option(names = "--kafka-port", description = "0 for any free port. Default: 9092.")
    private int kafkaPort = USUAL_KAFKA;

    @Option(names = "--redis-port", description = "0 for any free port. Default: 6379.")
    private int redisPort = USUAL_REDIS;

    @Option(names = "--ui-port", description = "Flink's web UI and REST; 0 for any free port. Default: 8081.")
    private int uiPort = USUAL_UI;

    @Option(names = "--task-managers", paramLabel = "N", description = "How many. Default: 2.")
    private int taskManagers = 2;

    @Option(names = "--slots", paramLabel = "N", description = "Slots of each TaskManager. Default: 2.")
    private int slots = 2;

    @Override
    public Integer call() throws CommandFailedException, LocalStackException {
        if (taskManagers < 1 || slots < 1) {
            throw CommandFailedException.wrongInput("Cannot start a cluster of " + taskManagers + " TaskManagers with "
                    + slots + " slots each, expected 1 or more of both");
        }
        Path folder = options.folder();
        LocalCluster cluster = LocalCluster.create(
                folder, new LocalCluster.Options(kafkaPort, redisPort, uiPort, taskManagers, slots));
        PrintWriter err = spec.commandLine().getErr();
        err.println("Starting Redis, Kafka, a JobManager and " + taskManagers + " TaskManagers, logs in "
                + folder.resolve("log") + " ...");
        err.flush();
        start(cluster, err);
        print(cluster, folder);
        return Freshet.OK;
    }

    /** All of it, or nothing: whatever ends this half-way takes along what it has started. */
    private static void start(LocalCluster cluster, PrintWriter err) throws LocalStackException {
        AtomicBoolean isUp = new AtomicBoolean();
        Thread undo = new Thread(() -> undo(cluster, isUp), "freshet-cluster-undo");
        Runtime.getRuntime().addShutdownHook(undo);
        long began = System.nanoTime();
        try {
            cluster.start(LIMIT, part -> {
                err.println("  %-14s answers after %.1f s".formatted(part.label(), (System.nanoTime() - began) / 1e9));
                err.flush();
            });
            isUp.set(true);
        } catch (LocalStackException e) {
            undo(cluster, isUp);
            throw e;
        } finally {
            isUp.compareAndSet(false, true);
            Runtime.getRuntime().removeShutdownHook(undo);
        }
    }

    private static void undo(LocalCluster cluster, AtomicBoolean isUp) {
        if (isUp.get()) {
            return;
        }
        for (Part part : cluster.layout().parts()) {
            try {
                cluster.kill(part);
            } catch (LocalStackException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void print(LocalCluster cluster, Path folder) {
        Layout layout = cluster.layout();
        PrintWriter out = spec.commandLine().getOut();
        out.println("kafka  " + layout.bootstrapServers());
        out.println("redis  " + layout.redisUri());
        out.println("flink  " + layout.flinkRest());
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        if (layout.kafka() != USUAL_KAFKA || layout.redis() != USUAL_REDIS || layout.rest() != USUAL_UI) {
            err.println("Other commands find it after: source " + folder.resolve("env"));
        }
        err.println("'freshet cluster down' stops all of it.");
        err.flush();
    }
}
