/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.local;

import io.freshet.job.Assembly;
import io.freshet.job.JobSpec;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A Kafka broker, a Redis server and a Flink cluster on the loopback address. Kafka and Flink live in this JVM, Redis
 * in a process of its own; all files are in one temporary directory. {@link #close}, and a signal that ends the JVM,
 * stops all of it and deletes the directory.
 */
public final class LocalStack implements AutoCloseable {

    private final Path directory;
    private final LocalKafka kafka;
    private final LocalRedis redis;
    private final LocalFlink flink;
    private final Thread hook = new Thread(this::stop, "freshet-local-stop");
    private final AtomicBoolean stopped = new AtomicBoolean();

    private LocalStack(Path directory, LocalKafka kafka, LocalRedis redis, LocalFlink flink) {
        this.directory = directory;
        this.kafka = kafka;
        this.redis = redis;
        this.flink = flink;
    }

    /**
     * Which ports, and how many slots. Port 0 is any free one.
     *
     * @param kafkaPort port of the broker
     * @param redisPort port of Redis
     * @param uiPort port of Flink's web UI
     * @param slots parallelism that Flink offers, 1 or more
     */
    public record Options(int kafkaPort, int redisPort, int uiPort, int slots) {

        /** Any free ports, two slots. */
        public static Options freePorts() {
            return new Options(Ports.ANY, Ports.ANY, Ports.ANY, 2);
        }
    }

    /**
     * Starts all three side by side and returns when all answer.
     *
     * @throws LocalStackException if a port is taken or a part does not start; nothing is left behind then
     */
    public static LocalStack start(Options options) throws LocalStackException {
        List<Integer> ports = Ports.reserve(List.of(
                new Ports.Choice("Kafka", "--kafka-port", options.kafkaPort()),
                new Ports.Choice("Kafka's controller", "--kafka-port", Ports.ANY),
                new Ports.Choice("Redis", "--redis-port", options.redisPort()),
                new Ports.Choice("Flink's web UI", "--ui-port", options.uiPort())));
        Path directory = WorkDirectory.create();
        ExecutorService starters = Executors.newFixedThreadPool(3);
        Future<LocalKafka> kafka =
                starters.submit(() -> LocalKafka.start(directory.resolve("kafka"), ports.get(0), ports.get(1)));
        Future<LocalRedis> redis = starters.submit(() -> LocalRedis.start(directory, ports.get(2)));
        Future<LocalFlink> flink =
                starters.submit(() -> LocalFlink.start(directory.resolve("flink"), ports.get(3), options.slots()));
        starters.shutdown();
        try {
            LocalStack stack = new LocalStack(directory, started(kafka), started(redis), started(flink));
            Runtime.getRuntime().addShutdownHook(stack.hook);
            return stack;
        } catch (LocalStackException e) {
            abandon(List.of(flink, kafka, redis), directory, e);
            throw e;
        }
    }

    /** {@code host:port} of the Kafka broker. */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** {@code redis://host:port}. */
    public String redisUri() {
        return redis.uri();
    }

    /** Address of Flink's web UI and REST. */
    public URI webUi() {
        return flink.webUi();
    }

    /** The Flink cluster, to submit jobs to. */
    public LocalFlink flink() {
        return flink;
    }

    /** Starts a job on the Flink cluster. */
    public JobHandle run(JobSpec job) throws LocalStackException {
        return EmbeddedFlink.run(flink, job);
    }

    /** Starts a job that is put together so on the Flink cluster. */
    public JobHandle run(Assembly job) throws LocalStackException {
        return EmbeddedFlink.run(flink, job);
    }

    /** Starts a job on the Flink cluster, as one task of each operator: it takes one slot. */
    public JobHandle runInOneSlot(Assembly job) throws LocalStackException {
        return EmbeddedFlink.run(flink, (Assembly) environment -> {
            environment.setParallelism(1);
            job.assemble(environment);
        });
    }

    /** The directory that holds all files until {@link #close}. */
    public Path directory() {
        return directory;
    }

    /** Process id of the Redis server. */
    public long redisPid() {
        return redis.pid();
    }

    /** Stops everything and deletes all files. A second call does nothing. */
    @Override
    public void close() {
        stop();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void stop() {
        if (stopped.compareAndSet(false, true)) {
            Closing.all(List.of(flink, kafka, redis, () -> WorkDirectory.delete(directory)));
        }
    }

    private static <T> T started(Future<T> part) throws LocalStackException {
        try {
            return part.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LocalStackException known) {
                throw known;
            }
            throw new LocalStackException("Cannot start the local stack: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStackException("Cannot start the local stack: interrupted", e);
        }
    }

    private static void abandon(
            List<Future<? extends AutoCloseable>> parts, Path directory, LocalStackException reason) {
        List<AutoCloseable> closeables = new ArrayList<>();
        for (Future<? extends AutoCloseable> part : parts) {
            try {
                closeables.add(started(part));
            } catch (LocalStackException e) {
                if (e != reason) {
                    reason.addSuppressed(e);
                }
            }
        }
        closeables.add(() -> WorkDirectory.delete(directory));
        Closing.all(closeables);
    }
}
