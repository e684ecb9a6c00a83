/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewText;
import io.freshet.event.AvroEncoder;
import io.freshet.event.RecordReader;
import io.freshet.job.FeatureJob;
import io.freshet.job.JobSpec;
import io.freshet.local.JobHandle;
import io.freshet.local.LocalFlink;
import io.freshet.operator.AvailableAt;
import io.freshet.row.HistoryRow;
import io.freshet.row.OnlineKeys;
import io.freshet.source.EventRange;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;

/** What a user sees in Redis, in the history and among the dead letters while a job runs, wherever these are. */
final class PipelineScenarios {

    private static final Instant NOON = Instant.parse("2015-09-12T12:00:00Z");
    private static final String VIEW = """
            view: activity
            source: {topic: %s, schema: WikipediaEdit, event_time: time, out_of_orderness: 1s}
            entity: [user]
            windows: [1m, 1h]
            features:
              edits: {count: "*"}
              added: {sum: added}
              last_page: {last: page}
            """;

    private final String bootstrap;
    private final String redisUri;
    private final LocalFlink flink;
    private final Schema schema;
    private final Schemas schemas;

    PipelineScenarios(String bootstrap, String redisUri, LocalFlink flink) throws Exception {
        this.bootstrap = bootstrap;
        this.redisUri = redisUri;
        this.flink = flink;
        String text = Files.readString(Path.of("..", "schemas/src/main/avro/WikipediaEdit.avsc"));
        schema = new Schema.Parser().parse(text);
        schemas = new Schemas(Map.of("WikipediaEdit", text));
    }

    void aUserGoneQuietFallsToZeroWithoutAnEvent() throws Exception {
        FreshetConfig config = config("quiet");
        Stores stores = new Stores(config);
        stores.createTopic("quiet.edits", 1);
        ViewText view = view("quiet.edits");
        JobHandle job = run(config, view, EventRange.End.NEVER);
        try (RedisClient client = RedisClient.create(redisUri);
                StatefulRedisConnection<String, String> redis = client.connect()) {
            stores.produce(
                    "quiet.edits",
                    0,
                    List.of(edit("Ann", NOON, "Tea", 7), edit("Ann", NOON.plusSeconds(30), "Milk", 5)));
            await(() -> assertThat(redis.sync().hgetall(OnlineKeys.row("quiet", "activity", "Ann")))
                    .containsEntry("edits_1h", "2")
                    .containsEntry("added_1h", "12")
                    .containsEntry("last_page_1m", "Milk")
                    .containsEntry("_warming", ""));

            stores.produce("quiet.edits", 0, List.of(edit("Bob", NOON.plus(Duration.ofMinutes(62)), "Tea", 1)));

            await(() -> assertThat(redis.sync().hgetall(OnlineKeys.row("quiet", "activity", "Ann")))
                    .containsEntry("edits_1h", "0")
                    .doesNotContainKey("added_1h")
                    .containsEntry(
                            "_as_of",
                            String.valueOf(NOON.plus(Duration.ofMinutes(61)).toEpochMilli())));
            assertThat(redis.sync().ttl(OnlineKeys.row("quiet", "activity", "Ann")))
                    .isPositive();
            job.checkpoint();
            List<HistoryRow> ann = stores.history(view).stream()
                    .filter(row -> row.entity().equals("Ann"))
                    .toList();
            assertThat(ann).extracting(row -> row.values().get(1)).endsWith(0L);
            assertThat(ann).extracting(HistoryRow::seq).isSorted().doesNotHaveDuplicates();
        } finally {
            job.cancel();
        }
    }

