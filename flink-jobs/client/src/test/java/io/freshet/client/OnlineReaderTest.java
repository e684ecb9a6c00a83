/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freshet.definition.ViewPlan;
import io.freshet.row.FeatureRow;
import io.freshet.row.OnlineFields;
import io.freshet.row.OnlineKeys;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

class OnlineReaderTest {

    private static final String PASSWORD = "s3cret-pass";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static int port;
    private static RedisServer server;
    private static RedisClient client;
    private static RedisCommands<String, String> redis;

    @BeforeAll
    static void start() throws IOException {
        port = freePort();
        server = server();
        server.start();
        client = RedisClient.create(uri(PASSWORD));
        redis = client.connect().sync();
    }

    @AfterAll
    static void stop() {
        client.shutdown();
        server.stop();
    }

    @BeforeEach
    void empty() {
        redis.flushall();
    }

    @Test
    void rowsComeBackTypedWithTheWatermarkInTheOrderAskedFor() {
        write("bob", 5_000, 0, 0L, null, null, null);
        write("ann|x", 90_000, Long.MIN_VALUE, 7L, 0.1, new BigDecimal("1.50"), "a,b:c");
        redis.set("shop:_watermark:orders", "89000");

        try (OnlineReader reader = reader()) {
            OnlineRead read = reader.read(Orders.PLAN, List.of("ann|x", "nobody", "bob", "ann|x"));

            assertThat(read.watermarkMillis()).hasValue(89_000);
            assertThat(read.rows().keySet()).containsExactly("ann|x", "bob");
            assertThat(read.row("nobody")).isEmpty();
            OnlineRow ann = read.row("ann|x").orElseThrow();
            assertThat(ann.asOfMillis()).isEqualTo(90_000);
            assertThat(ann.availableAtMillis()).isEqualTo(90_001);
            assertThat(ann.seq()).isEqualTo(4);
            assertThat(ann.version()).isEqualTo(2);
            assertThat(ann.values().values()).containsExactly(7L, 0.1, new BigDecimal("1.50"), "a,b:c");
            assertThat(ann.warming()).isEmpty();
            OnlineRow bob = read.row("bob").orElseThrow();
            assertThat(bob.value("n_1m")).isEqualTo(0L);
            assertThat(bob.value("mean_1m")).isNull();
            assertThat(bob.isWarming("n_1m")).isTrue();
            assertThatThrownBy(() -> bob.value("n_2m")).hasMessageContaining("'n_2m': the view has no such column");
        }
    }

    @Test
    void aViewThatNeverRanHasNoWatermarkAndNoRows() {
        try (OnlineReader reader = reader()) {
            assertThat(reader.read(Orders.PLAN, List.of("ann"))).isEqualTo(reader.read(Orders.PLAN, List.of()));
            assertThat(reader.read(Orders.PLAN, List.of()).watermarkMillis()).isEmpty();
        }
    }

    @Test
    void agesAreRightAtTheMomentOfReadingOrAtThatAskedFor() throws Exception {
        ViewPlan ages = LaterValuesTest.plan();
        redis.hset(
                "shop:ages:Ann",
                Map.of(
                        "_as_of",
                        "50000",
                        "_available_at",
                        "50001",
                        "_seq",
                        "1",
                        "_version",
                        "1",
                        "n_1h",
                        "7",
                        "age_1h",
                        "500",
                        "faded_1h",
                        "8.0",
                        "is_recent",
                        "true"));
        Clock clock = Clock.fixed(Instant.ofEpochMilli(52_000), ZoneOffset.UTC);
        try (OnlineReader reader = OnlineReader.connect(uri(PASSWORD), "shop", TIMEOUT, clock)) {
            OnlineRow now = reader.read(ages, List.of("Ann")).row("Ann").orElseThrow();
            assertThat(now.value("age_1h")).isEqualTo(2_500L);
            assertThat(now.value("is_recent")).isEqualTo(false);
            assertThat(now.storedValue("age_1h")).isEqualTo(500L);
            OnlineRow then = reader.read(ages, List.of("Ann"), clock.instant().minusMillis(1_999))
                    .row("Ann")
                    .get();
            assertThat(then.value("age_1h")).isEqualTo(501L);
            OnlineRow asStored =
                    reader.read(ages, List.of("Ann"), Instant.EPOCH).row("Ann").get();
            assertThat(asStored.values()).isEqualTo(asStored.stored()).containsEntry("age_1h", 500L);
        }
    }

