/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freshet.backfill.BackfillJob;
import io.freshet.backfill.BackfillSpec;
import io.freshet.backfill.Span;
import io.freshet.client.OnlineReader;
import io.freshet.client.OnlineRow;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.Column;
import io.freshet.definition.EventFormat;
import io.freshet.definition.ViewText;
import io.freshet.event.BadEventException;
import io.freshet.event.DeadLetterReason;
import io.freshet.job.FeatureJob;
import io.freshet.job.JobSpec;
import io.freshet.local.JobHandle;
import io.freshet.local.LocalStack;
import io.freshet.operator.AvailableAt;
import io.freshet.oracle.Answer;
import io.freshet.oracle.Oracle;
import io.freshet.registry.RegistryException;
import io.freshet.registry.SchemaRegistry;
import io.freshet.row.HistoryRow;
import io.freshet.row.RowOrigin;
import io.freshet.source.EventRange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Topics of every format whose writers change their schema under way, by every rule of resolution, in one job; the registry
 * (Apicurio) is down when the job starts, and hangs in flight until the job fails over. Rows are judged by the oracle, and once more
 * by a backfill.
 */
class SchemaEvolutionIT {

    private static final int PHASE = 40;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static LocalStack stack;
    private static Apicurio registry;
    private static final Map<EventFormat, EvolvingOrders> TOPICS = new EnumMap<>(EventFormat.class);

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.start(LocalStack.Options.freePorts());
        registry = Apicurio.start(folder);
        for (EventFormat format : EventFormat.values()) {
            EvolvingOrders orders = new EvolvingOrders(format, registry);
            new Stores(config("live")).createTopic(orders.topic(), 1);
            TOPICS.put(format, orders);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        registry.close();
        stack.close();
    }

    @Test
    void rowsAreWhatTheOracleSaysWhateverSchemaEventsWereWrittenWith() throws Exception {
        FreshetConfig config = config("live");
        send(EvolvingOrders.Version.FIRST, EvolvingOrders.Version.FIRST);
        JobSpec spec = JobSpec.prepare(config, views(), range(EventRange.End.NEVER), new AvailableAt.Live());
        registry.kill();
        JobHandle job = stack.run(env -> FeatureJob.assemble(env, spec));
        try {
            awaitRows(EventFormat.SINGLE_OBJECT, EventFormat.AVRO, EventFormat.JSON);
            assertThat(online(EventFormat.CONFLUENT))
                    .as("waits for the registry")
                    .isEmpty();
            registry.restart();
            awaitRows(EventFormat.values());
            job.checkpoint();

            registry.suspend();
            send(EvolvingOrders.Version.FIRST, EvolvingOrders.Version.SECOND);
            awaitRows(EventFormat.SINGLE_OBJECT, EventFormat.AVRO, EventFormat.JSON);
            Awaitility.await("the job gives up and goes on from its checkpoint")
                    .atMost(LIMIT)
                    .until(() -> job.status() == JobStatus.RESTARTING);
            registry.resume();
            awaitRows(EventFormat.values());

            TOPICS.values().forEach(EvolvingOrders::addBadEvents);
            send(EvolvingOrders.Version.SECOND, EvolvingOrders.Version.CURRENT);
            send(EvolvingOrders.Version.CURRENT, EvolvingOrders.Version.NEXT);
            awaitRows(EventFormat.values());
            job.checkpoint();
        } finally {
            job.cancel();
        }
        checkDeadLetters(new Stores(config).deadLetters());
        Map<ViewText, Map<String, List<Object>>> live = new HashMap<>();
        for (EvolvingOrders orders : TOPICS.values()) {
            List<HistoryRow> rows = new Stores(config).history(orders.view());
            checkByOracle(orders, rows);
            live.put(orders.view(), BackfillStage.rows(rows, RowOrigin.LIVE));
        }

        FreshetConfig again = config("again");
        BackfillSpec backfill = BackfillSpec.prepare(
                again,
                views(),
                BackfillSpec.Request.ofTopics(
                        new Span(Long.MIN_VALUE, Instant.now().toEpochMilli()), Optional.of(Duration.ofSeconds(1))));
        stack.run(new BackfillJob(backfill)).awaitEnd();
        for (ViewText view : live.keySet()) {
            assertThat(BackfillStage.rows(new Stores(again).history(view), RowOrigin.BACKFILL))
                    .containsAllEntriesOf(live.get(view));
        }
    }

