/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is answered to a call.
 *
 * @param status status of HTTP
 * @param type media type of the body
 * @param body the body; read only
 * @param headers further headers by name
 */
public record Reply(int status, String type, ByteBuffer body, Map<String, String> headers) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JSON_TYPE = "application/json";

    public Reply {
        body = body.asReadOnlyBuffer();
        headers = Map.copyOf(headers);
    }

    /**
     * Bytes of a media type, such as {@code image/svg+xml}.
     *
     * @param bytes not to be changed any more
     */
    public static Reply of(String type, byte[] bytes) {
        return new Reply(200, type, ByteBuffer.wrap(bytes), Map.of());
    }

    /** A text of a media type; in UTF-8, which the type need not say. */
    public static Reply text(String type, String text) {
        return of(type + "; charset=utf-8", text.getBytes(UTF_8));
    }

    /** A value that Jackson writes, such as a map, as JSON. */
    public static Reply json(@Nullable Object value) {
        try {
            return of(JSON_TYPE, JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Cannot write an answer as JSON", e);
        }
    }

    /** JSON as it is written already. */
    static Reply writtenJson(byte[] bytes) {
        return of(JSON_TYPE, bytes);
    }

    /** The error answer to a call. */
    static Reply refusal(Refusal why, String requestId) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("status", why.status());
        error.put("code", why.code());
        error.put("message", why.message());
        if (!why.where().isEmpty()) {
            error.put("where", why.where());
        }
        if (!why.help().isEmpty()) {
            error.put("help", why.help());
        }
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("error", error);
        whole.put("request_id", requestId);
        Reply reply = json(whole).withStatus(why.status());
        return why.allowed().isEmpty() ? reply : reply.withHeader("Allow", why.allowed());
    }

    /** The same with another status of HTTP. */
    public Reply withStatus(int other) {
        return new Reply(other, type, body, headers);
    }

    /** The same with one more header. */
    public Reply withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, type, body, more);
    }
}
