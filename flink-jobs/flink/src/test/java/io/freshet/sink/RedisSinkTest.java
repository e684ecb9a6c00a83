/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.operator.TestViews;
import io.freshet.row.FeatureRow;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

class RedisSinkTest {

    private static final SinkWriter.Context CONTEXT = new SinkWriter.Context() {
        @Override
        public long currentWatermark() {
            return Long.MIN_VALUE;
        }

        @Override
        public @Nullable Long timestamp() {
            return null;
        }
    };

    private int port;
    private RedisServer server;
    private RedisClient client;
    private RedisCommands<String, String> redis;
    private TaskMailbox mailbox;
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    @BeforeEach
    void start() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        server = started(port);
        client = RedisClient.create("redis://localhost:" + port);
        redis = client.connect().sync();
        mailbox = new TaskMailbox();
    }

    private static RedisServer started(int port) throws IOException {
        RedisServer server = RedisServer.builder()
                .port(port)
                .setting("save \"\"")
                .setting("bind 127.0.0.1")
                .build();
        server.start();
        return server;
    }

    @AfterEach
    void stop() throws IOException {
        mailbox.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        server.stop();
    }

    private RedisOptions options(int batch, int pending, Duration retryFor) {
        return new RedisOptions("redis://localhost:" + port, null, null, null, batch, pending, retryFor);
    }

    private RowWriter writer(int batch, int pending, Duration retryFor) {
        RedisOptions options = options(batch, pending, retryFor);
        RedisRowStore store = new RedisRowStore(options, "test", TestViews.payments());
        return new RowWriter(store, options, mailbox, mailbox, new WriteWatch() {
            @Override
            public void acknowledged(long ingestedAtMillis) {
                acknowledged.incrementAndGet();
            }

            @Override
            public void failed() {
                failed.incrementAndGet();
            }
        });
    }

    private static FeatureRow row(String entity, long asOfMillis, long seq, @Nullable Long value) {
        return new FeatureRow(
                entity, asOfMillis, asOfMillis + 10, seq, Long.MIN_VALUE, 0, new Object[] {value, value, 3L, value});
    }

    @Test
    void rowIsReadableWithNullsAbsentAndLivesForItsTtl() throws Exception {
        try (RowWriter writer = writer(10, 100, Duration.ofSeconds(5))) {
            writer.write(row("a", 1_000, 1, null), CONTEXT);
            writer.flush(false);
        }
        Map<String, String> hash = redis.hgetall("test:card_spend:a");
        assertThat(hash)
                .containsOnly(
                        Map.entry("_as_of", "1000"),
                        Map.entry("_available_at", "1010"),
                        Map.entry("_seq", "1"),
                        Map.entry("_version", "1"),
                        Map.entry("_warming", ""),
                        Map.entry("sum_1m", "3"));
        assertThat(redis.pttl("test:card_spend:a"))
                .isBetween(1L, Duration.ofDays(1).toMillis());
        assertThat(acknowledged).hasValue(1);
        assertThat(failed).hasValue(0);
    }

    @Test
    void newestRowWinsInWhateverOrderRowsAreWritten() throws Exception {
        List<FeatureRow> rows = new ArrayList<>();
        for (int entity = 0; entity < 20; entity++) {
            for (int i = 0; i < 30; i++) {
                rows.add(row("e" + entity, 1_000 + i / 3, i % 3, (long) i));
            }
        }
        Collections.shuffle(rows, new Random(7));
        try (RowWriter writer = writer(7, 1_000, Duration.ofSeconds(5))) {
            for (FeatureRow row : rows) {
                writer.write(row, CONTEXT);
                writer.flush(false);
            }
        }
        for (int entity = 0; entity < 20; entity++) {
            assertThat(redis.hget("test:card_spend:e" + entity, "count_10s")).isEqualTo("29");
        }
    }

    @Test
    void valueThatBecameNullIsGone() throws Exception {
        try (RowWriter writer = writer(10, 100, Duration.ofSeconds(5))) {
            writer.write(row("a", 1_000, 1, 5L), CONTEXT);
            writer.flush(false);
            writer.write(row("a", 2_000, 2, null), CONTEXT);
            writer.flush(false);
        }
        assertThat(redis.hexists("test:card_spend:a", "count_10s")).isFalse();
        assertThat(redis.hget("test:card_spend:a", "_seq")).isEqualTo("2");
    }

    @Test
    void textOfAnyLengthAndAlphabetArrivesAsItIs() throws Exception {
        String[] texts = {"", "é€\uD83D\uDE00\0\n", "x".repeat(300), "€".repeat(30_000)};
        try (RowWriter writer = writer(10, 100, Duration.ofSeconds(5))) {
            writer.write(new FeatureRow("ä|b", 1, 2, 3, Long.MIN_VALUE, 0, texts), CONTEXT);
            writer.flush(false);
        }
        assertThat(redis.hgetall("test:card_spend:ä|b").values()).contains(texts);
    }

    @Test
    void scriptThatRedisForgotIsSentAgain() throws Exception {
        try (RowWriter writer = writer(10, 100, Duration.ofSeconds(5))) {
            writer.write(row("a", 1_000, 1, 5L), CONTEXT);
            writer.flush(false);
            redis.scriptFlush();
            writer.write(row("a", 2_000, 2, 6L), CONTEXT);
            writer.flush(false);
        }
        assertThat(redis.hget("test:card_spend:a", "count_10s")).isEqualTo("6");
    }

    @Test
    void redisThatIsAwayForAWhileLosesNothing() throws Exception {
        try (RowWriter writer = writer(5, 1_000, Duration.ofSeconds(60))) {
            for (int i = 0; i < 20; i++) {
                writer.write(row("e" + i, 1_000, 1, (long) i), CONTEXT);
            }
            writer.flush(false);
            for (int i = 20; i < 30; i++) {
                writer.write(row("e" + i, 1_000, 1, (long) i), CONTEXT);
            }
            server.stop();
            for (int i = 30; i < 50; i++) {
                writer.write(row("e" + i, 1_000, 1, (long) i), CONTEXT);
            }
            for (int i = 0; i < 4; i++) {
                mailbox.yield();
            }
            server = started(port);
            writer.flush(false);
        }
        assertThat(acknowledged).hasValue(50);
        assertThat(failed).as("writes that were tried again").hasPositiveValue();
        Awaitility.await().ignoreExceptions().until(() -> redis.ping().equals("PONG"));
        // The server keeps nothing on disk: what it acknowledged before it stopped went with it.
        for (int i = 40; i < 50; i++) {
            assertThat(redis.hget("test:card_spend:e" + i, "count_10s")).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void redisThatStaysAwayFailsTheTaskAndSaysSo() throws Exception {
        server.stop();
        try (RowWriter writer = writer(5, 1_000, Duration.ofMillis(300))) {
            writer.write(row("a", 1_000, 1, 1L), CONTEXT);
            assertThatThrownBy(() -> writer.flush(false)).hasMessageContaining("Cannot write rows to Redis: tried for");
        }
        server = started(port);
    }

    @Test
    void aConnectionOnWhichNoAnswerComesIsGivenUpForANewOne() throws Exception {
        try (DeafProxy proxy = new DeafProxy(port)) {
            RedisOptions options =
                    new RedisOptions("redis://localhost:" + proxy.port(), null, null, 10, 100, Duration.ofSeconds(20));
            RedisRowStore store = new RedisRowStore(options, "test", TestViews.payments(), Duration.ofMillis(300));
            try (RowWriter writer =
                    new RowWriter(store, options, mailbox, mailbox, ingestedAt -> acknowledged.incrementAndGet())) {
                writer.write(row("a", 1_000, 1, 1L), CONTEXT);
                writer.flush(false);
                proxy.turnDeaf();
                writer.write(row("a", 2_000, 2, 2L), CONTEXT);
                writer.flush(false);
            }
            assertThat(proxy.connections()).isGreaterThan(1);
        }
        assertThat(redis.hget("test:card_spend:a", "_seq")).isEqualTo("2");
        assertThat(acknowledged).hasValue(2);
    }

    @Test
    void aServerWithoutMemoryRefusesRowsAndTheMessageSaysWhatToDo() throws Exception {
        try (RowWriter writer = writer(10, 100, Duration.ofSeconds(20))) {
            writer.write(row("a", 1_000, 1, 1L), CONTEXT);
            writer.flush(false);
            redis.configSet("maxmemory", "1");
            try (RowWriter impatient = writer(10, 100, Duration.ofMillis(100))) {
                impatient.write(row("a", 2_000, 2, 1L), CONTEXT);
                impatient.write(row("b", 1_000, 1, 1L), CONTEXT);
                assertThatThrownBy(() -> impatient.flush(false))
                        .hasMessageContaining("raise its maxmemory, or give views a shorter online.ttl");
            }
            assertThat(redis.hget("test:card_spend:a", "_seq")).isEqualTo("1");
            assertThat(redis.exists("test:card_spend:b")).isZero();
            redis.configSet("maxmemory", "0");
            writer.write(row("b", 1_000, 1, 1L), CONTEXT);
            writer.flush(false);
        }
        assertThat(redis.hget("test:card_spend:b", "_seq")).isEqualTo("1");
    }

    @Test
    void watermarkThatRedisHasLostComesBackThoughItHasNotMoved() throws Exception {
        try (RowWriter writer = writer(5, 1_000, Duration.ofSeconds(5))) {
            writer.publishWatermarks();
            writer.writeWatermark(new Watermark(1_500));
            awaitWatermark("1500");
            redis.flushall();
            awaitWatermark("1500");
        }
    }

    private void awaitWatermark(String millis) {
        Awaitility.await().pollInSameThread().until(() -> {
            mailbox.tryYield();
            return millis.equals(redis.get("test:_watermark:card_spend"));
        });
    }

    @Test
    void watermarkIsPublishedOnceItsRowsAreThere() throws Exception {
        try (RowWriter writer = writer(5, 1_000, Duration.ofSeconds(5))) {
            writer.publishWatermarks();
            writer.write(row("a", 1_000, 1, 1L), CONTEXT);
            writer.writeWatermark(new Watermark(1_500));
            awaitWatermark("1500");
        }
    }

    @Test
    void rowsOfOneEntityThatWaitBecomeOneWrite() throws Exception {
        List<Integer> sizes = new ArrayList<>();
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        RowStore store = new RowStore() {
            @Override
            public CompletionStage<?> connect() {
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public CompletionStage<?> write(List<FeatureRow> rows) {
                sizes.add(rows.size());
                answers.add(new CompletableFuture<>());
                return answers.get(answers.size() - 1);
            }

            @Override
            public CompletionStage<?> publishWatermark(long watermarkMillis) {
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public void close() {}
        };
        RedisOptions options = options(10, 100, Duration.ofSeconds(5));
        try (RowWriter writer = new RowWriter(store, options, mailbox, mailbox, ingestedAt -> {})) {
            writer.write(row("a", 1_000, 1, 1L), CONTEXT);
            for (int i = 0; i < 50; i++) {
                writer.write(row("b", 1_000, i, 1L), CONTEXT);
                writer.write(row("c", 1_000, i, 1L), CONTEXT);
            }
            assertThat(sizes).containsExactly(1);
            answers.get(0).complete(null);
            assertThat(mailbox.tryYield()).isTrue();
            assertThat(sizes).containsExactly(1, 2);
        }
    }
}
