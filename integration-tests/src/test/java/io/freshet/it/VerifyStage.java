/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.ViewText;
import io.freshet.job.FeatureJob;
import io.freshet.job.JobSpec;
import io.freshet.local.JobHandle;
import io.freshet.local.LocalStack;
import io.freshet.operator.AvailableAt;
import io.freshet.row.OnlineKeys;
import io.freshet.source.EventRange;
import io.freshet.verify.Verification;
import io.freshet.verify.VerifyReport;
import io.freshet.verify.VerifyRequest;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The embedded stack for verifications, and what their tests have in common. */
abstract class VerifyStage {

    static final int EDITS = 2_700;
    static final int USERS = 20;
    static final EventRange.Start EARLIEST = new EventRange.Earliest();

    private static final long BEGIN = 1_442_016_000_000L;
    private static final long OUT_OF_ORDERNESS = 5_000;
    private static final long DISORDER = 4_000;
    private static final String VIEW = """
            view: activity
            source: {topic: %s, schema: WikipediaEdit, event_time: time, out_of_orderness: 5s}
            entity: [user]
            windows: [10s, 1m, 1h]
            features:
              edits: {count: "*"}
              added: {sum: added}
              size: {stddev: "event.added / 7.0"}
              users: {approx_count_distinct: added, windows: [1h]}
              last_size: {last: added}
            derived:
              burst: "edits_10s / double(edits_1h)"
            online: {ttl: 1d}
            """;

    static LocalStack stack;
    static Edits edits;
    static RedisCommands<String, String> redis;
    private static RedisClient client;
    private static StatefulRedisConnection<String, String> connection;

    /** An edit, and its event time. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Edit(long time, byte[] bytes) {}

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.start(LocalStack.Options.freePorts());
        edits = new Edits();
        client = RedisClient.create(stack.redisUri());
        connection = client.connect();
        redis = connection.sync();
    }

    @AfterAll
    static void stop() {
        connection.close();
        client.shutdown();
        stack.close();
    }

    /** Edits of some users, each up to four seconds behind those before it. */
    static List<Edit> shuffled(int seed) throws Exception {
        Random random = new Random(seed);
        List<long[]> arrivals = new ArrayList<>();
        for (int i = 0; i < EDITS; i++) {
            long time = BEGIN + i * 500L + random.nextInt(500);
            arrivals.add(new long[] {time, time + random.nextLong(DISORDER)});
        }
        arrivals.sort(Comparator.comparingLong(arrival -> arrival[1]));
        List<Edit> all = new ArrayList<>();
        for (long[] arrival : arrivals) {
            int user = Math.min(random.nextInt(USERS), random.nextInt(USERS));
            all.add(new Edit(
                    arrival[0], edits.edit("user" + user, Instant.ofEpochMilli(arrival[0]), random.nextInt(1_000))));
        }
        return all;
    }

    /** In turn to each partition: the edits of a user are in all of them. */
    static void produce(FreshetConfig config, List<Edit> edits, int partitions) {
        for (int partition = 0; partition < partitions; partition++) {
            List<byte[]> own = new ArrayList<>();
            for (int i = partition; i < edits.size(); i += partitions) {
                own.add(edits.get(i).bytes());
            }
            new Stores(config).produce(topic(config), partition, own);
        }
    }

    static void createTopic(FreshetConfig config, int partitions) throws Exception {
        new Stores(config).createTopic(topic(config), partitions);
    }

    static String topic(FreshetConfig config) {
        return config.namespace() + ".edits";
    }

    /** Waits until the job has served all that it can of these edits: its watermark is as far as they let it. */
    static void awaitServed(String namespace, List<Edit> edits, int partitions) {
        long[] greatest = new long[partitions];
        for (int i = 0; i < edits.size(); i++) {
            greatest[i % partitions] =
                    Math.max(greatest[i % partitions], edits.get(i).time());
        }
        long last = Arrays.stream(greatest).min().orElseThrow() - OUT_OF_ORDERNESS - 1;
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(redis.get(OnlineKeys.watermark(namespace, "activity")))
                        .isEqualTo(String.valueOf(last)));
    }

    static FreshetConfig config(String namespace, String... settings) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of(
                "namespace",
                namespace,
                "flink.checkpoint_interval",
                "1s",
                "kafka.bootstrap",
                stack.bootstrapServers(),
                "redis.uri",
                stack.redisUri()));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return FreshetConfig.of("test", "", Map.of(), all);
    }

    /** The view over the topic of these settings, with some lines more. */
    static ViewText view(FreshetConfig config, String lines) throws Exception {
        return edits.view(VIEW.formatted(topic(config)) + lines);
    }

    static VerifyReport verify(FreshetConfig config, ViewText view) throws Exception {
        return Verification.run(new VerifyRequest(config, view, 300, 42));
    }

    /** A job to the end of its topics. */
    static void runToEnd(FreshetConfig config, ViewText view) throws Exception {
        run(config, view, new EventRange(EARLIEST, EventRange.End.AT_LATEST), null)
                .awaitEnd();
    }

    /** A job that goes on, once all its tasks run. */
    static JobHandle runOn(FreshetConfig config, ViewText view, EventRange.Start start) throws Exception {
        JobHandle job = run(config, view, new EventRange(start, EventRange.End.NEVER), null);
        job.awaitRunning();
        return job;
    }

    /** A job that goes on from the last checkpoint of another, once all its tasks run. */
    static JobHandle runOn(FreshetConfig config, ViewText view, JobHandle from) throws Exception {
        JobHandle job = run(config, view, new EventRange(EARLIEST, EventRange.End.NEVER), checkpoint(from));
        job.awaitRunning();
        return job;
    }

    private static JobHandle run(FreshetConfig config, ViewText view, EventRange range, String checkpoint)
            throws Exception {
        Configuration settings = new Configuration();
        if (checkpoint != null) {
            settings.set(StateRecoveryOptions.SAVEPOINT_PATH, checkpoint);
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        FeatureJob.assemble(env, JobSpec.prepare(config, List.of(view), range, new AvailableAt.Live()));
        return stack.flink().submit(env);
    }

    /** The last complete checkpoint of a job. */
    private static String checkpoint(JobHandle job) throws Exception {
        Path folder = stack.directory().resolve("flink").resolve("checkpoints").resolve(job.jobId());
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(path -> Files.exists(path.resolve("_metadata")))
                    .max(Comparator.comparingInt(path ->
                            Integer.parseInt(path.getFileName().toString().substring("chk-".length()))))
                    .orElseThrow()
                    .toUri()
                    .toString();
        }
    }
}
