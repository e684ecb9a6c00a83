/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.local.cluster;

import io.freshet.local.LocalStackException;
import io.freshet.local.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A cluster of processes on this machine. It outlives the JVM that starts it: its folder holds all that another one
 * needs to look after it. Not safe to use from several threads or JVMs at once.
 */
public final class LocalCluster {

    private static final Duration GRACE = Duration.ofSeconds(20);

    private final ClusterFolder folder;
    private final Layout layout;
    private final Commands commands;
    private final Health health;

    private LocalCluster(ClusterFolder folder, Layout layout) {
        this.folder = folder;
        this.layout = layout;
        this.commands = new Commands(folder, layout);
        this.health = new Health(layout);
    }

    /**
     * Which ports, and how many TaskManagers. Port 0 is any free one.
     *
     * @param kafkaPort port of the broker
     * @param redisPort port of Redis
     * @param uiPort port of Flink's web UI and REST
     * @param taskManagers how many, 1 or more
     * @param slots of each, 1 or more
     */
    public record Options(int kafkaPort, int redisPort, int uiPort, int taskManagers, int slots) {}

    /**
     * A cluster whose processes are still to be started.
     *
     * @param root its folder; what an earlier cluster left there is used again
     * @throws LocalStackException if one of it runs already, or a port is taken
     */
    public static LocalCluster create(Path root, Options options) throws LocalStackException {
        ClusterFolder folder = ClusterFolder.at(root);
        if (Files.exists(folder.layout())) {
            LocalCluster earlier = open(root);
            if (!earlier.running().isEmpty()) {
                throw new LocalStackException("Cannot start a cluster in " + folder.root()
                        + ": one runs there. 'freshet cluster status' shows it, 'freshet cluster down' stops it.");
            }
        }
        List<Integer> ports = Ports.reserve(List.of(
                new Ports.Choice("Kafka", "--kafka-port", options.kafkaPort()),
                new Ports.Choice("Kafka's controller", "--kafka-port", Ports.ANY),
                new Ports.Choice("Redis", "--redis-port", options.redisPort()),
                new Ports.Choice("Flink's web UI", "--ui-port", options.uiPort()),
                new Ports.Choice("Flink's JobManager", "--ui-port", Ports.ANY)));
        Layout layout = new Layout(
                ports.get(0),
                ports.get(1),
                ports.get(2),
                ports.get(3),
                ports.get(4),
                options.taskManagers(),
                options.slots());
        LocalCluster cluster = new LocalCluster(folder, layout);
        folder.create(layout.parts());
        layout.write(folder.layout());
        new FlinkSettings(folder, layout).write(folder);
        cluster.writeEnvironment();
        return cluster;
    }

    /**
     * The cluster of a folder.
     *
     * @throws LocalStackException if there is none
     */
    public static LocalCluster open(Path root) throws LocalStackException {
        ClusterFolder folder = ClusterFolder.at(root);
        if (Files.notExists(folder.layout())) {
            throw new LocalStackException(
                    "Cannot find a cluster in " + folder.root() + ": 'freshet cluster up' starts one");
        }
        return new LocalCluster(folder, Layout.read(folder.layout()));
    }

    /** Where its parts listen. */
    public Layout layout() {
        return layout;
    }

    /** Its folder, absolute. */
    public Path directory() {
        return folder.root();
    }

    /** A file to source in a shell: the settings that lead to this cluster. */
    public Path environmentFile() {
        return folder.environment();
    }

    /** The log of a part. */
    public Path log(Part part) {
        return Files.exists(folder.log(part)) ? folder.log(part) : folder.output(part);
    }

    /** What is written to standard output and error by a part, which is empty of one that logs. */
    public Path output(Part part) {
        return folder.output(part);
    }

    /** Folder of the checkpoints of all jobs. */
    public Path checkpoints() {
        return folder.checkpoints();
    }

    /**
     * Starts all parts that do not run and returns when all answer.
     *
     * @param limit how long that may take
     * @param ready told of each part once it answers
     */
    public void start(Duration limit, Consumer<Part> ready) throws LocalStackException {
        for (Part part : layout.parts()) {
            if (process(part).isEmpty()) {
                launch(part);
            }
        }
        for (Part part : layout.parts()) {
            await(part, limit);
            ready.accept(part);
        }
    }

    /** Starts one part and returns when it answers; one that runs is left alone. */
    public void start(Part part, Duration limit) throws LocalStackException {
        if (process(part).isEmpty()) {
            launch(part);
        }
        await(part, limit);
    }

    /** Starts one part without waiting for it. */
    public void launch(Part part) throws LocalStackException {
        PartProcess.start(commands.of(part), folder.root(), folder.output(part), folder.pid(part));
    }

    /** Waits until a part answers. */
    public void await(Part part, Duration limit) throws LocalStackException {
        health.await(part, () -> process(part).isPresent(), limit, log(part), output(part));
    }

    /** Whether a part answers now. */
    public boolean isHealthy(Part part) {
        return health.isGood(part);
    }

    /** The process of a part; empty where it does not run. */
    public Optional<ProcessHandle> process(Part part) throws LocalStackException {
        return PartProcess.find(folder.pid(part));
    }

    /** Parts whose processes run. */
    public List<Part> running() throws LocalStackException {
        List<Part> running = new ArrayList<>();
        for (Part part : layout.parts()) {
            if (process(part).isPresent()) {
                running.add(part);
            }
        }
        return running;
    }

    /** Ends a part at once, as {@code kill -9} does; false where it did not run. */
    public boolean kill(Part part) throws LocalStackException {
        Optional<ProcessHandle> process = process(part);
        if (process.isPresent()) {
            PartProcess.kill(process.get());
        }
        return process.isPresent();
    }

    /** Asks a part to end and waits for that; false where it did not run. */
    public boolean stop(Part part) throws LocalStackException {
        Optional<ProcessHandle> process = process(part);
        if (process.isPresent()) {
            PartProcess.stop(process.get(), GRACE);
        }
        return process.isPresent();
    }

    /**
     * Stops all parts, the last started first. Their files stay.
     *
     * @param stopped told of each part that ran
     */
    public void stop(Consumer<Part> stopped) throws LocalStackException {
        List<Part> parts = new ArrayList<>(layout.parts());
        Collections.reverse(parts);
        for (Part part : parts) {
            if (stop(part)) {
                stopped.accept(part);
            }
        }
    }

    /** Deletes the folder with all that is in it: events, histories, checkpoints. */
    public void delete() throws LocalStackException {
        folder.delete();
    }

    private void writeEnvironment() throws LocalStackException {
        String text = """
                # Leads to the cluster in this folder: source it, or start lines with it.
                export FRESHET_KAFKA_BOOTSTRAP=%s
                export FRESHET_REDIS_URI=%s
                export FRESHET_FLINK_REST=%s
                """.formatted(layout.bootstrapServers(), layout.redisUri(), layout.flinkRest());
        try {
            Files.writeString(folder.environment(), text);
        } catch (IOException e) {
            throw new LocalStackException("Cannot write " + folder.environment() + ": " + e, e);
        }
    }
}
