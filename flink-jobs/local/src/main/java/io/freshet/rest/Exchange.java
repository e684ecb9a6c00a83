/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** Requests to Flink's REST endpoint and its answers, as JSON. */
final class Exchange {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    /** A program's main runs while its request waits, and that asks Kafka. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(120);

    private final URI address;
    private final String root;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_LIMIT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final ObjectMapper json = new ObjectMapper();

    Exchange(URI address) {
        this.address = address;
        root = address.toString().replaceFirst("/+$", "");
    }

    URI address() {
        return address;
    }

    JsonNode get(String path, String what) throws FlinkRestException {
        return send(request(path).GET(), what);
    }

    JsonNode post(String path, Map<String, Object> body, String what) throws FlinkRestException {
        try {
            BodyPublisher text = BodyPublishers.ofString(json.writeValueAsString(body));
            return send(request(path).header("Content-Type", "application/json").POST(text), what);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Maps of strings can be written as JSON", e);
        }
    }

    JsonNode patch(String path, String what) throws FlinkRestException {
        return send(request(path).method("PATCH", BodyPublishers.noBody()), what);
    }

    JsonNode delete(String path, String what) throws FlinkRestException {
        return send(request(path).DELETE(), what);
    }

    /** One file as a form, which is how Flink takes jars. */
    JsonNode upload(String path, Path file, String name) throws FlinkRestException {
        String boundary = "freshet-" + UUID.randomUUID();
        String head = "--%s\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"%s\"\r\n"
                        .formatted(boundary, name)
                + "Content-Type: application/x-java-archive\r\n\r\n";
        String end = "\r\n--" + boundary + "--\r\n";
        try {
            BodyPublisher body = BodyPublishers.concat(
                    BodyPublishers.ofString(head, StandardCharsets.UTF_8),
                    BodyPublishers.ofFile(file),
                    BodyPublishers.ofString(end, StandardCharsets.UTF_8));
            return send(
                    request(path)
                            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                            .POST(body),
                    "upload " + name);
        } catch (FileNotFoundException e) {
            throw new FlinkRestException("Cannot upload " + file + ": there is no such file", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(root + path)).timeout(ANSWER_LIMIT);
    }

    private JsonNode send(HttpRequest.Builder request, String what) throws FlinkRestException {
        HttpResponse<String> answer;
        try {
            answer = http.send(request.build(), BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new FlinkRestException(
                    "Cannot " + what + ": no Flink answers at " + address
                            + " (setting flink.rest; 'freshet cluster up' starts one)",
                    e);
        } catch (IOException e) {
            throw new FlinkRestException("Cannot " + what + " at " + address + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlinkRestException("Cannot " + what + " at " + address + ": interrupted", e);
        }
        if (answer.statusCode() / 100 != 2) {
            throw refused(what, reason(answer.body()), answer.statusCode());
        }
        return parsed(answer.body(), what);
    }

    /** What Flink says about a request that it refused or could not do. */
    FlinkRestException refused(String what, String reason, int status) {
        return new FlinkRestException("Cannot " + what + " at " + address + ": " + reason, status);
    }

    private String reason(String body) {
        try {
            String reason = "";
            for (JsonNode error : json.readTree(body).path("errors")) {
                reason = StackTraces.reason(error.asText());
            }
            return reason.isEmpty() ? body.strip() : reason;
        } catch (JsonProcessingException e) {
            return body.strip();
        }
    }

    private JsonNode parsed(String body, String what) throws FlinkRestException {
        try {
            return json.readTree(body.isBlank() ? "{}" : body);
        } catch (JsonProcessingException e) {
            throw new FlinkRestException(
                    "Cannot " + what + " at " + address + ": what answers there is not Flink's REST endpoint", e);
        }
    }
}
