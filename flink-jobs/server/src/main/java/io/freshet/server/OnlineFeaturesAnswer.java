/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.freshet.client.FeatureVector;
import io.freshet.client.RowStatus;
import io.freshet.client.ViewVector;
import io.freshet.server.FeatureList.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /get-online-features} answers: {@code metadata.feature_names}, and in {@code results} for each of these names
 * its {@code values}, {@code statuses} and {@code event_timestamps}, one per row; fields of entities come first. Source: Feast
 * (github.com/feast-dev/feast), {@code GetOnlineFeaturesResponse} as {@code sdk/python/feast/utils.py} fills it and {@code
 * sdk/python/feast/feature_server.py} writes it, {@code FieldStatus} in {@code protos/feast/serving/ServingService.proto}.
 *
 * <p>Beside these, {@code freshet} says of each view and row what Feast has no words for.
 */
final class OnlineFeaturesAnswer {

    private static final JsonFactory JSON = new JsonFactory();

    /** Where there is no event time: of fields of entities, and of rows that are not there. */
    private static final String NO_TIME = Instant.EPOCH.toString();

    private static final int BYTES_PER_VALUE = 64;

    private OnlineFeaturesAnswer() {}

    /** The answer as JSON. */
    static byte[] write(OnlineFeaturesRequest asked, List<FeatureVector> rows, String requestId) {
        int values = rows.size() * asked.list().columns().size();
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(BYTES_PER_VALUE * (values + 10))) {
            try (JsonGenerator out = JSON.createGenerator(bytes)) {
                out.writeStartObject();
                metadata(asked, out);
                out.writeArrayFieldStart("results");
                for (String name : asked.entities().entity()) {
                    entity(asked.entities().values(name), out);
                }
                String[][] times = times(rows);
                for (Column column : asked.list().columns()) {
                    feature(column, rows, times, out);
                }
                out.writeEndArray();
                ours(asked, rows, requestId, out);
                out.writeEndObject();
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write JSON in memory", e);
        }
    }

    private static void metadata(OnlineFeaturesRequest asked, JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("metadata");
        out.writeArrayFieldStart("feature_names");
        for (String name : asked.entities().entity()) {
            out.writeString(name);
        }
        for (Column column : asked.list().columns()) {
            out.writeString(column.name(asked.naming()));
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void entity(List<@Nullable Object> values, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("values");
        for (Object value : values) {
            JsonValues.write(value, out);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("statuses");
        for (int row = 0; row < values.size(); row++) {
            out.writeString("PRESENT");
        }
        out.writeEndArray();
        out.writeArrayFieldStart("event_timestamps");
        for (int row = 0; row < values.size(); row++) {
            out.writeString(NO_TIME);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void feature(Column column, List<FeatureVector> rows, String[][] times, JsonGenerator out)
            throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("values");
        for (FeatureVector row : rows) {
            JsonValues.write(of(column, row).valueAt(column.position()), out);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("statuses");
        for (FeatureVector row : rows) {
            ViewVector view = of(column, row);
            out.writeString(fieldStatus(view.status(), view.valueAt(column.position())));
        }
        out.writeEndArray();
        out.writeArrayFieldStart("event_timestamps");
        for (int row = 0; row < rows.size(); row++) {
            out.writeString(times[row][column.viewPosition()]);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static ViewVector of(Column column, FeatureVector row) {
        return row.views().get(column.viewPosition());
    }

    /** The as_of of each row and view; a value is true at the moment of reading, its row was made of events up to as_of. */
    private static String[][] times(List<FeatureVector> rows) {
        String[][] times = new String[rows.size()][];
        for (int i = 0; i < times.length; i++) {
            times[i] = rows.get(i).views().stream()
                    .map(view -> view.status() == RowStatus.MISSING
                            ? NO_TIME
                            : view.asOf().map(Instant::toString).orElse(NO_TIME))
                    .toArray(String[]::new);
        }
        return times;
    }

    /** In Feast's words. What is computed on demand may have a value where there is no row. */
    static String fieldStatus(RowStatus status, @Nullable Object value) {
        return switch (status) {
            case MISSING -> value == null ? "NOT_FOUND" : "PRESENT";
            case STALE -> "OUTSIDE_MAX_AGE";
            case WARMING, FRESH -> value == null ? "NULL_VALUE" : "PRESENT";
        };
    }

    private static void ours(OnlineFeaturesRequest asked, List<FeatureVector> rows, String requestId, JsonGenerator out)
            throws IOException {
        out.writeObjectFieldStart("freshet");
        out.writeStringField("request_id", requestId);
        out.writeObjectFieldStart("views");
        List<String> names = asked.list().service().viewNames();
        for (int view = 0; view < names.size(); view++) {
            out.writeFieldName(names.get(view));
            out.writeStartArray();
            for (FeatureVector row : rows) {
                out.writeStartObject();
                RowJson.fields(row.views().get(view), out);
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        out.writeEndObject();
        out.writeEndObject();
    }
}
