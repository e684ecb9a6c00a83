/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.backfill.BackfillJob;
import io.freshet.backfill.BackfillReport;
import io.freshet.backfill.BackfillSpec;
import io.freshet.backfill.Span;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.ViewText;
import io.freshet.event.AvroDecoder;
import io.freshet.event.EventSelector;
import io.freshet.event.SelectedEvent;
import io.freshet.job.FeatureJob;
import io.freshet.job.JobSpec;
import io.freshet.local.JobHandle;
import io.freshet.local.LocalStack;
import io.freshet.metrics.ViewMetrics;
import io.freshet.operator.AvailableAt;
import io.freshet.oracle.Oracle;
import io.freshet.row.HistoryRow;
import io.freshet.row.OnlineKeys;
import io.freshet.row.RowOrigin;
import io.freshet.source.EventRange;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The embedded stack for backfills, and what their tests have in common. */
abstract class BackfillStage {

    static final Instant NOON = Instant.parse("2015-09-12T12:00:00Z");

    static final Optional<Duration> SECOND = Optional.of(Duration.ofSeconds(1));

    static final Span UP_TO_NOW = new Span(Long.MIN_VALUE, Instant.now().toEpochMilli());

    static final String FEATURES = """
              edits: {count: "*"}
              added: {sum: added}
              first: {first: added, windows: [10m]}
            """;

    /** For a live job and a backfill beside it. */
    static final int SLOTS = 4;

    static LocalStack stack;

    static Edits edits;

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.start(new LocalStack.Options(0, 0, 0, SLOTS));
        edits = new Edits();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    static List<Map<String, Object>> fields(int from, int to) {
        List<Map<String, Object>> events = new ArrayList<>();
        for (int i = from; i < to; i++) {
            events.add(edits.fields("user" + i % 7, Instant.ofEpochMilli(at(i)), i));
        }
        return events;
    }

    static BackfillReport backfill(FreshetConfig config, ViewText view, Span span, Optional<Duration> delay)
            throws Exception {
        BackfillSpec spec = BackfillSpec.prepare(config, List.of(view), BackfillSpec.Request.ofTopics(span, delay));
        JobHandle job = stack.run(new BackfillJob(spec));
        return BackfillReport.of(spec, job.awaitCounts());
    }

    static JobHandle live(FreshetConfig config, ViewText view, EventRange.Start start, AvailableAt availableAt)
            throws Exception {
        return live(config, view, start, availableAt, EventRange.End.AT_LATEST);
    }

    static JobHandle live(
            FreshetConfig config, ViewText view, EventRange.Start start, AvailableAt availableAt, EventRange.End end)
            throws Exception {
        JobSpec spec = JobSpec.prepare(config, List.of(view), new EventRange(start, end), availableAt);
        return stack.run(env -> FeatureJob.assemble(env, spec));
    }

    /** Values by entity, as_of and seq; a row that is there twice fails. */
    static Map<String, List<Object>> rows(List<HistoryRow> rows, RowOrigin origin) {
        Map<String, List<Object>> values = new HashMap<>();
        for (HistoryRow row : rows) {
            if (row.origin() == origin) {
                String place = row.entity() + " " + row.asOfMillis() + " " + row.seq();
                assertThat(values.put(place, row.values())).as(place).isNull();
            }
        }
        return values;
    }

    static Oracle oracle(ViewText view, List<List<byte[]>> partitions) throws Exception {
        Oracle oracle = new Oracle(view.plan().windowed());
        EventSelector selector = new EventSelector(view.plan(), 0, ViewMetrics.NONE);
        AvroDecoder decoder = new AvroDecoder(edits.schema());
        for (int partition = 0; partition < partitions.size(); partition++) {
            List<byte[]> events = partitions.get(partition);
            for (int offset = 0; offset < events.size(); offset++) {
                Optional<SelectedEvent> event =
                        selector.select(decoder.decode(events.get(offset)), partition, offset, 0, null);
                event.ifPresent(oracle::add);
            }
        }
        return oracle;
    }

    static Map<String, String> online(String namespace, String user) {
        try (RedisClient client = RedisClient.create(stack.redisUri());
                StatefulRedisConnection<String, String> redis = client.connect()) {
            return redis.sync().hgetall(OnlineKeys.row(namespace, "activity", user));
        }
    }

    static KafkaProducer<byte[], byte[]> transactional(String id) {
        Properties settings = new Properties();
        settings.setProperty("bootstrap.servers", stack.bootstrapServers());
        settings.setProperty("transactional.id", id);
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    static FreshetConfig config(String namespace) throws Exception {
        return FreshetConfig.of(
                "test",
                "",
                Map.of(),
                Map.of(
                        "namespace", namespace,
                        "kafka.bootstrap", stack.bootstrapServers(),
                        "redis.uri", stack.redisUri()));
    }

    static ViewText view(String namespace, String emit, String features) throws Exception {
        return edits.view("""
                view: activity
                source: {topic: %s.edits, schema: WikipediaEdit, event_time: time, out_of_orderness: 1s, max_future: 1h}
                entity: [user]
                emit: %s
                windows: [1m, 10m]
                features:
                %s""".formatted(namespace, emit, features.indent(0)));
    }

    static Stores topic(FreshetConfig config, int partitions, List<List<byte[]>> events) throws Exception {
        Stores stores = new Stores(config);
        String topic = config.namespace() + ".edits";
        stores.createTopic(topic, partitions);
        for (int i = 0; i < partitions; i++) {
            stores.produce(topic, i, events.get(i));
        }
        return stores;
    }

    /** Event time of the n-th event, ms. */
    static long at(int n) {
        return NOON.plusSeconds(7L * n).toEpochMilli();
    }

    /** So many events per partition, each partition of its own users, in order of time. */
    static List<List<byte[]>> inOrder(int partitions, int events) throws Exception {
        List<List<byte[]>> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            List<byte[]> own = new ArrayList<>();
            for (int i = 0; i < events; i++) {
                String user = "user" + (i % 7 * partitions + partition);
                own.add(edits.edit(user, Instant.ofEpochMilli(at(i)), i));
            }
            all.add(own);
        }
        return all;
    }
}