    @Test
    void whatTheRegistryDoesNotHaveIsToldFromWhatIsNoRegistry() throws Exception {
        BadEventException refused = catchThrowableOfType(
                BadEventException.class, () -> registry.client().byId(99_999));

        assertThat(refused.reason()).isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA);
        assertThat(registry.client().latest("none-value")).isEmpty();
        SchemaRegistry elsewhere = Apicurio.client(registry.url().replace("/apis/ccompat/v7", ""));
        assertThatThrownBy(() -> elsewhere.byId(1))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("is registry.url the beginning of its API");
    }

    private static void send(EvolvingOrders.Version... versions) throws Exception {
        for (EvolvingOrders orders : TOPICS.values()) {
            List<byte[]> events = orders.write(PHASE, versions);
            new Stores(config("live")).produce(orders.topic(), 0, events);
        }
    }

    /** Waits until the newest row of each customer has all events that were sent. */
    private static void awaitRows(EventFormat... formats) {
        for (EventFormat format : formats) {
            EvolvingOrders orders = TOPICS.get(format);
            Awaitility.await("rows of " + format)
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(online(format)).containsAllEntriesOf(orders.counts()));
        }
    }

    /** How many orders the newest row of each customer has seen. */
    private static Map<String, Object> online(EventFormat format) throws Exception {
        EvolvingOrders orders = TOPICS.get(format);
        Map<String, Object> counts = new TreeMap<>();
        try (OnlineReader reader = OnlineReader.connect(stack.redisUri(), "live", LIMIT)) {
            Map<String, OnlineRow> rows = reader.read(
                            orders.view().plan(), List.copyOf(orders.counts().keySet()))
                    .rows();
            rows.forEach((customer, row) -> counts.put(customer, row.value("orders_lifetime")));
        }
        return counts;
    }

    private static void checkByOracle(EvolvingOrders orders, List<HistoryRow> all) {
        List<Column.Windowed> columns = orders.view().plan().windowed();
        Oracle oracle = orders.oracle();
        Map<String, HistoryRow> rows = new HashMap<>();
        for (HistoryRow row : all) {
            // Of one moment the last row has all its events.
            rows.merge(row.entity() + row.asOfMillis(), row, (a, b) -> a.seq() > b.seq() ? a : b);
        }
        assertThat(rows).hasSizeGreaterThanOrEqualTo(orders.sent());
        for (HistoryRow row : rows.values()) {
            for (int i = 0; i < columns.size(); i++) {
                Answer answer = oracle.answer(i, row.entity(), row.asOfMillis());
                assertThat(answer.agreesWith(row.values().get(i)))
                        .as(
                                "%s of %s in %s at %s: found %s, expected %s",
                                columns.get(i).name(),
                                row.entity(),
                                orders.topic(),
                                row.asOfMillis(),
                                row.values().get(i),
                                answer)
                        .isTrue();
            }
        }
    }

    private static void checkDeadLetters(List<ConsumerRecord<byte[], byte[]>> letters) {
        Map<String, List<String>> found = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> letter : letters) {
            found.computeIfAbsent(header(letter, "topic"), key -> new ArrayList<>())
                    .add(header(letter, "reason") + ": " + header(letter, "detail"));
        }
        for (EvolvingOrders orders : TOPICS.values()) {
            List<String> refusals = orders.refusals();
            assertThat(found.get(orders.topic())).as(orders.topic()).hasSameSizeAs(refusals);
            for (int i = 0; i < refusals.size(); i++) {
                assertThat(found.get(orders.topic()).get(i)).contains(refusals.get(i));
            }
        }
        assertThat(found).hasSameSizeAs(TOPICS.keySet());
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }

    private static List<ViewText> views() {
        return TOPICS.values().stream().map(EvolvingOrders::view).toList();
    }

    private static EventRange range(EventRange.End end) {
        return new EventRange(new EventRange.Earliest(), end);
    }

    private static FreshetConfig config(String namespace) throws Exception {
        return FreshetConfig.of(
                "test",
                "",
                Map.of(),
                Map.of(
                        "namespace",
                        namespace,
                        "flink.parallelism",
                        "1",
                        "kafka.bootstrap",
                        stack.bootstrapServers(),
                        "redis.uri",
                        stack.redisUri(),
                        "registry.url",
                        registry.url(),
                        "registry.timeout",
                        "500ms",
                        "registry.retry_for",
                        "2s"));
    }
}