    void functionsWithParametersRunFromKafkaToRedis() throws Exception {
        FreshetConfig config = config("functions");
        Stores stores = new Stores(config);
        stores.createTopic("functions.edits", 1);
        ViewText view = ViewText.of("functions.yaml", """
                view: activity
                source: {topic: functions.edits, schema: WikipediaEdit, event_time: time, out_of_orderness: 1s}
                entity: [user]
                coalesce: 20ms
                windows: [1h]
                features:
                  twice: {weighted_mean: added, by: delta}
                  pages: {last_distinct_n: page, n: 2}
                  by_page: {sum: added, per: page}
                  latest: {mean: added, last_events: 2}
                  half_hours: {count: "*", windows: 2 x 30m/30m}
                  before: {count: "*", windows: 1h offset 1h}
                  idle: {time_since_last: "*"}
                """, schemas);
        stores.produce(
                "functions.edits",
                0,
                List.of(
                        edit("Ann", NOON, "Tea", 7),
                        edit("Ann", NOON.plusSeconds(10), "Milk", 5),
                        edit("Ann", NOON.plusSeconds(40), "Tea", 3),
                        edit("Bob", NOON.plusSeconds(41), "Tea", 1)));
        JobHandle job = run(config, view, EventRange.End.NEVER);
        try (RedisClient client = RedisClient.create(redisUri);
                StatefulRedisConnection<String, String> redis = client.connect()) {
            await(() -> assertThat(redis.sync().hgetall(OnlineKeys.row("functions", "activity", "Ann")))
                    .containsEntry("twice_1h", "5.533333333333333")
                    .containsEntry("pages_1h", "[\"Milk\",\"Tea\"]")
                    .containsEntry("by_page_1h", "{\"Milk\":5,\"Tea\":10}")
                    .containsEntry("latest_1h", "4.0")
                    .containsEntry("half_hours_2x30m", "[0,3]")
                    .containsEntry("before_1h_offset_1h", "0")
                    .containsEntry("idle_1h", "0"));
        } finally {
            job.cancel();
        }
    }

    void tenCorruptEventsGiveTenDeadLettersAndTheJobGoesOn() throws Exception {
        FreshetConfig config = config("corrupt");
        Stores stores = new Stores(config);
        stores.createTopic("corrupt.edits", 1);
        ViewText view = view("corrupt.edits");
        byte[] good = edit("Ann", NOON, "Tea", 7);
        byte[] wrongFingerprint = good.clone();
        wrongFingerprint[5]++;
        List<byte[]> bad = new ArrayList<>(List.of(
                new byte[0],
                new byte[] {1},
                "{\"user\": \"Ann\"}".getBytes(StandardCharsets.UTF_8),
                Arrays.copyOf(good, good.length - 1),
                Arrays.copyOf(good, good.length + 3),
                Arrays.copyOf(good, 10),
                wrongFingerprint,
                edit("Ann", Instant.now().plus(Duration.ofHours(2)), "Future", 1)));
        bad.add(null);
        byte[] magic = good.clone();
        magic[0] = 0;
        bad.add(magic);
        List<byte[]> all = new ArrayList<>(List.of(good));
        all.addAll(bad);
        all.add(edit("Ann", NOON.plusSeconds(1), "Milk", 5));
        stores.produce("corrupt.edits", 0, all);

        run(config, view, EventRange.End.AT_LATEST).awaitEnd();

        List<ConsumerRecord<byte[], byte[]>> letters = stores.deadLetters();
        assertThat(letters).hasSize(10);
        for (int i = 0; i < 10; i++) {
            assertThat(letters.get(i).value()).isEqualTo(bad.get(i));
            assertThat(header(letters.get(i), "offset")).isEqualTo(String.valueOf(i + 1));
            assertThat(header(letters.get(i), "topic")).isEqualTo("corrupt.edits");
            assertThat(header(letters.get(i), "partition")).isEqualTo("0");
            String reason = i == 6 ? "unknown_schema" : i == 7 ? "future_time" : "undecodable";
            assertThat(header(letters.get(i), "reason")).isEqualTo(reason);
            assertThat(header(letters.get(i), "detail")).startsWith("Cannot ");
        }
        assertThat(stores.history(view)).extracting(row -> row.values().get(1)).contains(2L);
    }

