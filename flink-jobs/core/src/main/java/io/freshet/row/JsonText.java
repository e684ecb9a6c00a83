/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.freshet.expression.ValueType;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lists and maps of values as JSON: numbers as numbers, so that any client reads them. */
final class JsonText {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(4).build())
            .build();

    private JsonText() {}

    static String format(Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
            write(value, out);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write a value as JSON in memory", e);
        }
        return text.toString();
    }

    private static void write(@Nullable Object value, JsonGenerator out) throws IOException {
        if (value instanceof List<?> list) {
            out.writeStartArray();
            for (Object element : list) {
                write(element, out);
            }
            out.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.writeFieldName((String) entry.getKey());
                write(entry.getValue(), out);
            }
            out.writeEndObject();
        } else if (value instanceof Long number) {
            out.writeNumber(number);
        } else if (value instanceof Double number) {
            out.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            out.writeNumber(number);
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value == null) {
            out.writeNull();
        } else {
            out.writeString((String) value);
        }
    }

    /**
     * The value of a text.
     *
     * @throws IllegalArgumentException if the text is no value of that type
     */
    static Object parse(String text, ValueType type) {
        try (JsonParser in = JSON.createParser(text)) {
            in.nextToken();
            Object value = read(in, type);
            if (value == null || in.nextToken() != null) {
                throw new IllegalArgumentException("Cannot read '" + text + "', expected one " + type + " as JSON");
            }
            return value;
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read '" + text + "', expected a " + type + " as JSON", e);
        }
    }

    private static @Nullable Object read(JsonParser in, ValueType type) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (type.kind()) {
            case LIST -> readList(in, type.element());
            case MAP -> readMap(in, type.element());
            case LONG, TIMESTAMP, DOUBLE, DECIMAL, BOOLEAN, STRING -> ValueText.parse(in.getText(), type);
        };
    }

    private static List<@Nullable Object> readList(JsonParser in, ValueType type) throws IOException {
        expect(in, JsonToken.START_ARRAY);
        List<@Nullable Object> list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            list.add(read(in, type));
        }
        return Collections.unmodifiableList(list);
    }

    private static Map<String, Object> readMap(JsonParser in, ValueType type) throws IOException {
        expect(in, JsonToken.START_OBJECT);
        Map<String, Object> map = new TreeMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String key = in.currentName();
            in.nextToken();
            Object value = read(in, type);
            if (value == null) {
                throw new IllegalArgumentException("Cannot read a map: key '" + key + "' has no value");
            }
            map.put(key, value);
        }
        return Collections.unmodifiableMap(map);
    }

    private static void expect(JsonParser in, JsonToken token) {
        if (in.currentToken() != token) {
            throw new IllegalArgumentException("Cannot read JSON: found " + in.currentToken() + ", expected " + token);
        }
    }
}
