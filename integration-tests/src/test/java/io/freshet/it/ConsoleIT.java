/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.cli.console.ConsoleServer;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.ViewText;
import io.freshet.job.JobSpec;
import io.freshet.local.JobHandle;
import io.freshet.local.LocalStack;
import io.freshet.operator.AvailableAt;
import io.freshet.row.HistoryRow;
import io.freshet.source.EventRange;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the console tells of a job that runs, held against the stores themselves. */
class ConsoleIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String TOPIC = "edits";
    private static final String ANN = "Ann|<b>&/1";
    private static final int EDITS = 300;
    private static final int BROKEN = 3;

    private static final String VIEW = """
            view: activity
            source: {topic: edits, schema: WikipediaEdit, event_time: time, out_of_orderness: 1s}
            entity: [user]
            features:
              edits: {count: "*", windows: [10s, 1m, 1h]}
              added: {mean: added, windows: [1m]}
              last_page: {last: page, windows: [1m]}
            derived:
              share: "edits_1h > 0 ? double(edits_10s) / double(edits_1h) : 0.0"
            """;

    private static LocalStack stack;
    private static FreshetConfig config;
    private static JobHandle job;
    private static ViewText view;
    private static ConsoleServer server;

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.start(LocalStack.Options.freePorts());
        config = config(stack.redisUri(), stack.webUi().toString());
        Stores stores = new Stores(config);
        stores.createTopic(TOPIC, 1);
        Edits edits = new Edits();
        view = edits.view(VIEW);
        List<byte[]> events = new ArrayList<>();
        long now = System.currentTimeMillis();
        for (int i = 0; i < EDITS; i++) {
            events.add(
                    edits.edit(i % 3 == 0 ? ANN : "user" + i % 7, Instant.ofEpochMilli(now - 500L * (EDITS - i)), i));
        }
        for (int i = 0; i < BROKEN; i++) {
            events.add(("<script>" + i).getBytes(UTF_8));
        }
        stores.produce(TOPIC, 0, events);
        job = stack.run(JobSpec.prepare(
                config,
                List.of(view),
                new EventRange(new EventRange.Earliest(), EventRange.End.NEVER),
                new AvailableAt.Live()));
        job.awaitRunning();
        server = ConsoleServer.start(ConsoleServer.Place.anyPort(), config, List.of(view), List.of("last 1h"));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            JsonNode told = get("overview").path("views").get(0);
            return told.path("rows").asLong() >= EDITS && told.path("watermark").isNumber();
        });
        job.checkpoint();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> stores.committed(view) >= EDITS);
    }

    private static FreshetConfig config(String redis, String flink) throws Exception {
        Map<String, String> flags = new HashMap<>();
        flags.put("namespace", "console");
        flags.put("kafka.bootstrap", stack.bootstrapServers());
        flags.put("redis.uri", redis);
        flags.put("flink.rest", flink);
        // Else rows that time makes come between two readings.
        flags.put("flink.checkpoint_interval", "8m");
        return FreshetConfig.of("test", "", Map.of(), flags);
    }

    @AfterAll
    static void stop() {
        server.close();
        stack.close();
    }

    private static JsonNode get(String path) throws Exception {
        return get(server, path, 200);
    }

    private static JsonNode get(ConsoleServer from, String path, int status) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(from.address() + "api/" + path))
                .build();
        HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(status);
        return new ObjectMapper().readTree(answer.body());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    @Test
    void theJobAndItsViewsAreToldWithWhatTheJobMeasures() throws Exception {
        JsonNode overview = get("overview");
        JsonNode told = overview.path("views").get(0);

        assertThat(overview.path("notes")).isEmpty();
        assertThat(overview.path("job").path("all_run").asBoolean()).isTrue();
        assertThat(overview.path("dead_letters").asLong()).isEqualTo(BROKEN);
        assertThat(told.path("freshness_p99_ms").isNumber()).isTrue();
        assertThat(told.path("watermark").asLong()).isPositive();
        assertThat(told.path("status").asText()).isIn("fresh", "stale");
        assertThat(get("views/activity").path("yaml").asText()).isEqualTo(VIEW);
    }

    @Test
    void anEntityIsToldAsRedisAndTheHistoryHaveIt() throws Exception {
        JsonNode entity = get("views/activity/entity?key=" + encoded(ANN));
        JsonNode part = get("views/activity/history?key=" + encoded(ANN));
        List<HistoryRow> logged = new Stores(config)
                .history(view).stream().filter(row -> row.entity().equals(ANN)).toList();

        assertThat(entity.path("found").asBoolean()).isTrue();
        assertThat(entity.path("values").path("edits_1h").path("text").asText()).isEqualTo(EDITS / 3 + "");
        // The job has seen the topic from its first event on.
        assertThat(entity.path("values").path("edits_1h").path("warming").asBoolean())
                .isFalse();
        assertThat(entity.path("status").asText()).isIn("fresh", "stale");
        assertThat(part.path("done").asBoolean()).isTrue();
        assertThat(part.path("rows").size()).isEqualTo(logged.size());
        JsonNode last = part.path("rows").get(part.path("rows").size() - 1);
        assertThat(last.path("seq").asLong())
                .isEqualTo(logged.get(logged.size() - 1).seq());
        assertThat(part.path("rows").findValues("event").stream()
                        .filter(JsonNode::asBoolean)
                        .count())
                .isEqualTo(EDITS / 3);
        long next = part.path("next").asLong();
        assertThat(get("views/activity/history?from=" + next + "&key=" + encoded(ANN))
                        .path("rows"))
                .isEmpty();
        assertThat(get("views/activity/entity?key=nobody").path("status").asText())
                .isEqualTo("missing");
    }

    @Test
    void whatWasLoggedLatelyIsSummedUp() throws Exception {
        JsonNode recent = get("views/activity/recent");
        assertThat(recent.path("entities").toString()).contains(ANN);
        assertThat(recent.path("warming")).isEmpty();

        JsonNode activity = get("views/activity/activity?minutes=60");
        long records = 0;
        for (JsonNode bucket : activity.path("buckets")) {
            records += bucket.path("records").asLong();
        }
        assertThat(records).isGreaterThanOrEqualTo(EDITS);
        assertThat(activity.path("samples").size()).isPositive();
    }

    @Test
    void deadLettersAreCountedByReasonAndShown() throws Exception {
        JsonNode letters = get("letters");

        assertThat(letters.path("total").asLong()).isEqualTo(BROKEN);
        assertThat(letters.path("reasons").get(0).path("reason").asText()).isEqualTo("undecodable");
        assertThat(letters.path("reasons").get(0).path("letters").asLong()).isEqualTo(BROKEN);
        assertThat(letters.path("samples").findValuesAsText("value")).contains("<script>0", "<script>2");
        assertThat(letters.path("samples").get(0).path("topic").asText()).isEqualTo(TOPIC);
        assertThat(get("letters?reason=late").path("samples")).isEmpty();
    }

    @Test
    void columnsAreComparedWithBarsToDraw() throws Exception {
        JsonNode drift = get("views/activity/drift?baseline=" + encoded("last 1h") + "&against=" + encoded("last 1m"));

        assertThat(drift.path("cut").isNull()).isTrue();
        assertThat(drift.path("against").path("rows").asLong()).isPositive();
        assertThat(drift.path("columns").findValuesAsText("column")).contains("edits_10s", "last_page_1m", "share");
        assertThat(get(server, "views/activity/drift?baseline=/etc/passwd.csv&against=last+1m", 400)
                        .toString())
                .contains("none that this server was started with");
    }

    @Test
    void theGraphIsThatOfTheJob() throws Exception {
        JsonNode graph = get("graph");

        assertThat(graph.path("running").asBoolean()).isTrue();
        assertThat(graph.path("tasks").toString()).contains("windows activity", "history activity");
        assertThat(graph.path("edges").size()).isPositive();
    }

    @Test
    void whatDoesNotAnswerIsNotKnownAndTheRestIsTold() throws Exception {
        FreshetConfig away = config("redis://127.0.0.1:1", "http://127.0.0.1:1");
        try (ConsoleServer alone = ConsoleServer.start(ConsoleServer.Place.anyPort(), away, List.of(view), List.of())) {
            JsonNode overview = get(alone, "overview", 200);

            assertThat(overview.path("job").isNull()).isTrue();
            assertThat(overview.path("views").get(0).path("status").asText()).isEqualTo("unknown");
            assertThat(overview.path("dead_letters").asLong()).isEqualTo(BROKEN);
            assertThat(overview.path("notes").toString()).contains("no Flink answers", "online store");
            assertThat(get(alone, "graph", 200).path("running").asBoolean()).isFalse();
            assertThat(get(alone, "views/activity/entity?key=a", 503).toString())
                    .contains("online store");
        }
    }
}
