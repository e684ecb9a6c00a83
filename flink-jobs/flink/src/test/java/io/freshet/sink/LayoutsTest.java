/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.definition.Schemas;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewPlanner;
import io.freshet.row.CompactReader;
import io.freshet.row.FeastForm;
import io.freshet.row.FeatureRow;
import io.freshet.row.OnlineFields;
import io.freshet.row.RowIdentity;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.embedded.RedisServer;

/** No layout ever replaces a newer row by an older one, also where the view had another layout before. */
class LayoutsTest {

    private static final String SCHEMA = """
            {"type": "record", "name": "Payment", "fields": [
              {"name": "card", "type": "string"}, {"name": "amount", "type": "double"},
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
            """;
    private static final String VIEW = """
            view: %s
            version: %d
            source: {topic: t, schema: Payment, event_time: time}
            entity: [card]
            windows: [1h]
            features: {n: {count: "*"}, spent: {sum: amount}}
            online: {layout: %s, ttl: %s}
            """;

    private static RedisServer server;
    private static RedisClient client;
    private static RedisCommands<byte[], byte[]> redis;
    private static String uri;

    private enum Form {
        HASH,
        COMPACT,
        FEAST
    }

    @BeforeAll
    static void start() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        server = RedisServer.builder()
                .port(port)
                .setting("save \"\"")
                .setting("bind 127.0.0.1")
                .build();
        server.start();
        uri = "redis://localhost:" + port;
        client = RedisClient.create(uri);
        redis = client.connect(ByteArrayCodec.INSTANCE).sync();
    }

    @AfterAll
    static void stop() throws Exception {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        server.stop();
    }

    @BeforeEach
    void empty() {
        redis.flushall();
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void theGreatestOfVersionAsOfAndSeqStays(Form form) throws Exception {
        Random random = new Random(form.ordinal());
        Map<String, RowIdentity> greatest = new HashMap<>();
        Map<String, Long> counts = new HashMap<>();
        for (int round = 0; round < 100; round++) {
            ViewPlan plan = plan("cards", 1 + random.nextInt(2), form, "1d");
            List<FeatureRow> rows = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                String card = "c" + i;
                long count = random.nextLong();
                FeatureRow row = row(card, random.nextInt(4), random.nextInt(4), count, 1.5);
                rows.add(row);
                RowIdentity identity = new RowIdentity(plan.view().version(), row.asOfMillis(), row.seq());
                RowIdentity known = greatest.get(card);
                if (known == null || compare(identity, known) > 0) {
                    greatest.put(card, identity);
                    counts.put(card, count);
                }
            }
            write(plan, rows);
        }
        greatest.forEach((card, identity) -> {
            // The form does not differ by version.
            CompactReader.Row row = read(identity.version(), form, card).orElseThrow();
            assertThat(row.identity()).isEqualTo(identity);
            assertThat(row.values()[0]).isEqualTo(counts.get(card));
        });
    }

    @Test
    void aViewWhoseLayoutChangesBetweenHashAndCompactKeepsItsNewerRows() throws Exception {
        for (Form first : List.of(Form.HASH, Form.COMPACT)) {
            Form then = first == Form.HASH ? Form.COMPACT : Form.HASH;
            redis.flushall();
            write(plan("cards", 1, first, "1d"), List.of(row("a", 5, 1, 10, 1.0), row("b", 5, 1, 10, 1.0)));
            write(plan("cards", 1, then, "1d"), List.of(row("a", 4, 9, 11, 1.0), row("b", 6, 1, 11, 1.0)));

            assertThat(read(1, first, "a").orElseThrow().values()[0]).isEqualTo(10L);
            assertThat(read(1, then, "b").orElseThrow().values()[0]).isEqualTo(11L);
        }
    }

    @Test
    void valuesThatAreNullNowDoNotStayAndKeysLiveForTheirTtl() throws Exception {
        for (Form form : Form.values()) {
            redis.flushall();
            ViewPlan plan = plan("cards", 1, form, "1d");
            write(plan, List.of(row("a", 1, 1, 10, 2.5)));
            write(plan, List.of(row("a", 2, 1, 0, null)));

            assertThat(read(1, form, "a").orElseThrow().values()).containsExactly(0L, null);
            byte[] key = RowForm.of(plan, "test").key("a");
            assertThat(redis.pttl(key)).isBetween(1L, Duration.ofDays(1).toMillis());
            write(plan("cards", 1, form, "forever"), List.of(row("a", 3, 1, 0, null)));
            assertThat(redis.pttl(key)).as("%s", form).isEqualTo(-1);
        }
    }

    @Test
    void viewsOfOneEntityShareTheHashThatFeastReads() throws Exception {
        write(plan("cards", 1, Form.FEAST, "3d"), List.of(row("a", 5, 1, 10, 2.5)));
        write(plan("other", 1, Form.FEAST, "1d"), List.of(row("a", 5, 1, 20, null)));

        FeastForm form = new FeastForm(plan("cards", 1, Form.FEAST, "3d"));
        byte[] key = form.key("test", "a");
        assertThat(redis.keys("*")).as("the row, and the schemas of two views").hasSize(3);
        assertThat(redis.hgetall(key)).hasSize(2 * 4);
        assertThat(read(1, Form.FEAST, "a").orElseThrow().values()[0]).isEqualTo(10L);
        assertThat(redis.pttl(key))
                .as("the view that keeps it longest says how long")
                .isGreaterThan(Duration.ofDays(2).toMillis());
        write(plan("kept", 1, Form.FEAST, "forever"), List.of(row("a", 5, 1, 30, null)));
        write(plan("other", 1, Form.FEAST, "1d"), List.of(row("a", 6, 1, 21, null)));
        assertThat(redis.pttl(key)).as("one keeps it for ever").isEqualTo(-1);
    }

    private static int compare(RowIdentity one, RowIdentity other) {
        if (one.version() != other.version()) {
            return Integer.compare(one.version(), other.version());
        }
        return one.asOfMillis() != other.asOfMillis()
                ? Long.compare(one.asOfMillis(), other.asOfMillis())
                : Long.compare(one.seq(), other.seq());
    }

    private static void write(ViewPlan plan, List<FeatureRow> rows) throws Exception {
        RedisOptions options = new RedisOptions(uri, null, null, null, 100, 100, Duration.ofSeconds(5));
        try (RedisRowStore store = new RedisRowStore(options, "test", plan)) {
            store.write(rows).toCompletableFuture().get();
        }
    }

    private static Optional<CompactReader.Row> read(int version, Form form, String card) {
        try {
            ViewPlan plan = plan("cards", version, form, "1d");
            byte[] key = RowForm.of(plan, "test").key(card);
            if (form == Form.HASH) {
                Map<String, String> fields = new HashMap<>();
                redis.hgetall(key)
                        .forEach((name, value) -> fields.put(new String(name, UTF_8), new String(value, UTF_8)));
                return fields.isEmpty() ? Optional.empty() : Optional.of(ofHash(plan, fields));
            }
            byte[] bytes = form == Form.COMPACT ? redis.get(key) : redis.hget(key, new FeastForm(plan).rowField());
            return Optional.ofNullable(bytes).map(new CompactReader(plan, plan.columns())::read);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static CompactReader.Row ofHash(ViewPlan plan, Map<String, String> fields) {
        return new CompactReader.Row(
                new RowIdentity(
                        Integer.parseInt(fields.getOrDefault("_version", "")),
                        Long.parseLong(fields.getOrDefault("_as_of", "")),
                        Long.parseLong(fields.getOrDefault("_seq", ""))),
                0,
                List.of(),
                new OnlineFields(plan).values(fields).values().toArray());
    }

    private static FeatureRow row(String card, long asOf, long seq, long count, @Nullable Double spent) {
        return new FeatureRow(card, asOf, asOf, seq, Long.MIN_VALUE, 0, new Object[] {count, spent});
    }

    private static ViewPlan plan(String name, int version, Form form, String ttl) throws Exception {
        return ViewPlanner.plan(
                "view.yaml",
                VIEW.formatted(name, version, form.name().toLowerCase(java.util.Locale.ROOT), ttl),
                new Schemas(Map.of("Payment", SCHEMA)));
    }
}
