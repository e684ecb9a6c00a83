/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.client.EntityRow;
import io.freshet.client.FeatureReader;
import io.freshet.client.FeatureRequest;
import io.freshet.client.FeatureService;
import io.freshet.client.FeatureVector;
import io.freshet.client.JsonLinesServedLog;
import io.freshet.client.ReaderOptions;
import io.freshet.client.RowStatus;
import io.freshet.client.ViewVector;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.ViewText;
import io.freshet.job.FeatureJob;
import io.freshet.job.JobSpec;
import io.freshet.job.KafkaSettings;
import io.freshet.local.JobHandle;
import io.freshet.local.LocalStack;
import io.freshet.operator.AvailableAt;
import io.freshet.source.EventRange;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableReader;
import io.freshet.table.Tables;
import io.freshet.training.TrainingOptions;
import io.freshet.training.TrainingPlan;
import io.freshet.training.TrainingPreflight;
import io.freshet.training.TrainingSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a model is served, of views in all layouts, and what it is trained on: read from Redis while a job runs, logged, and
 * made a training set of, by time and by the rows that the log names.
 */
class ServingIT {

    private static final long SEED = 6;
    private static final int CUSTOMERS = 40;
    private static final String TOPIC = "shop.purchases";
    private static final List<String> LAYOUTS = List.of("hash", "compact", "feast");
    private static final String VIEW = """
            view: %1$s_view
            source: {topic: shop.purchases, schema: Purchase, event_time: time, out_of_orderness: 1s}
            entity: [customer]
            windows: [1h]
            features:
              n: {count: "*"}
              amount_mean: {mean: amount}
              last_ware: {last: ware}
              by_ware: {sum: amount, per: ware}
              age: {time_since_last: "*"}
              faded: {decayed_sum: amount, half_life: 10s}
            derived:
              is_recent: "age_1h < 1000"
              share: "amount_mean_1h / faded_1h"
            request: {amount: double, ware: string, hops: long}
            on_demand:
              ratio: "request.amount / amount_mean_1h"
              same_ware: "request.ware == last_ware_1h"
              each: "n_1h / request.hops"
              first: "amount_mean_1h == null ? request.amount : amount_mean_1h"
              idle: "age_1h > 1500 || request.amount > 40.0"
              rest: "faded_1h + request.amount"
              second: "now.getSeconds()"
            online: {layout: %1$s}
            """;

    @TempDir
    static Path folder;

    private static LocalStack stack;
    private static FreshetConfig config;
    private static JobHandle job;
    private static final List<ViewText> views = new ArrayList<>();
    private static final Random random = new Random(SEED);
    private static int sent;

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.start(LocalStack.Options.freePorts());
        config = FreshetConfig.of(
                "test",
                "",
                Map.of(),
                Map.of(
                        "namespace",
                        "serving",
                        "flink.checkpoint_interval",
                        "1s",
                        "kafka.bootstrap",
                        stack.bootstrapServers(),
                        "redis.uri",
                        stack.redisUri()));
        new Stores(config).createTopic(TOPIC, 1);
        for (String layout : LAYOUTS) {
            views.add(ShopEvents.view(VIEW.formatted(layout)));
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        EventRange range = new EventRange(new EventRange.Earliest(), EventRange.End.NEVER);
        FeatureJob.assemble(env, JobSpec.prepare(config, views, range, new AvailableAt.Live()));
        job = stack.flink().submit(env);
    }

    @AfterAll
    static void stop() throws Exception {
        stack.close();
    }

    @Test
    void aTrainingSetOfWhatWasServedIsWhatWasServedAndThatOfTheHistoryAtTheSameTimes() throws Exception {
        Path log = folder.resolve("served.jsonl");
        Path cachedLog = folder.resolve("cached.jsonl");
        List<FeatureVector> served = new ArrayList<>();
        List<FeatureVector> cached = new ArrayList<>();
        FeatureService service = service();
        try (JsonLinesServedLog file = JsonLinesServedLog.appendTo(log);
                JsonLinesServedLog cachedFile = JsonLinesServedLog.appendTo(cachedLog);
                FeatureReader reader =
                        FeatureReader.connect(options().servedLog(file).build());
                FeatureReader caching = FeatureReader.connect(options()
                        .nearCache(10_000, Duration.ofHours(1))
                        .servedLog(cachedFile)
                        .build())) {
            for (int phase = 0; phase < 3; phase++) {
                send(100);
                awaitServed();
                for (int i = 0; i < 20; i++) {
                    served.addAll(
                            reader.read(FeatureRequest.of(service, rows(10)).withId(phase + "-" + i)));
                }
                cached.addAll(
                        caching.read(FeatureRequest.of(service, allCustomers()).withId("cached-" + phase)));
            }
        }
        ServedOverHttp.assertSameAsRead(
                options(), views.stream().map(ViewText::plan).toList(), rows(30));
        awaitHistory();
        // The training sets need its slots.
        job.cancel();

        List<Map<String, @Nullable Object>> byTime = train(TrainingOptions.of(log.toString(), names(), out("by-time")));
        List<Map<String, @Nullable Object>> byRow =
                train(TrainingOptions.ofServed(log.toString(), names(), out("by-row")));

        assertThat(folder.resolve("by-row.parquet")).hasSameBinaryContentAs(folder.resolve("by-time.parquet"));
        assertSame(served, byTime);
        assertThat(served)
                .anySatisfy(
                        vector -> assertThat(vector.view("hash_view").status()).isEqualTo(RowStatus.MISSING))
                .anySatisfy(
                        vector -> assertThat(vector.view("hash_view").status()).isNotEqualTo(RowStatus.MISSING));
        assertSame(served, byRow);

        // What stood in the near-cache was not the newest any more: the log alone knows.
        assertSame(cached, train(TrainingOptions.ofServed(cachedLog.toString(), names(), out("cached-by-row"))));
        List<Map<String, @Nullable Object>> newest =
                train(TrainingOptions.of(cachedLog.toString(), names(), out("cached-by-time")));
        String asOf = TrainingSchema.asOf("hash_view");
        int last = cached.size() - 1;
        assertThat(newest.get(last).get(asOf))
                .isNotEqualTo(
                        cached.get(last).view("hash_view").row().orElseThrow().asOfMillis());
    }

