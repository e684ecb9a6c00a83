/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.backfill.BackfillJob;
import io.freshet.backfill.BackfillReport;
import io.freshet.backfill.BackfillSpec;
import io.freshet.backfill.Span;
import io.freshet.cli.Topics;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.Layout;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import io.freshet.job.JobSpec;
import io.freshet.local.JobHandle;
import io.freshet.local.LocalStack;
import io.freshet.operator.AvailableAt;
import io.freshet.row.CompactReader;
import io.freshet.row.OnlineKeys;
import io.freshet.sink.TopicNames;
import io.freshet.source.EventRange;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** A local stack with one topic of events, on which jobs run, each in a namespace of its own. */
final class EndToEnd implements AutoCloseable {

    private static final Pattern USED = Pattern.compile("used_memory:(\\d+)");
    private static final Pattern CPU = Pattern.compile("used_cpu_(?:user|sys):([0-9.]+)");

    private final LocalStack stack;
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> redis;
    private final StatefulRedisConnection<byte[], byte[]> binary;
    private final Admin admin;
    private final int parallelism;
    private int jobs;

    private EndToEnd(LocalStack stack, int parallelism) {
        this.stack = stack;
        this.parallelism = parallelism;
        this.client = RedisClient.create(stack.redisUri());
        this.redis = client.connect();
        this.binary = client.connect(ByteArrayCodec.INSTANCE);
        this.admin = Admin.create(kafka());
    }

    /** Puts a job together. */
    @FunctionalInterface
    interface Assembly {
        void assemble(StreamExecutionEnvironment env, JobSpec spec);
    }

    /** A job that runs, the namespace it writes to, and its view. */
    record Job(JobHandle handle, String namespace, ViewPlan plan) {

        String view() {
            return plan.view().name();
        }
    }

    /** A backfill that has ended: what it did, in what time, and CPU time of this process. */
    record Backfill(BackfillReport report, long nanos, long cpuNanos) {}

    /**
     * Starts a stack and makes the topic.
     *
     * @param parallelism of jobs, and the number of the topic's partitions
     */
    static EndToEnd start(int parallelism) throws Exception {
        EndToEnd started = new EndToEnd(LocalStack.start(LocalStack.Options.freePorts()), parallelism);
        try (Topics topics = new Topics(started.kafka())) {
            topics.createIfMissing(Workload.TOPIC, parallelism);
        }
        return started;
    }

    /** Settings of Kafka clients. */
    Properties kafka() {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", stack.bootstrapServers());
        return properties;
    }

    /** Looks for rows of the job as a reader would, in the layout of its view. */
    FreshnessProbe.Look look(Job job) {
        String prefix = OnlineKeys.rowPrefix(job.namespace(), job.view());
        if (job.plan().view().online().layout() == Layout.COMPACT) {
            CompactReader reader = new CompactReader(job.plan(), List.of());
            return entity -> binary.async()
                    .get((prefix + entity).getBytes(StandardCharsets.UTF_8))
                    .thenApply(bytes -> bytes == null ? FreshnessProbe.Times.NONE : times(reader.read(bytes)));
        }
        return entity -> redis.async()
                .hmget(prefix + entity, OnlineKeys.AS_OF, OnlineKeys.AVAILABLE_AT)
                .thenApply(fields -> new FreshnessProbe.Times(millis(fields.get(0)), millis(fields.get(1))));
    }

    private static FreshnessProbe.Times times(CompactReader.Row row) {
        return new FreshnessProbe.Times(row.identity().asOfMillis(), row.availableAtMillis());
    }

    private static long millis(KeyValue<String, String> field) {
        return field.hasValue() ? Long.parseLong(field.getValue()) : Long.MIN_VALUE;
    }

    /** Memory that the Redis server has handed out, in bytes. */
    long redisBytes() {
        Matcher used = USED.matcher(redis.sync().info("memory"));
        if (!used.find()) {
            throw new IllegalStateException("Redis does not say how much memory it uses");
        }
        return Long.parseLong(used.group(1));
    }

    /** CPU time that the Redis server has taken so far, in ns. */
    long redisCpuNanos() {
        double seconds = CPU.matcher(redis.sync().info("cpu"))
                .results()
                .mapToDouble(match -> Double.parseDouble(match.group(1)))
                .sum();
        return (long) (seconds * 1e9);
    }

    /** Address of Flink's REST. */
    URI flink() {
        return stack.webUi();
    }

    /** Starts a job over the view and returns when all its tasks run. */
    Job run(ViewText view, EventRange.Start from, Assembly assembly) throws Exception {
        redis.sync().flushall();
        FreshetConfig config = nextConfig();
        EventRange range = new EventRange(from, EventRange.End.NEVER);
        JobSpec spec = JobSpec.prepare(config, List.of(view), range, new AvailableAt.Live());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        assembly.assemble(env, spec);
        JobHandle handle = stack.flink().submit(env);
        handle.awaitRunning();
        return new Job(handle, config.namespace(), view.plan());
    }

    /** Backfills the view from all events, and tells how long the job took. */
    Backfill backfill(ViewText view) throws Exception {
        FreshetConfig config = nextConfig();
        BackfillSpec spec = BackfillSpec.prepare(
                config, List.of(view), BackfillSpec.Request.ofTopics(Span.all(), Optional.of(Duration.ofSeconds(1))));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        new BackfillJob(spec).assemble(env);
        long begin = System.nanoTime();
        long cpuBegin = EventStream.cpuNanos();
        BackfillReport report =
                BackfillReport.of(spec, stack.flink().submit(env).awaitCounts());
        long nanos = System.nanoTime() - begin;
        long cpuNanos = EventStream.cpuNanos() - cpuBegin;
        deleteHistory(config.namespace(), view.plan().view().name());
        return new Backfill(report, nanos, cpuNanos);
    }

    /** Settings of a job in a namespace of its own. */
    private FreshetConfig nextConfig() throws DefinitionException {
        return FreshetConfig.of(
                "benchmark",
                "",
                Map.of(),
                Map.of(
                        "namespace",
                        "benchmark" + jobs++,
                        "kafka.bootstrap",
                        stack.bootstrapServers(),
                        "redis.uri",
                        stack.redisUri(),
                        "flink.parallelism",
                        Integer.toString(parallelism)));
    }

    /** The watermark that the job has published: all rows up to it can be read. Empty before the first. */
    OptionalLong watermarkMillis(Job job) {
        String text = redis.sync().get(OnlineKeys.watermark(job.namespace(), job.view()));
        return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    }

    /** Rows that the job has written to its history, committed or not. */
    long historyRows(Job job) throws Exception {
        String topic = TopicNames.history(job.namespace(), job.view());
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (TopicDescription described :
                admin.describeTopics(List.of(topic)).allTopicNames().get().values()) {
            described
                    .partitions()
                    .forEach(each -> ends.put(new TopicPartition(topic, each.partition()), OffsetSpec.latest()));
        }
        long rows = 0;
        for (ListOffsetsResultInfo end : admin.listOffsets(ends).all().get().values()) {
            rows += end.offset();
        }
        return rows;
    }

    /** Ends the job and gives its history's disk space back. */
    void end(Job job) throws Exception {
        job.handle().cancel();
        deleteHistory(job.namespace(), job.view());
    }

    private void deleteHistory(String namespace, String view) throws Exception {
        admin.deleteTopics(List.of(TopicNames.history(namespace, view)))
                .all()
                .get();
    }

    @Override
    public void close() {
        admin.close();
        redis.close();
        binary.close();
        client.shutdown();
        stack.close();
    }
}
