/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.config.Secret;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class FeatureServerTest {

    private static final ServerOptions ANY_PORT = ServerOptions.loopback(0);
    private static final Route ECHO = Route.post("/echo", call -> Reply.of("text/plain", call.body()));

    @Test
    void answersRoutesByMethodAndPath() throws Exception {
        Route hello = Route.get("/hello/{name}", call -> Reply.json(Map.of("hello", call.path("name"))));

        try (FeatureServer server = FeatureServer.start(ANY_PORT, List.of(hello, ECHO))) {
            Http http = new Http(server);
            HttpResponse<String> found = http.get("/hello/a%2Fb%7Cc%20%25+d");
            assertThat(found.statusCode()).isEqualTo(200);
            assertThat(found.body()).isEqualTo("{\"hello\":\"a/b|c %+d\"}");
            assertThat(found.headers().firstValue("content-type")).contains("application/json");
            assertThat(http.post("/echo", "abc").body()).isEqualTo("abc");
            assertThat(http.get("/nowhere").statusCode()).isEqualTo(404);
            HttpResponse<String> wrongMethod = http.get("/echo");
            assertThat(wrongMethod.statusCode()).isEqualTo(405);
            assertThat(wrongMethod.headers().firstValue("allow")).contains("POST");
            assertThat(Http.json(wrongMethod).at("/error/help").asText()).isEqualTo("Expected POST");
        }
    }

    @Test
    void letsOnlyThoseInWhoHaveTheToken() throws Exception {
        Route secret = Route.get("/secret", call -> Reply.json(1));
        Route open = Route.get("/open", call -> Reply.json(call.trusted())).open();
        ServerOptions options = ANY_PORT.withToken(new Secret("s3cret"));

        assertThat(options.toString()).doesNotContain("s3cret");
        try (FeatureServer server = FeatureServer.start(options, List.of(secret, open))) {
            Http http = new Http(server);
            HttpResponse<String> without = http.get("/secret");
            assertThat(without.statusCode()).isEqualTo(401);
            assertThat(without.headers().firstValue("www-authenticate")).contains("Bearer");
            assertThat(Http.json(without).at("/error/code").asText()).isEqualTo("no_token");
            for (String wrong : List.of("Bearer other", "Bearer s3cre", "Bearer s3crets", "s3cret", "Basic s3cret")) {
                assertThat(http.get("/secret", "Authorization", wrong).statusCode())
                        .as(wrong)
                        .isEqualTo(401);
            }
            assertThat(http.get("/secret", "Authorization", "bearer s3cret").statusCode())
                    .isEqualTo(200);
            assertThat(http.get("/open").body()).isEqualTo("false");
            assertThat(http.get("/open", "Authorization", "Bearer s3cret").body())
                    .isEqualTo("true");
        }
    }

    @Test
    void doesNotListenForStrangersWithoutATokenUnlessToldTo() throws Exception {
        assertThatThrownBy(() -> FeatureServer.start(ANY_PORT.at("0.0.0.0"), List.of()))
                .isInstanceOf(ServerStartException.class)
                .hasMessageContaining("Cannot listen at 0.0.0.0 without a token")
                .hasMessageEndingWith("set FRESHET_SERVE_TOKEN");
        FeatureServer.start(ANY_PORT.at("0.0.0.0").withToken(new Secret("x")), List.of())
                .close();
        assertThatThrownBy(() -> FeatureServer.start(ANY_PORT.at("no-such-host.invalid"), List.of()))
                .hasMessageContaining("no address of that name is known");
        ServerOptions told = new ServerOptions(
                "0.0.0.0",
                0,
                Optional.empty(),
                ServerOptions.Exposure.ALLOWED,
                10,
                100,
                Duration.ofSeconds(10),
                Duration.ofSeconds(5));
        try (FeatureServer server = FeatureServer.start(told, List.of(ECHO))) {
            assertThat(raw(server, "POST /echo HTTP/1.1\r\nHost: features.example\r\nContent-Length: 0\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aTakenPortIsToldWithoutAStackTrace() throws Exception {
        try (FeatureServer server = FeatureServer.start(ANY_PORT, List.of())) {
            assertThatThrownBy(() -> FeatureServer.start(ServerOptions.loopback(server.port()), List.of()))
                    .isInstanceOf(ServerStartException.class)
                    .hasMessage("Cannot listen at 127.0.0.1:" + server.port()
                            + ": Address already in use (another port may be free)");
        }
    }

    @Test
    void aPageOfElsewhereWhoseNameLeadsHereIsRefused() throws Exception {
        try (FeatureServer server = FeatureServer.start(ANY_PORT, List.of(ECHO))) {
            assertThat(raw(server, "POST /echo HTTP/1.1\r\nHost: evil.example:80\r\nContent-Length: 0\r\n"))
                    .startsWith("HTTP/1.1 403")
                    .contains("wrong_host");
            assertThat(raw(server, "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void whatIsNoCallIsAnErrorInJsonToo() throws Exception {
        try (FeatureServer server = FeatureServer.start(ANY_PORT, List.of(ECHO))) {
            assertThat(raw(server, "GET /a%zz HTTP/1.1\r\nHost: localhost\r\n"))
                    .startsWith("HTTP/1.1 400")
                    .contains("\"error\":{\"status\":400", "\r\nX-Request-Id: ");
            assertThat(raw(server, "GET /a/%2e%2e/b HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: mine-1\r\n"))
                    .startsWith("HTTP/1.1 400")
                    .contains("\r\nX-Request-Id: mine-1\r\n")
                    .contains("\"error\":{\"status\":400", "\"request_id\":\"mine-1\"");
            assertThat(raw(server, "POST /echo?a=%zz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWhetherItSaysItsLengthOrNot() throws Exception {
        ServerOptions few = new ServerOptions(
                "127.0.0.1",
                0,
                Optional.empty(),
                ServerOptions.Exposure.REFUSED,
                10,
                100,
                Duration.ofSeconds(10),
                Duration.ofSeconds(5));
        try (FeatureServer server = FeatureServer.start(few, List.of(ECHO))) {
            Http http = new Http(server);
            assertThat(http.post("/echo", "x".repeat(100)).statusCode()).isEqualTo(200);
            HttpResponse<String> refused = http.post("/echo", "x".repeat(101));
            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(Http.json(refused).at("/error/message").asText()).isEqualTo("The body has more than 100 bytes");
            String chunked = "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + "c8\r\n"
                    + "x".repeat(200) + "\r\n0\r\n";
            assertThat(raw(server, chunked)).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void aFullQueueAnswers503AndTheNextCallIsTakenAgain() throws Exception {
        CompletableFuture<Reply> held = new CompletableFuture<>();
        Route slow = Route.later("POST", "/slow", call -> held).bounded();
        ServerMetrics metrics = new ServerMetrics();
        try (FeatureServer server = FeatureServer.start(ANY_PORT.withPending(2), List.of(slow, ECHO), metrics)) {
            Http http = new Http(server);
            CompletableFuture<HttpResponse<String>> first = http.postLater("/slow", "");
            CompletableFuture<HttpResponse<String>> second = http.postLater("/slow", "");
            Awaitility.await().until(() -> metrics.pending().get() == 2);

            HttpResponse<String> third = http.post("/slow", "");
            assertThat(third.statusCode()).isEqualTo(503);
            assertThat(third.headers().firstValue("retry-after")).contains("1");
            assertThat(Http.json(third).at("/error/code").asText()).isEqualTo("queue_full");
            assertThat(http.post("/echo", "others are answered").statusCode()).isEqualTo(200);
            assertThat(metrics.refused())
                    .hasEntrySatisfying(
                            "queue_full", count -> assertThat(count.sum()).isEqualTo(1));

            held.complete(Reply.json("done"));
            assertThat(first.get().statusCode()).isEqualTo(200);
            assertThat(second.get().statusCode()).isEqualTo(200);
            Awaitility.await().until(() -> metrics.pending().get() == 0);
            assertThat(http.post("/slow", "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void stoppingAnswersWhatIsUnderWayAndTakesNoMore() throws Exception {
        CompletableFuture<Reply> held = new CompletableFuture<>();
        CountDownLatch called = new CountDownLatch(1);
        Route slow = Route.later("POST", "/slow", call -> {
            called.countDown();
            return held;
        });
        FeatureServer server = FeatureServer.start(ANY_PORT, List.of(slow));
        Http http = new Http(server);
        CompletableFuture<HttpResponse<String>> underWay = http.postLater("/slow", "");
        assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
        Awaitility.await().until(() -> isRefused(server));
        assertThat(closing).isNotDone();
        assertThat(underWay).isNotDone();
        held.complete(Reply.json("done"));

        assertThat(underWay.get(10, TimeUnit.SECONDS).body()).isEqualTo("\"done\"");
        closing.get(10, TimeUnit.SECONDS);
    }

    @Test
    void whatFailsUnexpectedlyTellsNothingOfItsInside() throws Exception {
        Route failing = Route.get("/failing", call -> {
            throw new IllegalStateException("inner secret");
        });
        try (FeatureServer server = FeatureServer.start(ANY_PORT, List.of(failing))) {
            HttpResponse<String> failed = new Http(server).get("/failing", "X-Request-Id", "mine-1");
            assertThat(failed.statusCode()).isEqualTo(500);
            assertThat(failed.body()).contains("mine-1").doesNotContain("inner secret");
            assertThat(failed.headers().firstValue("x-request-id")).contains("mine-1");
        }
    }

    @Test
    void filesOfTheClassPathAreServedButNothingAboveTheirFolder() throws Exception {
        Route files = Route.files("/doc", "io/freshet/server");
        try (FeatureServer server = FeatureServer.start(ANY_PORT.withToken(new Secret("x")), List.of(files))) {
            Http http = new Http(server);
            HttpResponse<String> file = http.get("/doc/openapi.json");
            assertThat(file.statusCode()).isEqualTo(200);
            assertThat(file.headers().firstValue("content-type")).contains("application/json");
            for (String path :
                    List.of("/doc", "/doc/", "/doc/none.js", "/doc/..%2Fserver/openapi.json", "/doc/%2E%2E/x")) {
                assertThat(http.get(path).statusCode()).as(path).isIn(400, 404);
            }
        }
    }

    @Test
    void twoRoutesOfOnePathAreRefused() {
        assertThatThrownBy(() -> FeatureServer.start(ANY_PORT, List.of(ECHO, ECHO)))
                .hasMessage("Cannot serve POST /echo twice");
    }

    private static boolean isRefused(FeatureServer server) {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            return !socket.isConnected();
        } catch (java.io.IOException e) {
            return true;
        }
    }

    /** A call as it stands, and all that comes back. */
    private static String raw(FeatureServer server, String call) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            String head = call.contains("\r\n\r\n")
                    ? call.replaceFirst("\r\n\r\n", "\r\nConnection: close\r\n\r\n") + "\r\n"
                    : call + "Connection: close\r\n\r\n";
            out.write(head.getBytes(UTF_8));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
