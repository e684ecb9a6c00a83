/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.NettyShuffleEnvironmentOptions;
import org.apache.flink.configuration.NettyShuffleEnvironmentOptions.CompressionCodec;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster inside this JVM, with its web UI. */
public final class LocalFlink implements AutoCloseable {

    private static final long STOP_LIMIT_SECONDS = 20;
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final MemorySize LEAST_MANAGED = MemorySize.ofMebiBytes(256);

    private final MiniCluster cluster;
    private final URI webUi;

    private LocalFlink(MiniCluster cluster, URI webUi) {
        this.cluster = cluster;
        this.webUi = webUi;
    }

    /**
     * Starts a cluster.
     *
     * @param directory where checkpoints and temporary files go; the caller deletes it
     * @param uiPort port of web UI and REST on the loopback address, 0 for any free one
     * @param slots how many tasks of one operator can run side by side
     */
    public static LocalFlink start(Path directory, int uiPort, int slots) throws LocalStackException {
        return start(directory, uiPort, slots, Optional.empty());
    }

    /**
     * Starts a cluster.
     *
     * @param directory where checkpoints and temporary files go; the caller deletes it
     * @param uiPort port of web UI and REST on the loopback address, 0 for any free one
     * @param slots how many tasks of one operator can run side by side
     * @param metricsPort port of the metrics for Prometheus, on the loopback address; empty for none
     */
    static LocalFlink start(Path directory, int uiPort, int slots, Optional<Integer> metricsPort)
            throws LocalStackException {
        Configuration settings = settings(directory, uiPort);
        metricsPort.ifPresent(port -> LocalMetrics.report(settings, port));
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
        try {
            cluster.start();
            return new LocalFlink(cluster, cluster.getRestAddress().get(60, TimeUnit.SECONDS));
        } catch (Exception e) {
            cluster.closeAsync();
            throw new LocalStackException(
                    "Cannot start Flink with its web UI on port " + uiPort + ": " + e.getMessage(), e);
        }
    }

    /** Address of web UI and REST. */
    public URI webUi() {
        return webUi;
    }

    /**
     * Submits the job that was assembled in this environment.
     *
     * @throws LocalStackException if Flink refuses it
     */
    public JobHandle submit(StreamExecutionEnvironment env) throws LocalStackException {
        try {
            return new JobHandle(
                    cluster,
                    cluster.submitJob(env.getStreamGraph())
                            .get(60, TimeUnit.SECONDS)
                            .getJobID());
        } catch (Exception e) {
            throw new LocalStackException("Cannot submit the job to the local Flink: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws LocalStackException {
        try {
            cluster.closeAsync().get(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new LocalStackException("Cannot stop the local Flink: " + e.getMessage(), e);
        }
    }

    /** What sorting and RocksDB may take beside the heap: an eighth of its limit, and not less than {@link #LEAST_MANAGED}. */
    private static MemorySize managedMemory() {
        MemorySize share = new MemorySize(Runtime.getRuntime().maxMemory() / 8);
        return share.compareTo(LEAST_MANAGED) < 0 ? LEAST_MANAGED : share;
    }

    private static Configuration settings(Path directory, int uiPort) {
        Configuration settings = new Configuration();
        settings.set(RestOptions.ADDRESS, Ports.LOOPBACK);
        settings.set(RestOptions.BIND_ADDRESS, Ports.LOOPBACK);
        settings.set(RestOptions.BIND_PORT, Integer.toString(uiPort));
        settings.set(RestOptions.PORT, uiPort);
        settings.set(JobManagerOptions.ADDRESS, Ports.LOOPBACK);
        settings.set(JobManagerOptions.BIND_HOST, Ports.LOOPBACK);
        settings.set(TaskManagerOptions.HOST, Ports.LOOPBACK);
        settings.set(TaskManagerOptions.BIND_HOST, Ports.LOOPBACK);
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, managedMemory());
        // Between tasks of one process through files of one disk: to compress takes longer than to write.
        settings.set(NettyShuffleEnvironmentOptions.SHUFFLE_COMPRESSION_CODEC, CompressionCodec.NONE);
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        // Tasks tell with it what they have counted so far, which progress bars show.
        settings.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(1));
        settings.set(CoreOptions.TMP_DIRS, directory.resolve("tmp").toString());
        settings.set(
                BlobServerOptions.STORAGE_DIRECTORY, directory.resolve("blobs").toString());
        settings.set(WebOptions.TMP_DIR, directory.resolve("web").toString());
        settings.set(WebOptions.SUBMIT_ENABLE, false);
        // Tasks tell their counts with it.
        settings.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, HEARTBEAT);
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory.resolve("checkpoints").toUri().toString());
        settings.set(
                CheckpointingOptions.SAVEPOINT_DIRECTORY,
                directory.resolve("savepoints").toUri().toString());
        return settings;
    }
}
