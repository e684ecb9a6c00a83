/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.definition.ViewPlan;
import io.freshet.row.OnlineKeys;
import io.freshet.row.RowIdentity;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
import org.junit.jupiter.api.io.TempDir;

class FeatureReaderTest {

    private static final long AS_OF = 1_700_000_000_000L;
    private static final Instant NOW = Instant.ofEpochMilli(AS_OF + 2_000);
    private static final List<Double> PLACE = List.of(3.0, 4.0);

    @TempDir
    static Path folder;

    private static RedisNodes server;
    private static RedisClient client;
    private static RedisCommands<String, String> redis;
    private static ViewPlan cards;
    private static ViewPlan shops;

    @BeforeAll
    static void start() throws Exception {
        server = RedisNodes.one();
        client = RedisClient.create(server.uris().get(0));
        redis = client.connect().sync();
        cards = Payments.cards();
        shops = Payments.shops();
    }

    @AfterAll
    static void stop() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        server.close();
    }

    @BeforeEach
    void fill() {
        redis.flushall();
        redis.set("shop:_watermark:cards", Long.toString(AS_OF));
        redis.set("shop:_watermark:shops", Long.toString(AS_OF));
        card("ann", AS_OF, Long.MIN_VALUE, 7L, 4.0, new BigDecimal("1.50"), AS_OF - 9, "DE", PLACE, 9_000L, true);
        write(shops, "DE|7", AS_OF - 500, Long.MIN_VALUE, 12.5);
    }

    @Test
    void oneCallReadsSeveralViewsForSeveralRowsWithTypedValuesOfTheMoment() {
        FeatureService service = FeatureService.builder()
                .view(cards)
                .view(shops, List.of("spent_1d"))
                .build();
        EntityRow ann = EntityRow.of("card", "ann")
                .and("country", "DE")
                .and("shop", 7)
                .request("amount", 10)
                .request("near", new float[] {3, 4});
        EntityRow bob = EntityRow.of("card", "bob")
                .and("country", "FR")
                .and("shop", "7")
                .request("amount", null)
                .request("near", null);

        try (FeatureReader reader = reader()) {
            List<FeatureVector> read =
                    reader.read(FeatureRequest.of(service, ann, bob).asOf(NOW));

            ViewVector card = read.get(0).view("cards");
            assertThat(card.status()).isEqualTo(RowStatus.FRESH);
            assertThat(card.row()).contains(new RowIdentity(2, AS_OF, 4));
            assertThat(card.asOf()).contains(Instant.ofEpochMilli(AS_OF));
            assertThat(card.ageMillis()).hasValue(2_000);
            assertThat(card.longValue("n_1h")).isEqualTo(7);
            assertThat(card.doubleValue("amount_mean_1h")).isEqualTo(4.0);
            assertThat(card.decimalValue("price_sum_1h")).isEqualTo("1.50");
            assertThat(card.instant("first_at_1h")).isEqualTo(Instant.ofEpochMilli(AS_OF - 9));
            assertThat(card.text("country_1h")).isEqualTo("DE");
            assertThat(card.floats("place_1h")).containsExactly(3f, 4f);
            assertThat(card.booleanValue("busy")).isTrue();
            assertThat(card.longValue("age_1h"))
                    .as("9 s as of the row, 2 s ago")
                    .isEqualTo(11_000);
            assertThat(card.doubleValue("ratio")).isEqualTo(2.5);
            assertThat(card.doubleValue("likeness")).isEqualTo(1.0);
            assertThat(card.booleanValue("idle")).isTrue();
            assertThat(read.get(0).view("shops").values()).containsOnly(Map.entry("spent_1d", 12.5));

            assertThat(read.get(1).views()).allSatisfy(view -> {
                assertThat(view.status()).isEqualTo(RowStatus.MISSING);
                assertThat(view.row()).isEmpty();
                assertThat(view.ageMillis()).isEmpty();
                assertThat(view.values().values()).containsOnlyNulls();
            });
            assertThatThrownBy(() -> card.text("n_1h")).hasMessageContaining("it is a Long");
            assertThatThrownBy(() -> card.value("n_2h")).hasMessageContaining("it was not asked for");
        }
    }

    @Test
    void aRowIsStaleByTheWatermarkOfItsViewAndNotByItsOwnAge() {
        card("old", AS_OF - 3_000_000, Long.MIN_VALUE, 1L, null, null, null, null, null, null, false);
        try (FeatureReader reader = reader()) {
            // 5 s of freshness, 4 s by which the watermark trails, 1 s between two publications.
            assertThat(status(reader, "old", AS_OF + 10_000)).isEqualTo(RowStatus.FRESH);
            assertThat(status(reader, "ann", AS_OF + 10_001)).isEqualTo(RowStatus.STALE);
            redis.del("shop:_watermark:cards");
            assertThat(status(reader, "ann", AS_OF))
                    .as("no job ever said how far it is")
                    .isEqualTo(RowStatus.STALE);
        }
    }

    @Test
    void aRowWithAWarmingFeatureThatIsWantedIsWarming() {
        card("new", AS_OF, AS_OF - 10, 1L, 2.0, null, null, null, null, 0L, false);
        try (FeatureReader reader = reader()) {
            FeatureService ratio = FeatureService.builder()
                    .view(cards, List.of("n_1h", "ratio"))
                    .build();
            ViewVector read = reader.read(
                            FeatureRequest.of(ratio, EntityRow.of("card", "new").request("amount", 1.0))
                                    .asOf(NOW))
                    .get(0)
                    .view("cards");
            assertThat(read.status()).isEqualTo(RowStatus.WARMING);
            assertThat(read.warming()).containsExactly("n_1h", "ratio");
            assertThat(read.value("ratio")).isEqualTo(0.5);
        }
    }

    @Test
    void aRowOfAnotherVersionOfTheViewGivesNothing() {
        redis.hset(OnlineKeys.row("shop", "cards", "ann"), OnlineKeys.VERSION, "3");
        try (FeatureReader reader = reader()) {
            ViewVector read = reader.read(
                            FeatureService.builder()
                                    .view(cards, List.of("n_1h"))
                                    .build(),
                            EntityRow.of("card", "ann"))
                    .view("cards");
            assertThat(read.status()).isEqualTo(RowStatus.MISSING);
            assertThat(read.row()).contains(new RowIdentity(3, AS_OF, 4));
            assertThat(read.value("n_1h")).isNull();
        }
    }

    @Test
    void defaultsStandWhereThereIsNoValueAndWhatIsComputedIsComputedFromTheNulls() {
        FeatureService service = FeatureService.builder()
                .view(cards, List.of("n_1h", "amount_mean_1h", "ratio", "country_1h"))
                .otherwise("cards", "amount_mean_1h", 1)
                .otherwise("cards", "n_1h", 0L)
                .otherwise("cards", "ratio", -1.0)
                .build();
        try (FeatureReader reader = reader()) {
            ViewVector read = reader.read(service, EntityRow.of("card", "bob").request("amount", 3.0))
                    .view("cards");
            assertThat(read.values().values()).containsExactly(0L, 1.0, -1.0, null);
            assertThat(read.defaulted()).containsExactly("n_1h", "amount_mean_1h", "ratio");
        }
        assertThatThrownBy(() -> FeatureService.builder().view(cards).otherwise("cards", "n_2h", 1))
                .hasMessageContaining("it is not among the features of the service");
        assertThatThrownBy(() -> FeatureService.builder().view(cards).otherwise("cards", "n_1h", "many"))
                .hasMessageContaining("'many'");
    }

    @Test
    void aRowWithoutAnEntityFieldOrSomethingOfTheRequestIsRefusedBeforeTheStoreIsAsked() {
        try (FeatureReader reader = reader()) {
            FeatureService service = FeatureService.of(cards);
            assertThatThrownBy(() -> reader.read(
                            service,
                            EntityRow.of("user", "ann").request("amount", 1).request("near", null)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot read view 'cards': the row has no entity field 'card' (it has: user)");
            assertThatThrownBy(() -> reader.read(service, EntityRow.of("card", "ann")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot compute features of view 'cards' on demand: The request does not say 'amount',"
                            + " expected a double or null (it says: )");
            assertThat(reader.readAsync(FeatureRequest.of(service, EntityRow.of("card", "ann"))))
                    .failsWithin(Duration.ofSeconds(1));
        }
    }

    @Test
    void manyThreadsReadWithAndWithoutWaitingOverOneConnection() throws Exception {
        for (long i = 0; i < 300; i++) {
            write(shops, "DE|" + i, AS_OF, Long.MIN_VALUE, (double) i);
        }
        FeatureService service = FeatureService.of(shops);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (FeatureReader reader = reader()) {
            List<Future<List<FeatureVector>>> reads = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                List<EntityRow> rows = new ArrayList<>();
                for (int shop = i; shop < i + 100; shop++) {
                    rows.add(EntityRow.of("country", "DE").and("shop", shop));
                }
                FeatureRequest request = FeatureRequest.of(service, rows);
                reads.add(
                        i % 2 == 0
                                ? threads.submit(() -> reader.read(request))
                                : reader.readAsync(request).toCompletableFuture());
            }
            for (int i = 0; i < reads.size(); i++) {
                List<FeatureVector> read = reads.get(i).get(30, SECONDS);
                for (int row = 0; row < 100; row++) {
                    assertThat(read.get(row).view("shops").value("spent_1d")).isEqualTo((double) (i + row));
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theNearCacheGivesRowsAgainForABoundedTimeWithAgesOfTheMoment() {
        FeatureService service =
                FeatureService.builder().view(cards, List.of("n_1h", "age_1h")).build();
        FeatureRequest request = FeatureRequest.of(service, EntityRow.of("card", "ann"), EntityRow.of("card", "bob"));
        try (FeatureReader reader = FeatureReader.connect(
                options().nearCache(100, Duration.ofMinutes(1)).build())) {
            reader.read(request.asOf(NOW));
            redis.flushall();

            List<FeatureVector> again = reader.read(request.asOf(NOW.plusMillis(500)));
            assertThat(again.get(0).view("cards").values().values()).containsExactly(7L, 11_500L);
            assertThat(again.get(0).view("cards").status()).isEqualTo(RowStatus.FRESH);
            assertThat(again.get(1).view("cards").status()).isEqualTo(RowStatus.MISSING);
            assertThat(reader.read(
                                    FeatureService.of(shops),
                                    EntityRow.of("country", "DE").and("shop", 7))
                            .view("shops")
                            .status())
                    .as("what was not read before is read")
                    .isEqualTo(RowStatus.MISSING);
        }
    }

    @Test
    void whatIsServedIsLoggedWithTheRowsThatWereRead() throws Exception {
        Path file = folder.resolve("served.jsonl");
        FeatureService service = FeatureService.builder()
                .view(cards, List.of("ratio"))
                .view(shops)
                .build();
        try (JsonLinesServedLog log = JsonLinesServedLog.appendTo(file);
                FeatureReader reader =
                        FeatureReader.connect(options().servedLog(log).build())) {
            EntityRow ann = EntityRow.of("card", "ann")
                    .and("country", "DE")
                    .and("shop", 7)
                    .request("amount", 10);
            EntityRow bob = EntityRow.of("card", "b\"b")
                    .and("country", "FR")
                    .and("shop", 8)
                    .request("amount", null);
            reader.read(FeatureRequest.of(service, ann, bob).asOf(NOW).withId("r-1"));
        }
        String at = Long.toString(NOW.toEpochMilli());
        assertThat(Files.readAllLines(file))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("{\"request_id\":\"r-1\",\"timestamp\":" + at + ",\"card\":\"ann\",")
                                .contains("\"shop\":7", "\"request.amount\":10")
                                .contains("\"cards__served_version\":2,\"cards__served_as_of\":" + AS_OF
                                        + ",\"cards__served_seq\":4,\"cards__served_status\":\"FRESH\"")
                                .contains("\"shops__served_as_of\":" + (AS_OF - 500)),
                        line -> assertThat(line)
                                .contains("\"card\":\"b\\\"b\"", "\"request.amount\":null")
                                .contains("\"cards__served_as_of\":null", "\"cards__served_status\":\"MISSING\""));
    }

    @Test
    void afterFailuresInARowReadsAreRefusedWithoutATryForAWhile() throws Exception {
        RedisNodes other = RedisNodes.one();
        FeatureService service = FeatureService.builder().view(shops).build();
        EntityRow row = EntityRow.of("country", "DE").and("shop", 7);
        try (FeatureReader reader =
                FeatureReader.connect(ReaderOptions.redis(other.uris().get(0))
                        .namespace("shop")
                        .circuitBreaker(3, Duration.ofHours(1))
                        .build())) {
            assertThat(reader.read(service, row).view("shops").status()).isEqualTo(RowStatus.MISSING);
            other.stop(0);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> reader.read(service, row))
                        .isInstanceOf(OnlineStoreException.class)
                        .hasMessageNotContaining("not tried");
            }
            assertThatThrownBy(() -> reader.read(service, row))
                    .isInstanceOf(OnlineStoreException.class)
                    .hasMessage("Cannot read view 'shops' from the online store at 127.0.0.1:" + other.port()
                            + ": not tried, as the last reads failed");
        } finally {
            other.close();
        }
    }

    @Test
    void aServerThatDoesNotAnswerInTimeEndsTheRead() {
        try (FeatureReader reader =
                FeatureReader.connect(options().timeout(Duration.ofMillis(200)).build())) {
            redis.clientPause(1_500);
            assertThatThrownBy(() -> reader.read(
                            FeatureService.of(shops),
                            EntityRow.of("country", "DE").and("shop", 7)))
                    .isInstanceOf(OnlineStoreException.class)
                    .hasMessageEndingWith(": no answer within 200 ms");
            assertThat(reader.readAsync(FeatureRequest.of(
                            FeatureService.of(shops),
                            EntityRow.of("country", "DE").and("shop", 7))))
                    .failsWithin(Duration.ofSeconds(1))
                    .withThrowableThat()
                    .withMessageContaining("no answer within 200 ms");
        }
    }

    private static RowStatus status(FeatureReader reader, String card, long nowMillis) {
        FeatureService service =
                FeatureService.builder().view(cards, List.of("n_1h")).build();
        return reader.read(
                        FeatureRequest.of(service, EntityRow.of("card", card)).asOf(Instant.ofEpochMilli(nowMillis)))
                .get(0)
                .view("cards")
                .status();
    }

    private static void card(String card, long asOf, long completeSince, @Nullable Object... values) {
        write(cards, card, asOf, completeSince, values);
    }

    private static void write(ViewPlan view, String entity, long asOf, long completeSince, @Nullable Object... values) {
        redis.hset(
                OnlineKeys.row("shop", view.view().name(), entity),
                Payments.fields(view, entity, asOf, 4, completeSince, values));
    }

    private static ReaderOptions.Builder options() {
        return ReaderOptions.redis(server.uris().get(0)).namespace("shop").timeout(Duration.ofSeconds(5));
    }

    private static FeatureReader reader() {
        return FeatureReader.connect(options().build());
    }
}
