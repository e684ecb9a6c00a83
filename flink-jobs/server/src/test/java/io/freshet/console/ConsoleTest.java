/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.config.Secret;
import io.freshet.server.FeatureServer;
import io.freshet.server.ServerOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static FeatureServer server;

    @BeforeAll
    static void start() throws Exception {
        server = FeatureServer.start(ServerOptions.loopback(0), Console.routes(new Fixture()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(server.address() + path)).build(), BodyHandlers.ofString());
    }

    private static JsonNode json(String path, int status) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void whatIsNotKnownIsNullInAnswers() throws Exception {
        JsonNode views = json("/console/api/overview", 200).path("views");

        assertThat(views.get(0).path("freshness_p99_ms").asDouble()).isEqualTo(62);
        assertThat(views.get(2).path("freshness_p99_ms").isNull()).isTrue();
        assertThat(views.get(2).path("watermark").isNull()).isTrue();
    }

    @Test
    void keysOfAnyKindReachTheSource() throws Exception {
        assertThat(json("/console/api/views/user_activity/entity?key=a%2Fb%7C%3Cc%3E%26d", 200)
                        .path("key")
                        .asText())
                .isEqualTo("a/b|<c>&d");
        assertThat(json("/console/api/views/user_activity/history?key=a&from=2", 200)
                        .path("done")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void wrongQuestionsAreRefusedWithWhatIsWrong() throws Exception {
        assertThat(message("/console/api/views/nobody/recent", 404)).contains("Unknown view 'nobody'");
        assertThat(message("/console/api/views/user_activity/entity", 400)).contains("'key' is missing");
        assertThat(message("/console/api/views/user_activity/history?key=a&since=now", 400))
                .contains("Cannot read 'now'");
        assertThat(message("/console/api/views/user_activity/activity?minutes=7", 400))
                .contains("expected 5, 60 or 1440");
        assertThat(message("/console/api/views/user_activity/drift?baseline=x&against=y", 400))
                .contains("time range 'x'");
        assertThat(message("/console/api/nothing", 404)).isNotEmpty();
    }

    private static String message(String path, int status) throws Exception {
        return json(path, status).path("error").path("message").asText();
    }

    @Test
    void thePageIsServedWithAPolicyThatLetsItsOwnFilesAlone() throws Exception {
        HttpResponse<String> page = get("/console/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.body()).doesNotContain("http://", "https://", "<script>", "style=");
        assertThat(get("/console/app.js").headers().firstValue("Content-Type"))
                .hasValue("text/javascript; charset=utf-8");
        assertThat(get("/console").headers().firstValue("Location")).hasValue("/console/");
        assertThat(get("/").headers().firstValue("Location")).hasValue("/console/");
        assertThat(get("/console/package-info.class").statusCode()).isEqualTo(404);
    }

    @Test
    void withATokenThePageIsForAnybodyAndItsDataIsNot() throws Exception {
        ServerOptions options = ServerOptions.loopback(0).withToken(new Secret("s3cret"));
        try (FeatureServer guarded = FeatureServer.start(options, Console.routes(new Fixture()))) {
            HttpRequest.Builder data = HttpRequest.newBuilder(guarded.address().resolve("/console/api/overview"));
            assertThat(HTTP.send(data.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(401);
            assertThat(HTTP.send(data.header("Authorization", "Bearer s3cret").build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            HttpRequest page = HttpRequest.newBuilder(guarded.address().resolve("/console/"))
                    .build();
            assertThat(HTTP.send(page, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }
    }
}
