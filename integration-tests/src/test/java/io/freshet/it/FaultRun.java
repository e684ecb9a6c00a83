/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.client.OnlineReader;
import io.freshet.client.OnlineStoreException;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.ViewText;
import io.freshet.local.cluster.Part;
import io.freshet.rest.FlinkRest;
import io.freshet.rest.JobSummary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** One job under load, and what is done to it. */
final class FaultRun implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Duration SETTLES = Duration.ofSeconds(15);
    private static final int BATCH = 40;
    private static final long PAUSE_MILLIS = 50;

    private final ClusterStage stage;
    private final String name;
    private final ViewText view;
    private final Shell shell;
    private final FreshetConfig config;
    private final EditLoad load;
    private final ScheduledExecutorService producer = Executors.newSingleThreadScheduledExecutor();
    private Ledger settled = Ledger.empty();
    private volatile boolean onlyToFirst;

    FaultRun(ClusterStage stage, String name, long seed) throws Exception {
        this(stage, name, seed, Setup.of(stage));
    }

    /**
     * How a job is set up.
     *
     * @param view its view, with a place for the name of its topic
     * @param checkpoints folder of its checkpoints
     * @param settings more settings, as lines of YAML
     */
    record Setup(String view, Path checkpoints, String settings) {

        static Setup of(ClusterStage stage) {
            return new Setup(EditLoad.VIEW, stage.cluster().checkpoints(), "");
        }

        Setup over(String view) {
            return new Setup(view, checkpoints, settings);
        }

        Setup with(String lines) {
            return new Setup(view, checkpoints, lines);
        }

        Setup keptIn(Path folder) {
            return new Setup(view, folder, settings);
        }
    }

    FaultRun(ClusterStage stage, String name, long seed, Setup setup) throws Exception {
        this.stage = stage;
        this.name = name;
        String yaml = setup.view().formatted(name);
        this.view = new Edits().view(yaml);
        this.shell = stage.namespace(name, Map.of("edits", yaml), setup.checkpoints(), setup.settings());
        this.config = stage.config(name);
        Stores stores = stage.stores(name);
        stores.createTopic(name, EditLoad.PARTITIONS);
        this.load = new EditLoad(stores, name, view.plan(), seed);
        shell.run("deploy");
    }

    ClusterStage stage() {
        return stage;
    }

    Shell shell() {
        return shell;
    }

    EditLoad load() {
        return load;
    }

    /** What is done to the job while it has much to do; returns when the fault itself is over. */
    interface Blow {
        void strike() throws Exception;
    }

    /**
     * Sends events before, during and after the blow.
     *
     * @param before how many events come before it
     * @return seconds from the blow until all events that were sent up to its end can be read in Redis
     */
    double underLoad(int before, Blow blow) throws Exception {
        long wanted = load.sent() + before;
        Future<?> sending = producer.scheduleWithFixedDelay(this::send, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        Awaitility.await().atMost(LIMIT).until(() -> sending.isDone() || load.sent() >= wanted);
        long struckAt = System.nanoTime();
        blow.strike();
        awaitWatermark(load.clockMillis());
        double seconds = (System.nanoTime() - struckAt) / 1e9;
        assertThat(sending.isDone()).as("the events of %s cannot be sent", name).isFalse();
        sending.cancel(false);
        // The batch that is on its way is in the books when this is through.
        producer.submit(() -> {}).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        return seconds;
    }

    /** Whether what is sent all goes to the first partition from now on. */
    void onlyToFirst(boolean only) {
        onlyToFirst = only;
    }

    private void send() {
        try {
            if (onlyToFirst) {
                load.sendToFirst(BATCH);
            } else {
                load.send(BATCH);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the last {@link #settle} found. */
    Ledger settled() {
        return settled;
    }

    /** What {@code freshet verify} says. */
    JsonNode verify() throws Exception {
        Shell.Result result = shell.tried("verify", "edits", "--seed", "1", "--json");
        assertThat(result.out()).as(result.err()).isNotEmpty();
        JsonNode report = new ObjectMapper().readTree(result.out());
        assertThat(report.path("clean").asBoolean()).isEqualTo(result.exitCode() == 0);
        return report;
    }

    /** Differences that nothing explains, of what {@link #verify} says. */
    static long unexplained(JsonNode report) {
        long sum = 0;
        for (JsonNode times : report.path("unexplained")) {
            sum += times.asLong();
        }
        return sum;
    }

    /** Lets all through that was sent, waits until it is in both stores, and holds them against what has to be there. */
    Ledger settle() throws Exception {
        load.close();
        awaitWatermark(load.closedAtMillis());
        flink().checkpoint(job(), LIMIT);
        Map<String, ExpectedRows.Row> expected = load.expected();
        long deadline = System.nanoTime() + SETTLES.toNanos();
        while (true) {
            // Transactions are committed, and writes to Redis repeated, soon after; not before.
            Ledger ledger = Ledger.of(config, view, expected);
            if (ledger.isClean() || System.nanoTime() > deadline) {
                settled = ledger;
                return ledger;
            }
        }
    }

    /** The TaskManagers that have tasks of the job. */
    List<Part> busyTaskManagers() throws Exception {
        Set<String> busy = flink().taskManagers(job());
        return stage.cluster().layout().parts().stream()
                .filter(part -> busy.contains(part.label()))
                .toList();
    }

    /** What Flink says that the job was restarted for. */
    List<FlinkRest.Failure> failures() throws Exception {
        return flink().failures(job());
    }

    FlinkRest flink() {
        return new FlinkRest(stage.cluster().layout().flinkRest());
    }

    private String job() throws Exception {
        List<String> jobs = flink().jobs().stream()
                .filter(job -> job.name().equals("freshet " + name) && job.isAlive())
                .map(JobSummary::id)
                .toList();
        assertThat(jobs).hasSize(1);
        return jobs.get(0);
    }

    /** Waits until readers are told that all events up to then are in what they read. */
    void awaitWatermark(long millis) {
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> watermark().orElse(Long.MIN_VALUE) >= millis);
    }

    private OptionalLong watermark() {
        try (OnlineReader reader =
                OnlineReader.connect(config.redis().uri(), config.namespace(), Duration.ofSeconds(2))) {
            return reader.read(view.plan(), List.of()).watermarkMillis();
        } catch (OnlineStoreException away) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void close() throws Exception {
        producer.shutdownNow();
        shell.tried("stop", "--no-savepoint");
    }
}