    void anEventThatNoWindowCanUseIsADeadLetterWithItsBytes() throws Exception {
        FreshetConfig config = config("late");
        Stores stores = new Stores(config);
        stores.createTopic("late.edits", 1);
        ViewText view = view("late.edits");
        byte[] late = edit("Ann", NOON.minus(Duration.ofHours(3)), "Old", 1);
        byte[] outOfOrder = edit("Ann", NOON.minus(Duration.ofMinutes(30)), "Half", 1);
        stores.produce("late.edits", 0, List.of(edit("Ann", NOON, "Tea", 7), outOfOrder, late));

        run(config, view, EventRange.End.AT_LATEST).awaitEnd();

        assertThat(stores.deadLetters()).hasSize(1);
        ConsumerRecord<byte[], byte[]> letter = stores.deadLetters().get(0);
        assertThat(letter.value()).isEqualTo(late);
        assertThat(header(letter, "reason")).isEqualTo("late");
        assertThat(header(letter, "view")).isEqualTo("activity");
        assertThat(stores.history(view)).extracting(row -> row.values().get(1)).containsExactly(1L, 2L);
    }

    void rocksDbGivesTheRowsThatTheHeapGives() throws Exception {
        List<byte[]> edits = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            edits.add(edit("user" + i % 7, NOON.plusSeconds(11L * i), "Page " + i % 13, i));
        }
        List<List<String>> rows = new ArrayList<>();
        for (String state : List.of("heap", "rocksdb")) {
            FreshetConfig config = config(state, state);
            Stores stores = new Stores(config);
            stores.createTopic(state + ".edits", 1);
            stores.produce(state + ".edits", 0, edits);
            ViewText view = view(state + ".edits");
            run(config, view, EventRange.End.AT_LATEST).awaitEnd();
            rows.add(stores.history(view).stream()
                    .map(row -> row.entity() + " " + row.asOfMillis() + " " + row.seq() + " " + row.values())
                    .toList());
        }
        assertThat(rows.get(0)).hasSizeGreaterThan(500);
        assertThat(rows.get(1)).isEqualTo(rows.get(0));
    }

    void twoTopicsOfOneEntityMakeOneRowOfIt() throws Exception {
        FreshetConfig config = config("shop");
        Stores stores = new Stores(config);
        stores.createTopic("shop.purchases", 1);
        stores.createTopic("shop.refunds", 2);
        ViewText view = ShopEvents.view();
        byte[] late = ShopEvents.refund("Ann", NOON.minus(Duration.ofHours(3)), 9);
        byte[] corrupt = {1};
        stores.produce(
                "shop.purchases",
                0,
                List.of(ShopEvents.purchase("Ann", NOON, 10), ShopEvents.purchase("Ann", NOON.plusSeconds(40), 30)));
        JobHandle job = run(config, view, EventRange.End.NEVER);
        try (RedisClient client = RedisClient.create(redisUri);
                StatefulRedisConnection<String, String> redis = client.connect()) {
            String key = OnlineKeys.row("shop", "shopping", "Ann");
            await(() -> assertThat(redis.sync().hgetall(key))
                    .containsEntry("purchases_1h", "2")
                    .containsEntry("refunds_1h", "0")
                    .doesNotContainKey("refunded_1h"));

            // One that no window can use, one that is none, and one twenty seconds behind the purchases.
            stores.produce(
                    "shop.refunds", 1, List.of(late, corrupt, ShopEvents.refund("Ann", NOON.plusSeconds(20), 5)));

            await(() -> assertThat(redis.sync().hgetall(key))
                    .containsEntry("purchases_1h", "2")
                    .containsEntry("refunds_1h", "1")
                    .containsEntry("refunded_1h", "5")
                    .containsEntry("movements_1h", "3")
                    .containsEntry("amounts_1h", "15.0")
                    .containsEntry("_as_of", String.valueOf(NOON.plusSeconds(40).toEpochMilli())));
            job.checkpoint();
            assertThat(stores.deadLetters())
                    .extracting(letter -> header(letter, "reason") + " " + header(letter, "topic") + " "
                            + header(letter, "partition") + " " + header(letter, "offset"))
                    .containsExactlyInAnyOrder("late shop.refunds 1 0", "undecodable shop.refunds 1 1");
            assertThat(stores.history(view))
                    .extracting(HistoryRow::values)
                    .endsWith(Arrays.asList(2L, 1L, 5L, 3L, 15.0));
        } finally {
            job.cancel();
        }
        // A replay knows the refund of the morning in time: it applies the events of both topics in order.
        FreshetConfig replay = config("shop_replayed");
        run(replay, view, EventRange.End.AT_LATEST).awaitEnd();
        assertThat(new Stores(replay).history(view))
                .extracting(HistoryRow::values)
                .containsExactly(
                        Arrays.asList(0L, 1L, 9L, 1L, 9.0),
                        Arrays.asList(0L, 0L, null, 0L, null),
                        Arrays.asList(1L, 0L, null, 1L, 10.0),
                        Arrays.asList(1L, 1L, 5L, 2L, 7.5),
                        Arrays.asList(2L, 1L, 5L, 3L, 15.0));
        assertThat(new Stores(replay).deadLetters()).hasSize(1);
    }

    void aFunctionOfAUsersJarRunsAsABuiltInOneDoes() throws Exception {
        FreshetConfig config = config("own");
        Stores stores = new Stores(config);
        stores.createTopic("own.edits", 1);
        ViewText view = ViewText.of("weekend.yaml", """
                view: weekend
                source: {topic: own.edits, schema: WikipediaEdit, event_time: time, out_of_orderness: 1s}
                entity: [user]
                features:
                  weekend: {weekend_share: "*", utc_offset: 1, windows: [1d]}
                """, schemas);
        Instant friday = Instant.parse("2015-09-11T22:30:00Z");
        stores.produce(
                "own.edits",
                0,
                List.of(
                        edit("Ann", friday, "Tea", 7),
                        edit("Ann", friday.plusSeconds(3_600), "Tea", 7),
                        edit("Ann", friday.plusSeconds(86_399), "Milk", 7)));

        run(config, view, EventRange.End.AT_LATEST).awaitEnd();

        assertThat(stores.history(view)).extracting(row -> row.values().get(0)).containsExactly(0.0, 0.5, 2.0 / 3);
        try (RedisClient client = RedisClient.create(redisUri);
                StatefulRedisConnection<String, String> redis = client.connect()) {
            assertThat(redis.sync().hgetall(OnlineKeys.row("own", "weekend", "Ann")))
                    .containsEntry("weekend_1d", String.valueOf(2.0 / 3));
        }
    }

    private FreshetConfig config(String namespace) throws Exception {
        return config(namespace, "heap");
    }

    private FreshetConfig config(String namespace, String state) throws Exception {
        return FreshetConfig.of(
                "test",
                "",
                Map.of(),
                Map.of(
                        "namespace", namespace,
                        "flink.state", state,
                        "kafka.bootstrap", bootstrap,
                        "redis.uri", redisUri));
    }

    private ViewText view(String topic) throws Exception {
        return ViewText.of("activity.yaml", VIEW.formatted(topic), schemas);
    }

    private JobHandle run(FreshetConfig config, ViewText view, EventRange.End end) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        EventRange range = new EventRange(new EventRange.Earliest(), end);
        FeatureJob.assemble(env, JobSpec.prepare(config, List.of(view), range, new AvailableAt.Live()));
        return flink.submit(env);
    }

    private byte[] edit(String user, Instant time, String page, int added) throws Exception {
        Map<String, Object> fields = new HashMap<>(Map.of(
                "time",
                time.toString(),
                "user",
                user,
                "channel",
                "#en",
                "page",
                page,
                "namespace",
                "Main",
                "isMinor",
                false,
                "isNew",
                false,
                "isAnonymous",
                false,
                "isUnpatrolled",
                false,
                "isRobot",
                false));
        fields.putAll(Map.of("delta", added, "added", added, "deleted", 0));
        return new AvroEncoder(schema).encode(new RecordReader(schema).read(fields));
    }

    private String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private void await(org.awaitility.core.ThrowingRunnable condition) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(condition);
    }
}
