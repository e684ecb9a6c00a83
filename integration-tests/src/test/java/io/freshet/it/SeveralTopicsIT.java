/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.client.OnlineReader;
import io.freshet.client.OnlineRow;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import io.freshet.event.EventSelector;
import io.freshet.job.FeatureJob;
import io.freshet.job.JobSpec;
import io.freshet.local.JobHandle;
import io.freshet.local.LocalStack;
import io.freshet.metrics.ViewMetrics;
import io.freshet.operator.AvailableAt;
import io.freshet.oracle.Answer;
import io.freshet.oracle.Oracle;
import io.freshet.row.HistoryRow;
import io.freshet.source.EventRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A view over two topics through the whole system, judged twice: by the oracle, for all functions, and by plain loops over
 * what was sent, which know nothing of how a topic's events are told apart.
 */
class SeveralTopicsIT {

    private static final long SEED = 20150912;
    private static final int EVENTS = 1_200;
    private static final int PARTITIONS = 2;
    private static final Instant NOON = Instant.parse("2015-09-12T12:00:00Z");
    private static final List<String> TOPICS = List.of("shop.purchases", "shop.refunds");
    private static final String VIEW = """
            view: shopping
            source:
              - {topic: shop.purchases, schema: Purchase, event_time: time, out_of_orderness: 10s}
              - {topic: shop.refunds, schema: Refund, event_time: at, out_of_orderness: 20s}
            entity: [customer]
            windows: [10m, 1h]
            features:
              purchases: {count: "*", from: shop.purchases}
              refunded: {sum: amount, from: shop.refunds}
              movements: {count: "*"}
              amounts: {mean: amount}
              dear: {count: "*", where: "event.amount > 50"}
              dear_refunds: {count: "*", where: "event.amount > 50", from: shop.refunds}
              newest: {last: amount}
              wares: {last_distinct_n: ware, n: 3, from: shop.purchases}
              by_ware: {sum: amount, per: ware, from: shop.purchases}
              latest: {sum: amount, last_events: 2, from: [shop.refunds]}
              doubled: {max: "event.amount * 2", from: [shop.refunds, shop.purchases]}
            derived:
              dear_share_1h: "movements_1h > 0 ? double(dear_1h) / double(movements_1h) : 0.0"
            """;

    /** What was sent: of a purchase a ware, of a refund none, and perhaps no amount. */
    private record Movement(
            int topic,
            String customer,
            long timeMillis,
            @Nullable Integer amount) {}

    private static LocalStack stack;
    private static ViewText view;
    private static ViewPlan plan;
    private static Oracle oracle;
    private static final List<Movement> MOVEMENTS = new ArrayList<>();

