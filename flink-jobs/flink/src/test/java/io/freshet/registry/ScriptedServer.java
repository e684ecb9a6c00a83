/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import javax.net.ssl.SSLContext;

/**
 * Answers requests as it was told to, in the form of the documented API of Confluent's Schema Registry
 * (https://docs.confluent.io/platform/current/schema-registry/develop/api.html).
 */
public final class ScriptedServer implements AutoCloseable {

    private record Reply(int status, String body) {}

    private final HttpServer server;
    private final String protocol;
    private final Map<String, Queue<Reply>> replies = Collections.synchronizedMap(new HashMap<>());
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());

    public ScriptedServer() throws IOException {
        this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), "http");
    }

    private ScriptedServer(HttpServer server, String protocol) {
        this.server = server;
        this.protocol = protocol;
        server.createContext("/", this::handle);
        server.start();
    }

    /** One that speaks TLS, with the certificate and key of that context. */
    static ScriptedServer overTls(SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new ScriptedServer(server, "https");
    }

    public String url() {
        return protocol + "://localhost:" + server.getAddress().getPort();
    }

    /** Answers the next request of that path so, and the last such answer for ever. */
    public ScriptedServer reply(String path, int status, String body) {
        replies.computeIfAbsent(path, key -> new ArrayDeque<>()).add(new Reply(status, body));
        return this;
    }

    /** Method and path of what was asked, in order. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            requests.add(exchange.getRequestMethod() + " " + path);
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.getRequestBody().readAllBytes();
            Queue<Reply> queue = replies.getOrDefault(path, new ArrayDeque<>());
            Reply reply = queue.size() > 1 ? queue.remove() : queue.peek();
            if (reply == null) {
                reply = new Reply(404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}");
            }
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
