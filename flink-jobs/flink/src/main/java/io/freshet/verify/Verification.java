/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.ViewPlan;
import io.freshet.history.CommittedRecords;
import io.freshet.history.HistorySource;
import io.freshet.history.KafkaRefusal;
import io.freshet.job.BatchSettings;
import io.freshet.job.KafkaSettings;
import io.freshet.operator.PlanSource;
import io.freshet.operator.SerializedType;
import io.freshet.sink.RedisOptions;
import io.freshet.sink.TopicNames;
import io.freshet.source.EventRange;
import io.freshet.source.EventSource;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.BatchExecutionOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Replays the events of a view beside what its job logged and what the online store holds. A batch: events and rows are
 * sorted by entity and time, on disk where they are many, and each entity is judged on its own: see {@link EntityWalk}.
 *
 * <p>The engine is driven here without the job's operator around it, whose cache of entities, timers and slices are among
 * what is to be proven: a fault in them would be in both.
 */
public final class Verification {

    /** What names of accumulators start with in which tasks tell what they found. */
    static final String TALLY = "verify-";

    /** Name of the accumulator of events and rows read. */
    static final String READ = "read";

    private static final EventRange RANGE = new EventRange(new EventRange.Earliest(), EventRange.End.AT_LATEST);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** A job tells Kafka how far it is at a checkpoint, and commits rows of that checkpoint within this time. */
    private static final Duration COMMITTED_WITHIN = Duration.ofSeconds(1);

    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final VerifyRequest request;
    private final FreshetConfig config;
    private final ViewPlan plan;
    private final PlanSource source;
    private final TypeInformation<Item> items;
    private final LiveJob live;
    private final HistorySource.Bounded history;
    private final Map<TopicPartition, Long> historyEnds;
    private final long firstRowMillis;
    private final long records;

    private Verification(VerifyRequest request) throws VerificationException {
        this.request = request;
        config = request.config();
        source = request.view()::plan;
        plan = source.plan();
        items = new SerializedType<>(Item.class, new ItemSerializer(plan));
        Properties kafka = KafkaSettings.of(config);
        LiveJobTraces traces = new LiveJobTraces(config, plan, kafka);
        String topic = TopicNames.history(config.namespace(), plan.view().name());
        // How far the job is comes first: what it had written by then is in the history that is read next.
        Map<Integer, Long> takenIn = traces.takenIn();
        long watermarkMillis = traces.watermarkMillis();
        Map<TopicPartition, Long> ends = historyEnds(kafka, topic);
        if (takenIn.isEmpty() && ends.values().stream().anyMatch(end -> end > 0)) {
            // The job has just completed its first checkpoint: once more.
            takenIn = traces.takenIn();
            watermarkMillis = traces.watermarkMillis();
            ends = historyEnds(kafka, topic);
        }
        historyEnds = ends;
        if (historyEnds.isEmpty()) {
            throw new VerificationException("Cannot verify view '" + plan.view().name() + "': there is no topic '"
                    + topic + "'; the view has never run, run it first");
        }
        history = HistorySource.between(
                kafka, config.namespace(), plan, CommittedRecords.beginnings(kafka, topic, LIMIT), historyEnds);
        LiveJobTraces.FirstRows first = traces.firstRows(history.schemas());
        live = new LiveJob(
                takenIn,
                watermarkMillis,
                traces.topicSinceMillis(),
                traces.historySinceMillis(),
                first.startedMillis(),
                traces.letters());
        firstRowMillis = first.writtenMillis();
        records = history.rows() + events(kafka);
    }

    /**
     * Looks at what there is to verify. The job that is judged may run.
     *
     * @throws VerificationException if Kafka or the online store does not answer, or the view has never run
     */
    public static Verification of(VerifyRequest request) throws VerificationException {
        try {
            return new Verification(request);
        } catch (KafkaException e) {
            throw new VerificationException(
                    "Cannot read Kafka at " + request.config().kafka().bootstrap() + ": " + KafkaRefusal.reason(e), e);
        }
    }