    @Test
    void manyThreadsReadOverOneConnection() throws Exception {
        List<String> entities = new ArrayList<>();
        for (long i = 0; i < 500; i++) {
            write("e" + i, i, Long.MIN_VALUE, i, null, null, "v" + i);
            entities.add("e" + i);
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (OnlineReader reader = reader()) {
            List<Future<OnlineRead>> reads = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                List<String> part = entities.subList(i, i + 400);
                reads.add(threads.submit(() -> reader.read(Orders.PLAN, part)));
            }
            for (int i = 0; i < reads.size(); i++) {
                OnlineRead read = reads.get(i).get(30, SECONDS);
                assertThat(read.rows()).hasSize(400);
                assertThat(read.rows().values())
                        .allSatisfy(row -> assertThat(row.entity()).isEqualTo("e" + row.value("n_1m")));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aKeyThatHoldsNoRowOfTheViewIsNamedAsTheFault() {
        redis.hset("shop:orders:ann", "n_1m", "1");
        redis.set("shop:orders:bob", "text");
        write("cat", 1, 0, 1L, null, null, null);
        redis.hset("shop:orders:cat", "n_1m", "many");

        try (OnlineReader reader = reader()) {
            assertThatThrownBy(() -> reader.read(Orders.PLAN, List.of("ann")))
                    .isInstanceOf(OnlineStoreException.class)
                    .hasMessage("Cannot read view 'orders' from the online store at localhost:" + port
                            + ": a row lacks the field _as_of (is the key used by others, too?)");
            assertThatThrownBy(() -> reader.read(Orders.PLAN, List.of("bob")))
                    .isInstanceOf(OnlineStoreException.class)
                    .hasMessageContaining("WRONGTYPE");
            assertThatThrownBy(() -> reader.read(Orders.PLAN, List.of("cat")))
                    .isInstanceOf(OnlineStoreException.class)
                    .hasMessageContaining("Cannot read 'many', expected a long");
        }
    }

    @Test
    void noMessageHoldsThePassword() throws IOException {
        assertThat(textOf("redis://:wrong-" + PASSWORD + "@localhost:" + port))
                .contains("Cannot connect to the online store at localhost:" + port, "WRONGPASS")
                .doesNotContain(PASSWORD);
        assertThat(textOf("redis://:" + PASSWORD + "@localhost:" + freePort()))
                .contains("Connection refused")
                .doesNotContain(PASSWORD);
        assertThat(textOf("redis//:" + PASSWORD + "@ localhost"))
                .contains("it is no Redis URI")
                .doesNotContain(PASSWORD);
    }

    @Test
    void readsFailAtOnceWhileTheStoreIsAwayAndGoOnWhenItIsBack() {
        try (OnlineReader reader = reader()) {
            server.stop();
            assertThatThrownBy(() -> reader.read(Orders.PLAN, List.of("ann"))).isInstanceOf(OnlineStoreException.class);

            server = server();
            server.start();
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(OnlineStoreException.class)
                    .until(() -> reader.read(Orders.PLAN, List.of("ann")).rows().isEmpty());
        }
    }

    private static void write(String entity, long asOf, long completeSince, @Nullable Object... values) {
        FeatureRow row = new FeatureRow(entity, asOf, asOf + 1, 4, completeSince, asOf, values);
        redis.hset(OnlineKeys.row("shop", "orders", entity), new OnlineFields(Orders.PLAN).of(row));
    }

    private static OnlineReader reader() {
        return OnlineReader.connect(uri(PASSWORD), "shop", TIMEOUT);
    }

    private static RedisServer server() {
        return RedisServer.builder()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .setting("requirepass " + PASSWORD)
                .build();
    }

    private static String textOf(String uri) {
        try (OnlineReader reader = OnlineReader.connect(uri, "shop", TIMEOUT)) {
            throw new AssertionError("connected: " + reader);
        } catch (RuntimeException e) {
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            return text.toString();
        }
    }

    private static String uri(String password) {
        return "redis://:" + password + "@localhost:" + port;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
