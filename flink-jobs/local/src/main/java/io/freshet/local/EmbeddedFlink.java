/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.local;

import io.freshet.job.Assembly;
import io.freshet.job.FeatureJob;
import io.freshet.job.JobSpec;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink alone, with a temporary directory of its own, against a Kafka and a Redis elsewhere. */
public final class EmbeddedFlink implements AutoCloseable {

    private final Path directory;
    private final LocalFlink flink;
    private final Optional<URI> metrics;
    private final Thread hook = new Thread(this::stop, "freshet-flink-stop");
    private final AtomicBoolean stopped = new AtomicBoolean();

    private EmbeddedFlink(Path directory, LocalFlink flink, Optional<URI> metrics) {
        this.directory = directory;
        this.flink = flink;
        this.metrics = metrics;
    }

    /**
     * Starts it.
     *
     * @param uiPort port of its web UI, 0 for any free one
     * @param slots how many tasks of one operator can run side by side
     */
    public static EmbeddedFlink start(int uiPort, int slots) throws LocalStackException {
        return start(uiPort, slots, Optional.empty());
    }

    /**
     * Starts it.
     *
     * @param uiPort port of its web UI, 0 for any free one
     * @param slots how many tasks of one operator can run side by side
     * @param metricsPort port of its metrics for Prometheus, 0 for any free one; empty for none
     */
    public static EmbeddedFlink start(int uiPort, int slots, Optional<Integer> metricsPort) throws LocalStackException {
        List<Ports.Choice> choices = new ArrayList<>();
        choices.add(new Ports.Choice("Flink's web UI", "-D flink.ui_port=", uiPort));
        metricsPort.ifPresent(port -> choices.add(new Ports.Choice("Flink's metrics", "-D flink.metrics_port=", port)));
        List<Integer> ports = Ports.reserve(choices);
        Optional<Integer> metrics = metricsPort.map(port -> ports.get(1));
        Path directory = WorkDirectory.create();
        try {
            LocalFlink flink = LocalFlink.start(directory.resolve("flink"), ports.get(0), slots, metrics);
            EmbeddedFlink embedded = new EmbeddedFlink(directory, flink, metrics.map(LocalMetrics::address));
            Runtime.getRuntime().addShutdownHook(embedded.hook);
            return embedded;
        } catch (LocalStackException e) {
            Closing.all(List.of(() -> WorkDirectory.delete(directory)));
            throw e;
        }
    }

    /** Starts a job. */
    public JobHandle run(JobSpec job) throws LocalStackException {
        return run(flink, job);
    }

    /** Starts a job. */
    public JobHandle run(Assembly job) throws LocalStackException {
        return run(flink, job);
    }

    /** Starts a job on that Flink. */
    static JobHandle run(LocalFlink flink, JobSpec job) throws LocalStackException {
        return run(flink, (Assembly) environment -> FeatureJob.assemble(environment, job));
    }

    /** Puts a job together and starts it on that Flink. */
    static JobHandle run(LocalFlink flink, Assembly job) throws LocalStackException {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        job.assemble(environment);
        return flink.submit(environment);
    }

    /** Address of its web UI. */
    public URI webUi() {
        return flink.webUi();
    }

    /** Address of its metrics for Prometheus, where it tells them. */
    public Optional<URI> metrics() {
        return metrics;
    }

    @Override
    public void close() {
        stop();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void stop() {
        if (stopped.compareAndSet(false, true)) {
            Closing.all(List.of(flink, () -> WorkDirectory.delete(directory)));
        }
    }
}