    /** The same values, feature by feature; the three layouts hold the same. */
    private static void assertSame(List<FeatureVector> served, List<Map<String, @Nullable Object>> trained) {
        assertThat(trained).hasSameSizeAs(served);
        for (int i = 0; i < served.size(); i++) {
            for (ViewVector view : served.get(i).views()) {
                Map<String, @Nullable Object> row = trained.get(i);
                assertThat(row.get(TrainingSchema.asOf(view.view())))
                        .isEqualTo(view.row()
                                .map(each -> (Object) each.asOfMillis())
                                .orElse(null));
                view.values()
                        .forEach((feature, value) -> assertThat(row.get(TrainingSchema.column(view.view(), feature)))
                                .as("row: %s, feature: %s", view, feature)
                                .isEqualTo(value));
                assertThat(view.values()).isEqualTo(served.get(i).views().get(0).values());
            }
        }
    }

    private static FeatureService service() {
        FeatureService.Builder service = FeatureService.builder();
        views.forEach(view -> service.view(view.plan()));
        return service.build();
    }

    private static ReaderOptions.Builder options() {
        return ReaderOptions.redis(stack.redisUri()).namespace("serving").timeout(Duration.ofSeconds(10));
    }

    /** Some customers, of whom one in ten never bought anything. */
    private static List<EntityRow> rows(int count) {
        List<EntityRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row(random.nextInt(CUSTOMERS + CUSTOMERS / 10)));
        }
        return rows;
    }

    private static List<EntityRow> allCustomers() {
        List<EntityRow> rows = new ArrayList<>();
        for (int customer = 0; customer < CUSTOMERS; customer++) {
            rows.add(row(customer));
        }
        return rows;
    }

    private static EntityRow row(int customer) {
        return EntityRow.of("customer", "c" + customer)
                .request("amount", random.nextInt(10) == 0 ? null : (Object) (random.nextInt(1_000) / 10.0))
                .request("ware", "w" + random.nextInt(3))
                .request("hops", random.nextInt(3));
    }

    private static void send(int events) throws Exception {
        List<byte[]> values = new ArrayList<>();
        Instant now = Instant.now();
        for (int i = 0; i < events; i++) {
            // Each customer in the first batch, so that all are known.
            int customer = sent < CUSTOMERS ? sent : random.nextInt(CUSTOMERS);
            values.add(ShopEvents.encode(
                    ShopEvents.purchase("c" + customer, now.minusMillis(events - i), random.nextInt(90), "w" + i % 3)));
            sent++;
        }
        new Stores(config).produce(TOPIC, 0, values);
    }

    /** All that was sent is in Redis, of all views. */
    private static void awaitServed() {
        try (FeatureReader reader = FeatureReader.connect(options().build())) {
            Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                List<FeatureVector> all = reader.read(FeatureRequest.of(service(), allCustomers()));
                for (ViewText view : views) {
                    String name = view.plan().view().name();
                    assertThat(all.stream()
                                    .map(vector -> vector.view(name).longValue("n_1h"))
                                    .mapToLong(n -> n == null ? 0 : n)
                                    .sum())
                            .isEqualTo(sent);
                }
            });
        }
    }

    /** All that was sent is in the histories, a row for each event. */
    private static void awaitHistory() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(views)
                        .allSatisfy(view ->
                                assertThat(new Stores(config).history(view)).hasSizeGreaterThanOrEqualTo(sent)));
    }

    private static String names() {
        return String.join(
                ",", views.stream().map(view -> view.plan().view().name()).toList());
    }

    private static String out(String name) {
        return folder.resolve(name + ".parquet").toString();
    }

    private static List<Map<String, @Nullable Object>> train(TrainingOptions options) throws Exception {
        TrainingOptions keeping = new TrainingOptions(
                options.spine(),
                options.views(),
                options.out(),
                options.timeColumn(),
                options.times(),
                options.keys(),
                options.archive(),
                options.maxAge(),
                options.delay(),
                options.horizon(),
                true,
                false,
                options.requests(),
                options.ages(),
                options.served());
        TrainingPlan plan = TrainingPreflight.run(KafkaSettings.of(config), config, views, keeping);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        plan.job().assemble(env);
        stack.flink().submit(env).awaitEnd();
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        try (TableReader reader = Tables.open(options.out(), ReadOptions.ALL)) {
            List<String> names = reader.schema().names();
            for (@Nullable Object[] row = reader.next(); row != null; row = reader.next()) {
                Map<String, @Nullable Object> named = new HashMap<>();
                for (int i = 0; i < row.length; i++) {
                    named.put(names.get(i), row[i]);
                }
                rows.add(named);
            }
        }
        return rows;
    }
}
