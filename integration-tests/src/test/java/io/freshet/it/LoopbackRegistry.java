/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schema registry in this process: the requests of <a
 * href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">Confluent's documented API</a> that
 * Freshet makes. No registry that people run could be had as a program from Maven Central; {@link ApicurioIT} asks one
 * in a container. It keeps what it was told while it is stopped.
 */
final class LoopbackRegistry implements AutoCloseable {

    private static final Pattern SCHEMA = Pattern.compile("GET /schemas/ids/(\\d+)");
    private static final Pattern LATEST = Pattern.compile("GET /subjects/([^/]+)/versions/latest");
    private static final Pattern REGISTER = Pattern.compile("POST /subjects/([^/]+)/versions");

    private record Version(String subject, int id) {}

    private final ObjectMapper mapper = new ObjectMapper();
    private final List<String> schemas = new ArrayList<>();
    private final List<Version> versions = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final int port;
    private HttpServer server;

    LoopbackRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        port = server.getAddress().getPort();
        serve();
    }

    String url() {
        return "http://localhost:" + port;
    }

    /** Lets it answer again, on the same port. */
    void restart() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        serve();
    }

    void stop() {
        server.stop(0);
    }

    private void serve() {
        server.createContext("/", this::handle);
        server.start();
    }

    /** What was asked so far. */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** Registers a schema, as producers do; gives its id. */
    synchronized int register(String subject, String schema) {
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        int id = schemas.indexOf(schema) + 1;
        versions.add(new Version(subject, id));
        return id;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = mapper.readTree(exchange.getRequestBody().readAllBytes());
            String asked =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            ObjectNode answer = answer(asked, request);
            byte[] body = mapper.writeValueAsBytes(answer);
            exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(answer.has("error_code") ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private synchronized ObjectNode answer(String asked, JsonNode request) {
        requests.add(asked);
        Matcher schema = SCHEMA.matcher(asked);
        if (schema.matches()) {
            int id = Integer.parseInt(schema.group(1));
            return id < 1 || id > schemas.size()
                    ? error(40403, "Schema " + id + " not found")
                    : mapper.createObjectNode().put("schema", schemas.get(id - 1));
        }
        Matcher latest = LATEST.matcher(asked);
        if (latest.matches()) {
            return versions.stream()
                    .filter(version -> version.subject().equals(latest.group(1)))
                    .reduce((before, after) -> after)
                    .map(version -> mapper.createObjectNode()
                            .put("subject", version.subject())
                            .put("id", version.id())
                            .put("schema", schemas.get(version.id() - 1)))
                    .orElseGet(() -> error(40401, "Subject '" + latest.group(1) + "' not found."));
        }
        Matcher register = REGISTER.matcher(asked);
        if (register.matches()) {
            return mapper.createObjectNode()
                    .put(
                            "id",
                            register(register.group(1), request.path("schema").asText()));
        }
        return error(404, "HTTP 404 Not Found");
    }

    private ObjectNode error(int code, String message) {
        return mapper.createObjectNode().put("error_code", code).put("message", message);
    }

    @Override
    public void close() {
        stop();
    }
}