    @BeforeAll
    static void sendTheEvents() throws Exception {
        stack = LocalStack.start(LocalStack.Options.freePorts());
        view = ShopEvents.view(VIEW);
        plan = view.plan();
        oracle = new Oracle(plan.windowed());
        Stores stores = new Stores(config("shop", "heap"));
        List<EventSelector> selectors = new ArrayList<>();
        List<List<List<byte[]>>> sent = new ArrayList<>();
        for (int topic = 0; topic < TOPICS.size(); topic++) {
            stores.createTopic(TOPICS.get(topic), PARTITIONS);
            selectors.add(new EventSelector(plan, topic, ViewMetrics.NONE));
            sent.add(List.of(new ArrayList<>(), new ArrayList<>()));
        }
        Random random = new Random(SEED);
        for (int i = 0; i < EVENTS; i++) {
            int topic = random.nextInt(3) / 2;
            // Whole seconds, up to nine of them out of order: the topics often have events of one moment.
            Instant time = NOON.plusSeconds(i * 6L - random.nextInt(10));
            int customer = random.nextInt(8);
            Integer amount = topic == 1 && random.nextInt(5) == 0 ? null : Integer.valueOf(random.nextInt(100));
            GenericRecord event = topic == 0
                    ? ShopEvents.purchase("c" + customer, time, amount, "w" + random.nextInt(5))
                    : ShopEvents.refundRecord("c" + customer, time, amount);
            MOVEMENTS.add(new Movement(topic, "c" + customer, time.toEpochMilli(), amount));
            List<byte[]> partition = sent.get(topic).get(customer % PARTITIONS);
            selectors
                    .get(topic)
                    .select(event, customer % PARTITIONS, partition.size(), 0, null)
                    .ifPresent(oracle::add);
            partition.add(ShopEvents.encode(event));
        }
        for (int topic = 0; topic < TOPICS.size(); topic++) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                stores.produce(TOPICS.get(topic), partition, sent.get(topic).get(partition));
            }
        }
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void everyRowOfAJobThatEndsIsWhatTheOracleSays() throws Exception {
        FreshetConfig config = config("ended", "heap");
        run(config, view, EventRange.End.AT_LATEST).awaitEnd();

        Map<String, TreeMap<Long, HistoryRow>> rows = new TreeMap<>();
        for (HistoryRow row : new Stores(config).history(view)) {
            // Of one moment the last row has all its events.
            rows.computeIfAbsent(row.entity(), customer -> new TreeMap<>())
                    .merge(row.asOfMillis(), row, (a, b) -> a.seq() > b.seq() ? a : b);
        }
        assertThat(rows).hasSize(8);
        rows.forEach((customer, all) -> {
            all.values().forEach(row -> check(customer, row.asOfMillis(), row.values()));
            assertThat(all.keySet())
                    .containsAll(of(customer).stream().map(Movement::timeMillis).collect(Collectors.toSet()));
        });
        assertThat(new Stores(config).deadLetters()).isEmpty();
    }

    @Test
    void theNewestRowsOfAJobThatRunsOnAreWhatTheOracleSays() throws Exception {
        FreshetConfig config = config("live", "rocksdb");
        ViewText coalescing = ShopEvents.view(VIEW + "coalesce: 20ms\n");
        JobHandle job = run(config, coalescing, EventRange.End.NEVER);
        List<String> customers =
                MOVEMENTS.stream().map(Movement::customer).distinct().toList();
        try (OnlineReader reader = OnlineReader.connect(stack.redisUri(), "live", Duration.ofSeconds(30))) {
            Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                Map<String, OnlineRow> rows = reader.read(plan, customers).rows();
                for (String customer : customers) {
                    OnlineRow row = rows.get(customer);
                    assertThat(row).isNotNull();
                    long last = of(customer).stream()
                            .mapToLong(Movement::timeMillis)
                            .max()
                            .orElseThrow();
                    assertThat(row.asOfMillis()).isGreaterThanOrEqualTo(last);
                    List<@Nullable Object> values = new ArrayList<>();
                    plan.columns().forEach(column -> values.add(row.value(column.name())));
                    check(customer, row.asOfMillis(), values);
                }
            });
        } finally {
            job.cancel();
        }
    }

    private static void check(String customer, long asOfMillis, List<@Nullable Object> values) {
        List<Column.Windowed> columns = plan.windowed();
        for (int i = 0; i < columns.size(); i++) {
            Answer answer = oracle.answer(i, customer, asOfMillis);
            assertThat(answer.agreesWith(values.get(i)))
                    .as(
                            "%s of %s at %s (seed %s): found %s, expected %s",
                            columns.get(i).name(), customer, asOfMillis, SEED, values.get(i), answer)
                    .isTrue();
        }
        List<Movement> hour = window(of(customer), asOfMillis, 3_600_000, 60_000);
        List<Movement> refunds =
                hour.stream().filter(movement -> movement.topic() == 1).toList();
        assertThat(value("purchases_1h", values)).isEqualTo((long) (hour.size() - refunds.size()));
        assertThat(value("movements_1h", values)).isEqualTo((long) hour.size());
        assertThat(value("refunded_1h", values)).isEqualTo(sum(refunds));
        assertThat(value("dear_1h", values)).isEqualTo(dear(hour));
        assertThat(value("dear_refunds_1h", values)).isEqualTo(dear(refunds));
        List<Movement> minutes = window(of(customer), asOfMillis, 600_000, 10_000);
        assertThat(value("movements_10m", values)).isEqualTo((long) minutes.size());
        assertThat(value("dear_share_1h", values))
                .isEqualTo(hour.isEmpty() ? 0.0 : (double) dear(hour) / (double) hour.size());
    }

    private static @Nullable Object value(String column, List<@Nullable Object> values) {
        List<String> names = plan.columns().stream().map(Column::name).toList();
        return values.get(names.indexOf(column));
    }

    private static List<Movement> of(String customer) {
        return MOVEMENTS.stream()
                .filter(movement -> movement.customer().equals(customer))
                .toList();
    }

    private static List<Movement> window(List<Movement> all, long asOfMillis, long length, long hop) {
        long tail = Math.floorDiv(asOfMillis - length, hop) * hop;
        return all.stream()
                .filter(each -> each.timeMillis() >= tail && each.timeMillis() <= asOfMillis)
                .toList();
    }

    private static @Nullable Long sum(List<Movement> movements) {
        Long sum = null;
        for (Movement movement : movements) {
            if (movement.amount() != null) {
                sum = (sum == null ? 0 : sum) + movement.amount();
            }
        }
        return sum;
    }

    private static long dear(List<Movement> movements) {
        return movements.stream()
                .filter(movement -> movement.amount() != null && movement.amount() > 50)
                .count();
    }

    private static FreshetConfig config(String namespace, String state) throws Exception {
        return FreshetConfig.of(
                "test",
                "",
                Map.of(),
                Map.of(
                        "namespace",
                        namespace,
                        "flink.state",
                        state,
                        "kafka.bootstrap",
                        stack.bootstrapServers(),
                        "redis.uri",
                        stack.redisUri()));
    }

    private static JobHandle run(FreshetConfig config, ViewText view, EventRange.End end) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        EventRange range = new EventRange(new EventRange.Earliest(), end);
        FeatureJob.assemble(env, JobSpec.prepare(config, List.of(view), range, new AvailableAt.Live()));
        return stack.flink().submit(env);
    }
}