    /**
     * Verifies a view on a Flink in this JVM, which is there for as long as it takes. The job that is judged may run.
     *
     * @throws VerificationException if Kafka, the online store or the history cannot be read
     */
    public static VerifyReport run(VerifyRequest request) throws VerificationException {
        return of(request).run(read -> {});
    }

    /** Upper bound of the events and rows that are read: offsets, which transactions' marks also take. */
    public long records() {
        return records;
    }

    /**
     * Verifies the view on a Flink in this JVM, which is there for as long as it takes.
     *
     * @param progress told now and then how many events and rows have been read
     * @throws VerificationException if Kafka, the online store or the history cannot be read
     */
    public VerifyReport run(LongConsumer progress) throws VerificationException {
        String view = plan.view().name();
        try {
            StreamExecutionEnvironment env = environment();
            assemble(env);
            Tally tally = new Following(env.executeAsync("verify " + view)).awaitTally(progress);
            return VerifyReport.of(plan.view(), tally, !live.takenIn().isEmpty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VerificationException("Interrupted while verifying view '" + view + "'", e);
        } catch (Exception e) {
            throw new VerificationException("Cannot verify view '" + view + "': " + innermost(e), e);
        }
    }

    private StreamExecutionEnvironment environment() {
        Configuration settings = BatchSettings.create();
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
        settings.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, HEARTBEAT);
        // Flink would listen for other machines.
        settings.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        settings.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        settings.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        settings.set(BatchExecutionOptions.ADAPTIVE_AUTO_PARALLELISM_ENABLED, false);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
        return StreamExecutionEnvironment.createLocalEnvironment(config.flink().parallelism(), settings);
    }

    private void assemble(StreamExecutionEnvironment env) {
        String view = plan.view().name();
        DataStream<Item> all = env.fromSource(history.source(), WatermarkStrategy.noWatermarks(), "history " + view)
                .transform("rows " + view, items, new LoggedItems());
        for (int topic = 0; topic < plan.sources().size(); topic++) {
            all = all.union(events(env, topic));
        }
        Judge.Task task = new Judge.Task(
                live,
                history.schemas(),
                Math.min(1, request.sample() / (double) Math.max(1, history.rows())),
                request.seed(),
                new OnlineCheck.Place(
                        RedisOptions.of(config.redis()), KafkaSettings.of(config), config.namespace(), historyEnds));
        all.assignTimestampsAndWatermarks(WatermarkStrategy.<Item>noWatermarks()
                        .withTimestampAssigner((item, kafkaMillis) -> item.timeMillis()))
                .keyBy(Item::entity, Types.STRING)
                .transform("judge " + view, Types.LONG, new Judge(source, task))
                .sinkTo(new DiscardingSink<>());
    }

    private DataStream<Item> events(StreamExecutionEnvironment env, int topic) {
        String name = plan.view().sources().get(topic).topic();
        return env.fromSource(
                        EventSource.of(config, config.namespace() + "-verify", source, topic, RANGE),
                        WatermarkStrategy.noWatermarks(),
                        "events " + name)
                .transform(
                        "select " + name, items, new EventItems(source, topic, config.limits(), live, firstRowMillis));
    }

    /** Upper bound of the events of all topics. */
    private long events(Properties kafka) {
        long events = 0;
        for (ViewPlan.SourcePlan of : plan.sources()) {
            String topic = of.source().topic();
            Map<TopicPartition, Long> beginnings = CommittedRecords.beginnings(kafka, topic, LIMIT);
            for (Map.Entry<TopicPartition, Long> end :
                    CommittedRecords.ends(kafka, topic, LIMIT).entrySet()) {
                events += end.getValue() - beginnings.getOrDefault(end.getKey(), 0L);
            }
        }
        return events;
    }

    private static Map<TopicPartition, Long> historyEnds(Properties kafka, String topic) {
        LockSupport.parkNanos(COMMITTED_WITHIN.toNanos());
        return CommittedRecords.ends(kafka, topic, LIMIT);
    }

    private static String innermost(Throwable e) {
        Throwable inner = e;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return String.valueOf(inner.getMessage());
    }
}
