/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.freshet.client.EntityRow;
import io.freshet.client.FeatureReader;
import io.freshet.client.FeatureRequest;
import io.freshet.client.RowStatus;
import io.freshet.client.ViewVector;
import io.freshet.definition.Column;
import io.freshet.definition.OnDemandPlan;
import io.freshet.definition.ViewPlan;
import io.freshet.expression.ValueType;
import io.freshet.reading.RequestValues;
import io.freshet.row.EntityKey;
import io.freshet.server.FeatureList.EntityField;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /features/{view}/{entity}}, with the entity as its key, and {@code GET /features/{view}?field=value}. Parameters:
 * {@code features}, names with commas, and {@code request.FIELD}, what the request says. Without {@code features} it gives all
 * that can be given: those computed on demand where the request says what they need.
 */
final class EntityFeatures {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String FEATURES = "features";
    private static final String REQUEST = "request.";

    private final ServedViews views;
    private final FeatureReader reader;
    private final ServerMetrics metrics;

    EntityFeatures(ServedViews views, FeatureReader reader, ServerMetrics metrics) {
        this.views = views;
        this.reader = reader;
        this.metrics = metrics;
    }

    /** By the key of the entity. */
    CompletionStage<Reply> byKey(Call call) {
        ViewPlan view = view(call);
        String key = call.path("entity");
        checkParameters(call, Set.of(), view);
        Map<String, Object> fields = new LinkedHashMap<>();
        try {
            List<Object> values = EntityKey.parse(key, view.entity());
            for (int i = 0; i < values.size(); i++) {
                fields.put(view.entity().get(i).name(), values.get(i));
            }
        } catch (IllegalArgumentException e) {
            throw Refusal.of(400, "bad_entity", String.valueOf(e.getMessage()))
                    .at("entity")
                    .help(
                            view.entity().size() == 1
                                    ? "Expected a " + view.entity().get(0).type()
                                    : "Write the fields with | between them, or as parameters: /features/"
                                            + view.view().name() + "?"
                                            + fieldNames(view)
                                                    .map(name -> name + "=...")
                                                    .collect(Collectors.joining("&")));
        }
        return answer(call, view, fields);
    }

    /** By the fields of the entity. */
    CompletionStage<Reply> byFields(Call call) {
        ViewPlan view = view(call);
        checkParameters(call, fieldNames(view).collect(Collectors.toCollection(LinkedHashSet::new)), view);
        Map<String, Object> fields = new LinkedHashMap<>();
        for (ViewPlan.Field each : view.entity()) {
            EntityField field = EntityField.of(view.view().name(), each);
            String given = call.query(field.path())
                    .or(() -> call.query(field.name()))
                    .orElseThrow(() -> Refusal.of(
                                    400,
                                    "missing_entity",
                                    "View '" + field.view() + "' is read by '" + field.name() + "', which is not given")
                            .help("Expected a parameter " + field.name()));
            typed(given, field.type(), field.name());
            fields.put(field.path(), given);
        }
        return answer(call, view, fields);
    }

    private ViewPlan view(Call call) {
        String name = call.path("view");
        return views.view(name).orElseThrow(() -> views.unknownView(404, name).at("view"));
    }

    private static Stream<String> fieldNames(ViewPlan view) {
        return view.entity().stream().map(each -> EntityField.of("", each).name());
    }

    private static void checkParameters(Call call, Set<String> fields, ViewPlan view) {
        Set<String> known = new LinkedHashSet<>(fields);
        known.add(FEATURES);
        view.onDemand().request().forEach(field -> known.add(REQUEST + field.name()));
        Set<String> paths = view.entity().stream().map(ViewPlan.Field::name).collect(Collectors.toSet());
        for (String given : call.query().keySet()) {
            if (!known.contains(given) && (fields.isEmpty() || !paths.contains(given))) {
                throw Refusal.of(400, "unknown_parameter", "There is no parameter '" + given + "'")
                        .at(given)
                        .help(ServedViews.known(given, known));
            }
        }
    }

    private CompletionStage<Reply> answer(Call call, ViewPlan view, Map<String, Object> fields) {
        Map<String, @Nullable Object> said = new LinkedHashMap<>();
        view.onDemand()
                .request()
                .forEach(field -> call.query(REQUEST + field.name()).ifPresent(text -> {
                    typed(text, field.type(), REQUEST + field.name());
                    said.put(field.name(), text);
                }));
        FeatureList list = views.list(references(call, view, said.keySet()));
        for (Map.Entry<String, ValueType> needed : list.request().entrySet()) {
            if (!said.containsKey(needed.getKey())) {
                throw Refusal.of(
                                400,
                                "missing_request",
                                "A feature is computed from '" + needed.getKey()
                                        + "' of the request, which is not given")
                        .help("Expected a parameter " + REQUEST + needed.getKey() + " (" + needed.getValue() + ")");
            }
        }
        FeatureRequest request =
                FeatureRequest.of(list.service(), new EntityRow(fields, said)).withId(call.id());
        return reader.readAsync(request)
                .thenApply(vectors -> reply(vectors.get(0).views().get(0), call.id()));
    }

    private static List<String> references(Call call, ViewPlan view, Set<String> said) {
        String name = view.view().name();
        if (call.query(FEATURES).isPresent()) {
            return Arrays.stream(call.query(FEATURES).get().split(","))
                    .map(feature -> name + ":" + feature.strip())
                    .toList();
        }
        Stream<String> computed = view.onDemand().features().stream()
                .filter(feature -> view.onDemand().request().stream()
                        .filter(field -> feature.expression().variables().contains(field.variable()))
                        .allMatch(field -> said.contains(field.name())))
                .map(OnDemandPlan.Feature::name);
        return Stream.concat(view.columns().stream().map(Column::name), computed)
                .map(feature -> name + ":" + feature)
                .toList();
    }

    private static void typed(String given, ValueType type, String name) {
        try {
            RequestValues.of(given, type);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(400, "bad_value", "Cannot read '" + name + "': " + e.getMessage())
                    .at(name);
        }
    }

    private Reply reply(ViewVector vector, String requestId) {
        metrics.served(vector.view(), vector.status());
        if (vector.status() == RowStatus.MISSING) {
            throw Refusal.of(404, "no_row", "View '" + vector.view() + "' has no row for '" + vector.entity() + "'")
                    .at("entity")
                    .help("It was never seen, has expired, or another version of the view wrote its row");
        }
        try (ByteArrayBuilder bytes = new ByteArrayBuilder()) {
            try (JsonGenerator out = JSON.createGenerator(bytes)) {
                out.writeStartObject();
                out.writeStringField("view", vector.view());
                RowJson.fields(vector, out);
                out.writeObjectFieldStart("values");
                List<String> names = vector.names();
                for (int i = 0; i < names.size(); i++) {
                    out.writeFieldName(names.get(i));
                    JsonValues.write(vector.valueAt(i), out);
                }
                out.writeEndObject();
                out.writeStringField("request_id", requestId);
                out.writeEndObject();
            }
            return Reply.writtenJson(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write JSON in memory", e);
        }
    }
}
