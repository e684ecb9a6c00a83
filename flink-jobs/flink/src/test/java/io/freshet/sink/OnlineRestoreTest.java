/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.definition.Schemas;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewPlanner;
import io.freshet.row.FeatureRow;
import io.freshet.row.HistoryRow;
import io.freshet.row.RowCodec;
import io.freshet.row.RowOrigin;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.embedded.RedisServer;

/** What is restored is, byte by byte, what the live job had written; and never takes the place of what is newer. */
class OnlineRestoreTest {

    private static final String SCHEMA = """
            {"type": "record", "name": "Payment", "fields": [
              {"name": "card", "type": "string"}, {"name": "amount", "type": "double"},
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
            """;
    private static final String VIEW = """
            view: cards
            source: {topic: t, schema: Payment, event_time: time}
            entity: [card]
            windows: [1h, 1d]
            features: {n: {count: "*"}, spent: {sum: amount}}
            online: {layout: %s, ttl: 2d}
            """;
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final long AS_OF = 1_700_000_000_000L;

    private static RedisServer server;
    private static RedisClient client;
    private static RedisCommands<byte[], byte[]> redis;
    private static RedisOptions options;

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
        options = new RedisOptions("redis://localhost:" + port, null, null, 100, 100, Duration.ofMillis(100));
        client = RedisClient.create(options.uri());
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
    @ValueSource(strings = {"hash", "compact", "feast"})
    void aRestoredRowIsTheOneThatWasWritten(String layout) throws Exception {
        ViewPlan plan = plan(layout);
        // Warming: only windows of an hour are complete.
        FeatureRow row =
                new FeatureRow("a", AS_OF, AS_OF + 5, 7, AS_OF - 7_500_000, 0, new Object[] {1L, 2L, null, 2.5});
        live(plan, row);
        byte[] key = RowForm.of(plan, "test").key("a");
        String written = stored(key);
        redis.flushall();

        assertThat(restored(plan, logged(plan, row), 5_000)).isEqualTo(1);

        assertThat(stored(key)).isEqualTo(written);
        assertThat(redis.pttl(key)).isBetween(1L, 5_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hash", "compact", "feast"})
    void aNewerRowStaysAndTheSameIsNotWrittenAgain(String layout) throws Exception {
        ViewPlan plan = plan(layout);
        FeatureRow newer = row(AS_OF, 8);
        live(plan, newer);
        byte[] key = RowForm.of(plan, "test").key("a");

        assertThat(restored(plan, logged(plan, row(AS_OF, 7)), 5_000)).isZero();
        assertThat(restored(plan, logged(plan, newer), 5_000)).isZero();
        assertThat(redis.pttl(key)).as("its time to live").isGreaterThan(5_000);
        assertThat(restored(plan, logged(plan, row(AS_OF, 9)), DAY_MILLIS)).isEqualTo(1);
    }

    @Test
    void aStoreThatTakesNothingEndsIt() throws Exception {
        ViewPlan plan = plan("hash");
        redis.set("test:cards:a".getBytes(UTF_8), "not ours".getBytes(UTF_8));
        assertThatThrownBy(() -> restored(plan, logged(plan, row(AS_OF, 1)), 5_000))
                .hasMessageContaining("tried for 0 s (redis.retry_for)")
                .hasMessageContaining("WRONGTYPE")
                .hasMessageContaining("run it again to write the rest");
    }

    /** What is there. Redis keeps no order of fields that means anything. */
    private static String stored(byte[] key) {
        if (redis.type(key).equals("string")) {
            return Arrays.toString(redis.get(key));
        }
        return redis.hgetall(key).entrySet().stream()
                .map(field -> Arrays.toString(field.getKey()) + "=" + Arrays.toString(field.getValue()))
                .sorted()
                .toList()
                .toString();
    }

    private static void live(ViewPlan plan, FeatureRow row) throws Exception {
        try (RedisRowStore store = new RedisRowStore(options, "test", plan)) {
            store.write(List.of(row)).toCompletableFuture().get();
        }
    }

    private static long restored(ViewPlan plan, HistoryRow row, long ttlMillis) throws Exception {
        try (OnlineRestore store = new OnlineRestore(options, "test", plan)) {
            return store.write(List.of(row), List.of(ttlMillis));
        }
    }

    private static FeatureRow row(long asOf, long seq) {
        return new FeatureRow("a", asOf, asOf, seq, Long.MIN_VALUE, 0, new Object[] {1L, 2L, null, 2.5});
    }

    private static HistoryRow logged(ViewPlan plan, FeatureRow row) {
        RowCodec codec = new RowCodec(plan);
        return codec.decode(codec.encode(row, RowOrigin.LIVE));
    }

    private static ViewPlan plan(String layout) throws Exception {
        return ViewPlanner.plan("view.yaml", VIEW.formatted(layout), new Schemas(Map.of("Payment", SCHEMA)));
    }
}
