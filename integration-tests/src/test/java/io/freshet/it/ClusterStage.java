/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.config.FreshetConfig;
import io.freshet.local.LocalStackException;
import io.freshet.local.cluster.Layout;
import io.freshet.local.cluster.LocalCluster;
import io.freshet.local.cluster.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A cluster of real processes in a folder of its own, looked after by the command line as a user would. */
final class ClusterStage implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Path folder;
    private final Shell bare;
    private final LocalCluster cluster;

    private ClusterStage(Path folder, Shell bare, LocalCluster cluster) {
        this.folder = folder;
        this.bare = bare;
        this.cluster = cluster;
    }

    /** Starts one in an empty folder. */
    static ClusterStage up(Path folder) throws Exception {
        Path settings = folder.resolve("freshet.yaml");
        Shell bare = new Shell(settings, Map.of());
        bare.run("cluster", "up", "--kafka-port", "0", "--redis-port", "0", "--ui-port", "0");
        LocalCluster cluster = LocalCluster.open(folder.resolve(".freshet/cluster"));
        // The processes outlive this JVM: were it ended half-way, nobody would stop them.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> killAll(cluster), "cluster-kill"));
        return new ClusterStage(folder, bare, cluster);
    }

    private static void killAll(LocalCluster cluster) {
        try {
            if (Files.exists(cluster.directory())) {
                for (Part part : cluster.running()) {
                    cluster.kill(part);
                }
            }
        } catch (LocalStackException e) {
            throw new IllegalStateException(e);
        }
    }

    LocalCluster cluster() {
        return cluster;
    }

    /** Commands that need no settings. */
    Shell bare() {
        return bare;
    }

    /** Settings of a namespace with one view each file; commands that use them. */
    Shell namespace(String namespace, Map<String, String> views) throws Exception {
        return namespace(namespace, views, cluster.checkpoints(), "");
    }

    /**
     * Settings of a namespace.
     *
     * @param checkpoints folder of its checkpoints
     * @param lines more settings
     */
    Shell namespace(String namespace, Map<String, String> views, Path checkpoints, String lines) throws Exception {
        Path home = Files.createDirectories(folder.resolve(namespace));
        Path settings = home.resolve("freshet.yaml");
        Files.writeString(settings, """
                namespace: %s
                flink: {parallelism: 2, checkpoint_interval: 1s, checkpoint_dir: "%s"}
                """.formatted(namespace, checkpoints.toUri()) + lines);
        Files.createDirectories(home.resolve("views"));
        for (Map.Entry<String, String> view : views.entrySet()) {
            Files.writeString(home.resolve("views").resolve(view.getKey() + ".yaml"), view.getValue());
        }
        return new Shell(settings, environment());
    }

    /** What leads to the cluster, as its file {@code env} says. */
    Map<String, String> environment() {
        Layout layout = cluster.layout();
        return Map.of(
                "FRESHET_KAFKA_BOOTSTRAP", layout.bootstrapServers(),
                "FRESHET_REDIS_URI", layout.redisUri(),
                "FRESHET_FLINK_REST", layout.flinkRest().toString());
    }

    FreshetConfig config(String namespace) throws Exception {
        return FreshetConfig.of("test", "", environment(), Map.of("namespace", namespace));
    }

    Stores stores(String namespace) throws Exception {
        return new Stores(config(namespace));
    }

    /** The status of a namespace's job. */
    static JsonNode status(Shell shell) throws Exception {
        return new ObjectMapper().readTree(shell.tried("status", "--json").out());
    }

    /** Waits until every task of the job runs. */
    static void awaitRunning(Shell shell) {
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(
                        () -> assertThat(shell.tried("status").exitCode()).isZero());
    }

    void kill(Part part) throws Exception {
        assertThat(cluster.kill(part)).isTrue();
    }

    void start(Part part) throws Exception {
        cluster.start(part, LIMIT);
    }

    /** Lets a part do nothing at all, without ending it. */
    void pause(Part part) throws Exception {
        signal("-STOP", part);
    }

    /** Lets a part go on that was paused. */
    void resume(Part part) throws Exception {
        signal("-CONT", part);
    }

    private void signal(String signal, Part part) throws Exception {
        long pid = cluster.process(part).orElseThrow().pid();
        Process kill = new ProcessBuilder("kill", signal, Long.toString(pid)).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** Starts all parts again that have ended by themselves, as who supervises processes does; gives their names. */
    List<String> startEnded() throws Exception {
        List<String> started = new ArrayList<>();
        for (Part part : cluster.layout().parts()) {
            if (cluster.process(part).isEmpty()) {
                start(part);
                started.add(part.label());
            }
        }
        return started;
    }

    /** Copies all logs, for who looks into what went wrong. */
    void keepLogs(Path target) throws Exception {
        Files.createDirectories(target);
        for (Part part : cluster.layout().parts()) {
            Files.copy(cluster.log(part), target.resolve(part.label() + ".log"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** What the logs of all TaskManagers say, as far as they were not rolled away. */
    String taskManagerLogs() throws Exception {
        StringBuilder logs = new StringBuilder();
        for (Part part : cluster.layout().parts()) {
            if (part.kind() == Part.Kind.TASK_MANAGER && Files.exists(cluster.log(part))) {
                logs.append(Files.readString(cluster.log(part)));
            }
        }
        return logs.toString();
    }

    /** Stops it and checks that no process is left. */
    @Override
    public void close() throws Exception {
        List<ProcessHandle> processes = new ArrayList<>();
        for (Part part : cluster.running()) {
            cluster.process(part).ifPresent(processes::add);
        }
        bare.run("cluster", "down");
        for (ProcessHandle process : processes) {
            process.onExit().get(5, TimeUnit.SECONDS);
        }
        assertThat(cluster.running()).isEmpty();
    }
}
