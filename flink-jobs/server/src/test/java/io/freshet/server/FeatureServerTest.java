/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.config.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeatureServerTest {

    private static final ServerOptions ANY_PORT = ServerOptions.loopback(0);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void answersRoutesByMethodAndPath() throws Exception {
        Route hello = Route.get("/hello/{name}", call -> Reply.json(Map.of("hello", call.path("name"))));
        Route echo = Route.post("/echo", call -> Reply.of("text/plain", call.body()));

        try (FeatureServer server = FeatureServer.start(ANY_PORT, List.of(hello, echo))) {
            HttpResponse<String> found = get(server, "/hello/a%2Fb%7Cc");
            assertThat(found.statusCode()).isEqualTo(200);
            assertThat(found.body()).isEqualTo("{\"hello\":\"a/b|c\"}");
            assertThat(found.headers().firstValue("content-type")).contains("application/json");
            assertThat(post(server, "/echo", "abc").body()).isEqualTo("abc");
            assertThat(get(server, "/nowhere").statusCode()).isEqualTo(404);
            assertThat(get(server, "/echo").statusCode()).isEqualTo(405);
        }
    }

    @Test
    void letsOnlyThoseInWhoHaveTheToken() throws Exception {
        Route secret = Route.get("/secret", call -> Reply.json(1));
        Route open = Route.get("/open", call -> Reply.json(2)).open();

        try (FeatureServer server =
                FeatureServer.start(ANY_PORT.withToken(new Secret("s3cret")), List.of(secret, open))) {
            assertThat(get(server, "/secret").statusCode()).isEqualTo(401);
            assertThat(get(server, "/secret", "Authorization", "Bearer other").statusCode())
                    .isEqualTo(401);
            assertThat(get(server, "/secret", "Authorization", "Bearer s3cret").statusCode())
                    .isEqualTo(200);
            assertThat(get(server, "/open").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void doesNotListenForStrangersWithoutAToken() {
        assertThatThrownBy(() -> FeatureServer.start(ANY_PORT.at("0.0.0.0"), List.of()))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("without a token");
    }

    private HttpResponse<String> get(FeatureServer server, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(FeatureServer server, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(server.address() + path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
