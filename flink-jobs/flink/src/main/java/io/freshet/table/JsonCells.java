/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values as JSON: numbers and booleans as such, all other scalars as strings, lists as arrays, maps as objects. */
final class JsonCells {

    static final JsonFactory JSON = JsonFactory.builder()
            // A field that stands twice has no value that anyone could defend.
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private JsonCells() {}

    static void write(@Nullable Object value, CellType type, JsonGenerator out) throws IOException {
        if (value == null) {
            out.writeNull();
            return;
        }
        switch (type.kind()) {
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case INT -> out.writeNumber((Integer) value);
            case LONG -> out.writeNumber((Long) value);
            case FLOAT -> out.writeNumber((Float) value);
            case DOUBLE -> out.writeNumber((Double) value);
            case DECIMAL -> out.writeNumber((BigDecimal) value);
            case LIST -> {
                out.writeStartArray();
                for (Object element : (List<?>) value) {
                    write(element, type.element(), out);
                }
                out.writeEndArray();
            }
            case MAP -> {
                out.writeStartObject();
                for (Map.Entry<String, ?> entry : sorted((Map<?, ?>) value).entrySet()) {
                    out.writeFieldName(entry.getKey());
                    write(entry.getValue(), type.element(), out);
                }
                out.writeEndObject();
            }
            default -> out.writeString(CellText.format(value, type));
        }
    }

    /** Equal maps are written alike, whatever order they hold. */
    static Map<String, @Nullable Object> sorted(Map<?, ?> map) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put((String) key, value));
        return sorted;
    }

    static String format(Object value, CellType type) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            write(value, type, out);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write JSON in memory", e);
        }
        return text.toString();
    }

    /** The list or map of a JSON text; fails with IllegalArgumentException. */
    static Object parse(String text, CellType type) {
        try (JsonParser in = JSON.createParser(text)) {
            in.nextToken();
            Object value = parse(in, type);
            if (value == null || in.nextToken() != null) {
                throw new IllegalArgumentException(text);
            }
            return value;
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static @Nullable Object parse(JsonParser in, CellType type) throws IOException {
        JsonToken token = in.currentToken();
        if (token == null) {
            throw new IllegalArgumentException("no value");
        }
        return switch (token) {
            case VALUE_NULL -> null;
            case START_ARRAY -> parseList(in, type);
            case START_OBJECT -> parseMap(in, type);
            default -> parseScalar(in.getText(), type);
        };
    }

    private static Object parseScalar(String text, CellType type) {
        if (!type.elements().isEmpty()) {
            throw new IllegalArgumentException("a scalar");
        }
        return CellText.parse(text, type);
    }

    private static List<@Nullable Object> parseList(JsonParser in, CellType type) throws IOException {
        if (type.kind() != CellType.Kind.LIST) {
            throw new IllegalArgumentException("an array");
        }
        List<@Nullable Object> list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            list.add(parse(in, type.element()));
        }
        return Collections.unmodifiableList(list);
    }

    private static Map<String, @Nullable Object> parseMap(JsonParser in, CellType type) throws IOException {
        if (type.kind() != CellType.Kind.MAP) {
            throw new IllegalArgumentException("an object");
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String key = in.currentName();
            in.nextToken();
            map.put(key, parse(in, type.element()));
        }
        return Collections.unmodifiableMap(map);
    }
}
