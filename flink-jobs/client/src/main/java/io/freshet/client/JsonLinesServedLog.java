/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.freshet.row.RowIdentity;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was served, as lines of JSON in a file: one per row that asked, with {@code request_id}, {@code timestamp} (ms), the
 * entity fields, {@code request.<field>}, and per view {@code <view>__served_version}, {@code _as_of} (ms), {@code _seq} and
 * {@code _status}. {@code freshet training-set --served FILE} makes a training set of exactly these rows.
 */
public final class JsonLinesServedLog implements ServedLog, AutoCloseable {

    private static final JsonFactory JSON = new JsonFactory();

    private final Writer file;

    private JsonLinesServedLog(Writer file) {
        this.file = file;
    }

    /**
     * Appends to a file, which is made where it is not there.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public static JsonLinesServedLog appendTo(Path file) {
        try {
            return new JsonLinesServedLog(
                    Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open " + file + " for the log of what is served", e);
        }
    }

    @Override
    public void served(String requestId, List<FeatureVector> vectors) {
        StringBuilder lines = new StringBuilder();
        for (FeatureVector vector : vectors) {
            lines.append(line(requestId, vector)).append('\n');
        }
        synchronized (file) {
            try {
                file.write(lines.toString());
                file.flush();
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot log what is served", e);
            }
        }
    }

    private static String line(String requestId, FeatureVector vector) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("request_id", requestId);
        fields.put("timestamp", vector.at().toEpochMilli());
        fields.putAll(vector.asked().entity());
        vector.asked().request().forEach((name, value) -> fields.put("request." + name, value));
        for (ViewVector view : vector.views()) {
            String prefix = view.view() + "__served_";
            RowIdentity row = view.row().orElse(null);
            fields.put(prefix + "version", row == null ? null : (Object) row.version());
            fields.put(prefix + "as_of", row == null ? null : (Object) row.asOfMillis());
            fields.put(prefix + "seq", row == null ? null : (Object) row.seq());
            fields.put(prefix + "status", view.status().name());
        }
        StringWriter line = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(line)) {
            out.writeStartObject();
            for (Map.Entry<String, @Nullable Object> each : fields.entrySet()) {
                out.writeFieldName(each.getKey());
                write(each.getValue(), out);
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write JSON in memory", e);
        }
        return line.toString();
    }

    private static void write(@Nullable Object value, JsonGenerator out) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Instant moment) {
            out.writeNumber(moment.toEpochMilli());
        } else if (value instanceof BigDecimal number) {
            out.writeNumber(number);
        } else if (value instanceof Float || value instanceof Double) {
            out.writeNumber(((Number) value).doubleValue());
        } else if (value instanceof Number number) {
            out.writeNumber(number.toString());
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof float[] floats) {
            out.writeStartArray();
            for (float each : floats) {
                out.writeNumber(each);
            }
            out.writeEndArray();
        } else if (value instanceof double[] doubles) {
            out.writeArray(doubles, 0, doubles.length);
        } else if (value instanceof List<?> list) {
            out.writeStartArray();
            for (Object each : list) {
                write(each, out);
            }
            out.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> each : map.entrySet()) {
                out.writeFieldName(String.valueOf(each.getKey()));
                write(each.getValue(), out);
            }
            out.writeEndObject();
        } else {
            out.writeString(value.toString());
        }
    }

    @Override
    public void close() {
        synchronized (file) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot close the log of what is served", e);
            }
        }
    }
}
