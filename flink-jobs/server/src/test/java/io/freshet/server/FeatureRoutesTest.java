/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.client.EntityRow;
import io.freshet.client.FeatureReader;
import io.freshet.client.FeatureService;
import io.freshet.client.FeatureVector;
import io.freshet.client.JsonLinesServedLog;
import io.freshet.client.RowStatus;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureRoutesTest {

    private static final int MAX_ROWS = 5;

    @TempDir
    static Path folder;

    private static Shop shop;
    private static JsonLinesServedLog log;
    private static FeatureReader reader;
    private static FeatureServer server;
    private static Http http;

    @BeforeAll
    static void start() throws Exception {
        shop = Shop.open();
        log = JsonLinesServedLog.appendTo(folder.resolve("served.jsonl"));
        reader = FeatureReader.connect(shop.readerOptions().servedLog(log).build());
        ServerMetrics metrics = new ServerMetrics();
        server = FeatureServer.start(
                ServerOptions.loopback(0), FeatureRoutes.of(shop.views(), reader, metrics, MAX_ROWS, 1_000), metrics);
        http = new Http(server);
    }

    @AfterAll
    static void stop() {
        server.close();
        reader.close();
        log.close();
        shop.close();
    }

    @BeforeEach
    void fill() {
        shop.fill();
    }

    @Test
    void answersInTheFormOfFeastsServer() throws Exception {
        HttpResponse<String> response = http.post("/get-online-features", """
                {"features": ["cards:n_1h", "shops:spent_1d", "cards:ratio"],
                 "entities": {"card": ["ann", "bob"], "country": ["DE", "FR"], "shop": [7, 8], "amount": [10, null]}}
                """, "X-Request-Id", "r-1");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-request-id")).contains("r-1");
        JsonNode answer = Http.json(response);
        assertThat(answer.at("/metadata/feature_names"))
                .hasToString("[\"card\",\"country\",\"shop\",\"n_1h\",\"spent_1d\",\"ratio\"]");
        assertThat(answer.path("results")).hasSize(6);
        assertThat(answer.at("/results/0")).hasToString("""
                {"values":["ann","bob"],"statuses":["PRESENT","PRESENT"],\
                "event_timestamps":["1970-01-01T00:00:00Z","1970-01-01T00:00:00Z"]}""");
        assertThat(answer.at("/results/2/values")).hasToString("[7,8]");
        assertThat(answer.at("/results/3")).hasToString("""
                {"values":[7,null],"statuses":["PRESENT","NOT_FOUND"],\
                "event_timestamps":["2023-11-14T22:13:20Z","1970-01-01T00:00:00Z"]}""");
        assertThat(answer.at("/results/4/values")).hasToString("[12.5,null]");
        assertThat(answer.at("/results/4/event_timestamps/0").asText()).isEqualTo("2023-11-14T22:13:19.500Z");
        assertThat(answer.at("/results/5/values")).hasToString("[2.5,null]");
        assertThat(answer.at("/freshet/request_id").asText()).isEqualTo("r-1");
        assertThat(answer.at("/freshet/views/cards")).hasToString("""
                [{"entity":"ann","status":"FRESH","as_of":1700000000000,"seq":4,"version":2,"age_ms":2000},\
                {"entity":"bob","status":"MISSING"}]""");
        assertThat(answer.at("/freshet/views/shops/0/entity").asText()).isEqualTo("DE|7");
        assertThat(Files.readString(folder.resolve("served.jsonl"))).contains("\"request_id\":\"r-1\"");
    }

    @Test
    void givesWhatTheReaderGives() throws Exception {
        FeatureService all =
                FeatureService.builder().view(shop.cards).view(shop.shops).build();
        FeatureVector read = reader.read(
                all,
                EntityRow.of("card", "ann")
                        .and("country", "DE")
                        .and("shop", 7)
                        .request("amount", 10.0)
                        .request("limit", "1.49"));
        JsonNode answer = Http.json(http.post("/get-online-features", """
                {"features": ["cards", "shops"], "full_feature_names": true,
                 "entities": {"card": ["ann"], "country": ["DE"], "shop": [7], "amount": [10.0], "limit": [1.49]}}
                """));

        List<String> names = new ObjectMapper()
                .convertValue(
                        answer.at("/metadata/feature_names"),
                        new com.fasterxml.jackson.core.type.TypeReference<List<String>>() {});
        read.views()
                .forEach(view -> view.values()
                        .forEach((feature, value) -> assertThat(answer.path("results")
                                        .path(names.indexOf(view.view() + "__" + feature))
                                        .at("/values/0")
                                        .asText())
                                .as(feature)
                                .isEqualTo(String.valueOf(value))));
        assertThat(answer.path("results")).hasSize(3 + 7 + 3);
    }

    @Test
    void featureServicesAreNamedLists() throws Exception {
        JsonNode answer = Http.json(http.post("/get-online-features", """
                {"feature_service": "fraud", "entities": {"card": ["ann"], "country": ["DE"], "shop": ["7"]}}
                """));
        assertThat(answer.at("/metadata/feature_names"))
                .hasToString("[\"card\",\"country\",\"shop\",\"n_1h\",\"spent_1d\"]");
        assertThat(answer.at("/results/4/values/0").asDouble()).isEqualTo(12.5);
    }

    @Test
    void statusesAreFeastsAndOurOwn() throws Exception {
        shop.redis.set("shop:_watermark:cards", Long.toString(Shop.AS_OF - 60_000));
        JsonNode answer = Http.json(http.post("/get-online-features", """
                {"features": ["cards:n_1h", "shops:n_1d"],
                 "entities": {"card": ["ann"], "country": ["DE"], "shop": [7]}}
                """));
        assertThat(answer.at("/results/3/statuses/0").asText()).isEqualTo("OUTSIDE_MAX_AGE");
        assertThat(answer.at("/results/3/values/0").asInt()).isEqualTo(7);
        assertThat(answer.at("/freshet/views/cards/0/status").asText()).isEqualTo("STALE");
        assertThat(answer.at("/results/4/statuses/0").asText()).isEqualTo("NULL_VALUE");
        assertThat(answer.at("/freshet/views/shops/0/status").asText()).isEqualTo("FRESH");
        assertThat(OnlineFeaturesAnswer.fieldStatus(RowStatus.MISSING, null)).isEqualTo("NOT_FOUND");
        assertThat(OnlineFeaturesAnswer.fieldStatus(RowStatus.MISSING, 1L)).isEqualTo("PRESENT");
        assertThat(OnlineFeaturesAnswer.fieldStatus(RowStatus.WARMING, 1L)).isEqualTo("PRESENT");
    }

    /** What is wrong, status, code, where, and what the help must say. */
    @ParameterizedTest(name = "{2}: {0}")
    @CsvSource(delimiter = '!', quoteCharacter = '~', textBlock = """
            {                                                                       ! 400 ! bad_json                ! line 1, column ! ~~
            []                                                                      ! 400 ! bad_request             ! ~~ ! {"features"
            {"entities": {"card": ["a"]}}                                           ! 400 ! no_features             ! ~~ ! feature_service
            {"features": [], "entities": {"card": ["a"]}}                           ! 400 ! no_features             ! features ! "cards:n_1h"
            {"feature": ["cards:n_1h"], "entities": {"card": ["a"]}}                ! 400 ! unknown_key             ! feature ! Did you mean 'features'?
            {"features": "cards:n_1h", "entities": {"card": ["a"]}}                 ! 400 ! bad_request             ! features ! view:feature
            {"features": ["card:n_1h"], "entities": {"card": ["a"]}}                ! 400 ! unknown_view            ! features[0] ! Did you mean 'cards'?
            {"features": ["cards:n_1h", "cards:n_1d"], "entities": {"card": ["a"]}} ! 400 ! unknown_feature         ! features[1] ! Did you mean 'n_1h'?
            {"feature_service": "frauds", "entities": {"card": ["a"]}}              ! 400 ! unknown_feature_service ! feature_service ! Did you mean 'fraud'?
            {"features": ["cards:n_1h", "shops:n_1h"], "entities": {"card": ["a"]}} ! 400 ! ambiguous_names         ! features ! full_feature_names
            {"features": ["cards:n_1h"], "full_feature_names": 1, "entities": {}}   ! 400 ! bad_request             ! full_feature_names ! true or false
            {"features": ["cards:n_1h"]}                                            ! 400 ! no_entities             ! entities ! list of values
            {"features": ["cards:n_1h"], "entities": {"card": "a"}}                 ! 400 ! bad_request             ! entities.card ! one value per row
            {"features": ["cards:n_1h"], "entities": {"crd": ["a"]}}                ! 400 ! missing_entity          ! entities ! "card"
            {"features": ["cards:n_1h"], "entities": {"card": ["a"], "car": ["b"]}} ! 400 ! unknown_entity          ! entities.car ! Did you mean 'card'?
            {"features": ["cards:n_1h"], "entities": {"card": ["a", null]}}         ! 400 ! bad_entity              ! entities.card[1] ! a string
            {"features": ["shops:n_1h"], "entities": {"country": ["a"], "shop": ["x"]}} ! 400 ! bad_value           ! entities.shop[0] ! ~~
            {"features": ["shops:n_1h"], "entities": {"country": ["a"], "shop": []}} ! 400 ! uneven_columns         ! entities.shop ! one value per row
            {"features": ["cards:ratio"], "entities": {"card": ["a"]}}              ! 400 ! missing_request         ! entities ! "amount"
            {"features": ["cards:ratio"], "entities": {"card": ["a"], "amount": [[]]}} ! 400 ! bad_value            ! entities.amount[0] ! ~~
            {"features": ["cards:below"], "entities": {"card": ["a"], "limit": [1e999999999]}} ! 400 ! bad_value    ! entities.limit[0] ! ~~
            {"features": ["cards:n_1h"], "entities": {"card": [1,2,3,4,5,6]}}       ! 413 ! too_many_rows           ! entities ! at most 5
            """)
    void whatIsWrongIsToldWithWhereAndWhatToDo(String body, int status, String code, String where, String help)
            throws Exception {
        HttpResponse<String> response = http.post("/get-online-features", body);
        JsonNode error = Http.json(response).path("error");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(error.path("status").asInt()).isEqualTo(status);
        assertThat(error.path("code").asText()).as(response.body()).isEqualTo(code);
        assertThat(error.path("where").asText()).startsWith(where);
        assertThat(error.path("help").asText()).contains(help);
        assertThat(error.path("message").asText()).isNotBlank();
        assertThat(Http.json(response).path("request_id").asText()).isNotBlank();
    }

    @Test
    void oneEntityIsReadByItsKeyOrByItsFields() throws Exception {
        JsonNode ann = Http.json(http.get("/features/cards/ann"));
        assertThat(ann.path("values").path("n_1h").asLong()).isEqualTo(7);
        assertThat(ann.path("values").path("price_sum_1h").asText()).isEqualTo("1.50");
        assertThat(ann.path("values").path("age_1h").asLong())
                .as("9 s as of the row, 2 s ago")
                .isEqualTo(11_000);
        assertThat(ann.path("values").has("ratio")).as("needs a request").isFalse();
        assertThat(ann.path("status").asText()).isEqualTo("FRESH");

        assertThat(Http.json(http.get("/features/cards/ann?request.amount=10&features=ratio,n_1h"))
                        .path("values"))
                .hasToString("{\"ratio\":2.5,\"n_1h\":7}");
        assertThat(Http.json(http.get("/features/shops/DE%7C7")).path("values"))
                .isEqualTo(
                        Http.json(http.get("/features/shops?shop=7&country=DE")).path("values"));
    }

    @ParameterizedTest(name = "{2}: {0}")
    @CsvSource(delimiter = '!', textBlock = """
            /features/card/ann                      ! 404 ! unknown_view
            /features/cards/bob                     ! 404 ! no_row
            /features/shops/DE                      ! 400 ! bad_entity
            /features/shops/DE%7Cx                  ! 400 ! bad_entity
            /features/shops?country=DE              ! 400 ! missing_entity
            /features/shops?country=DE&shop=x       ! 400 ! bad_value
            /features/cards/ann?feature=n_1h        ! 400 ! unknown_parameter
            /features/cards/ann?features=n_1d       ! 400 ! unknown_feature
            /features/cards/ann?features=ratio      ! 400 ! missing_request
            /features/cards/ann?request.amount=ten  ! 400 ! bad_value
            /features                               ! 404 ! no_such_path
            """)
    void whatIsWrongWithOneEntityIsTold(String path, int status, String code) throws Exception {
        HttpResponse<String> response = http.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(Http.json(response).at("/error/code").asText()).isEqualTo(code);
    }

    @Test
    void healthTellsHowFarTheJobsHaveCome() throws Exception {
        Health fresh = new Health(reader, shop.views(), System::nanoTime);
        Call trusted = new Call("1", java.util.Map.of(), java.util.Map.of(), java.util.Map.of(), true, new byte[0]);
        Call stranger = new Call("2", java.util.Map.of(), java.util.Map.of(), java.util.Map.of(), false, new byte[0]);

        assertThat(text(fresh.answer(trusted).toCompletableFuture().get())).isEqualTo("""
                {"status":"ok","online_store":"reached","views":[\
                {"view":"cards","status":"fresh","watermark":1700000000000,"behind_ms":2000,"stale_after_ms":10000},\
                {"view":"shops","status":"fresh","watermark":1700000000000,"behind_ms":2000,"stale_after_ms":11000}]}""");
        assertThat(text(fresh.answer(stranger).toCompletableFuture().get())).isEqualTo("{\"status\":\"ok\"}");

        shop.redis.del("shop:_watermark:shops");
        Reply stale = new Health(reader, shop.views(), System::nanoTime)
                .answer(trusted)
                .toCompletableFuture()
                .get();
        assertThat(stale.status()).isEqualTo(200);
        assertThat(text(stale)).contains("\"status\":\"stale\"", "\"watermark\":null");
        assertThat(http.get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsTellOfCallsTimesAndStatuses() throws Exception {
        http.get("/features/cards/ann");
        http.get("/features/cards/bob");
        http.get("/nowhere");
        String calls = "freshet_serve_requests_total\\{route=\"/features/\\{view}/\\{entity}\",method=\"GET\"";
        // A call is counted once its answer is written, which its caller may have before.
        Awaitility.await()
                .untilAsserted(() -> assertThat(http.get("/metrics").body())
                        .containsPattern(calls + ",status=\"200\"} [1-9]")
                        .containsPattern(calls + ",status=\"404\"} [1-9]")
                        .containsPattern("freshet_serve_request_seconds_bucket\\{route=\"/metrics\",le=\"0.01\"} \\d+")
                        .containsPattern("freshet_serve_request_seconds_count\\{route=\"none\"} [1-9]")
                        .containsPattern("freshet_serve_refused_total\\{code=\"no_row\"} [1-9]")
                        .containsPattern("freshet_serve_rows_total\\{view=\"cards\",status=\"FRESH\"} [1-9]")
                        .containsPattern("freshet_serve_rows_total\\{view=\"cards\",status=\"MISSING\"} [1-9]")
                        .contains("freshet_serve_pending_limit 1000\n"));
        HttpResponse<String> metrics = http.get("/metrics");
        assertThat(metrics.headers().firstValue("content-type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics.body().lines())
                .allMatch(line -> line.startsWith("# ") || line.matches("[a-z_]+(\\{.*})? -?[0-9.]+(E-?[0-9]+)?"));
    }

    @Test
    void aStoreThatDoesNotAnswerIs503AndHealthSaysSo() throws Exception {
        try (Shop away = Shop.open()) {
            away.fill();
            try (FeatureReader impatient = FeatureReader.connect(
                            away.readerOptions().timeout(Duration.ofMillis(200)).build());
                    FeatureServer other = FeatureServer.start(
                            ServerOptions.loopback(0),
                            FeatureRoutes.of(away.views(), impatient, new ServerMetrics(), 10, 10))) {
                Http to = new Http(other);
                assertThat(to.get("/features/cards/ann").statusCode()).isEqualTo(200);
                away.pause(Duration.ofSeconds(1));
                HttpResponse<String> slow = to.get("/features/cards/ann");
                assertThat(slow.statusCode()).isEqualTo(503);
                assertThat(Http.json(slow).at("/error/code").asText()).isEqualTo("online_store");
                assertThat(Http.json(slow).at("/error/message").asText()).contains("no answer within 200 ms");
                away.stopRedis();
                HttpResponse<String> health = to.get("/health");
                assertThat(health.statusCode()).isEqualTo(503);
                assertThat(Http.json(health).path("status").asText()).isEqualTo("unavailable");
            }
        }
    }

    private static String text(Reply reply) {
        return java.nio.charset.StandardCharsets.UTF_8
                .decode(reply.body().duplicate())
                .toString();
    }
}
