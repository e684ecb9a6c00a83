/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.client.EntityRow;
import io.freshet.expression.Spelling;
import io.freshet.expression.ValueType;
import io.freshet.reading.RequestValues;
import io.freshet.server.FeatureList.EntityField;
import io.freshet.server.FeatureList.Naming;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of {@code POST /get-online-features}: {@code features} ({@code view:feature}) or {@code feature_service},
 * {@code entities} (a list per column, all of one length; what the request says for on-demand features is further columns), and
 * {@code full_feature_names}. Source: {@code GetOnlineFeaturesRequest} in {@code sdk/python/feast/feature_server.py} of
 * github.com/feast-dev/feast.
 *
 * @param list the features
 * @param naming what they are called in the answer
 * @param entity names of the columns that are fields of entities, in the order given
 * @param columns what was given, by name, in the order given
 * @param rows for which entities
 */
record OnlineFeaturesRequest(
        FeatureList list,
        Naming naming,
        List<String> entity,
        Map<String, List<@Nullable Object>> columns,
        List<EntityRow> rows) {

    private static final List<String> KEYS = List.of("features", "feature_service", "entities", "full_feature_names");

    /** Decimals stay what they are. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final ObjectReader COLUMN = JSON.readerForListOf(Object.class);

    /**
     * Reads a request.
     *
     * @param maxRows most entities
     * @throws Refusal if it is none
     */
    static OnlineFeaturesRequest parse(byte[] body, ServedViews views, int maxRows) {
        JsonNode root = json(body);
        FeatureList list = list(root, views);
        Naming naming = naming(root, list);
        Map<String, List<@Nullable Object>> columns = columns(root.path("entities"));
        int count = rowCount(columns, maxRows);
        Set<String> entity = entityColumns(list, columns);
        checkRequest(list, columns, entity);
        List<EntityRow> rows = new ArrayList<>(count);
        for (int row = 0; row < count; row++) {
            rows.add(row(list, columns, entity, row));
        }
        return new OnlineFeaturesRequest(list, naming, List.copyOf(entity), columns, rows);
    }

    private static JsonNode json(byte[] body) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : "line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw Refusal.of(400, "bad_json", "The body is no JSON: " + e.getOriginalMessage())
                    .at(where);
        } catch (IOException e) {
            throw Refusal.of(400, "bad_json", "The body is no JSON: " + e.getMessage());
        }
        if (!root.isObject()) {
            throw Refusal.of(400, "bad_request", "The body is no JSON object")
                    .help("Expected {\"features\": [\"view:feature\"], \"entities\": {\"field\": [value]}}");
        }
        root.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key) && Spelling.nearest(key, KEYS).isPresent()) {
                throw Refusal.of(400, "unknown_key", "There is no key '" + key + "'")
                        .at(key)
                        .help(ServedViews.known(key, KEYS));
            }
        });
        return root;
    }

    private static FeatureList list(JsonNode root, ServedViews views) {
        JsonNode features = root.path("features");
        JsonNode service = root.path("feature_service");
        boolean named = !service.isMissingNode() && !service.isNull();
        boolean listed = !features.isMissingNode() && !features.isNull();
        if (named == listed) {
            throw Refusal.of(
                            400,
                            "no_features",
                            named ? "Both 'features' and 'feature_service' are given" : "No feature is asked for")
                    .help("Expected one of 'features', a list of view:feature, and 'feature_service'");
        }
        if (named) {
            return views.service(service.asText());
        }
        List<String> references = new ArrayList<>();
        if (!features.isArray()) {
            throw notAList("features", "references such as \"view:feature\"");
        }
        features.forEach(each -> references.add(each.asText()));
        return views.list(references);
    }

    private static Naming naming(JsonNode root, FeatureList list) {
        JsonNode full = root.path("full_feature_names");
        if (!full.isMissingNode() && !full.isBoolean()) {
            throw Refusal.of(400, "bad_request", "Cannot read " + full)
                    .at("full_feature_names")
                    .help("Expected true or false");
        }
        if (full.asBoolean()) {
            return Naming.FULL;
        }
        if (!list.ambiguous().isEmpty()) {
            throw Refusal.of(
                            400,
                            "ambiguous_names",
                            "Several views have a feature " + String.join(", ", list.ambiguous()))
                    .at("features")
                    .help("Set \"full_feature_names\": true, or ask view by view");
        }
        return Naming.SHORT;
    }

    private static Map<String, List<@Nullable Object>> columns(JsonNode entities) {
        if (!entities.isObject() || entities.isEmpty()) {
            throw Refusal.of(400, "no_entities", "No entity is asked for")
                    .at("entities")
                    .help("Expected an object with a list of values per field");
        }
        Map<String, List<@Nullable Object>> columns = new LinkedHashMap<>();
        entities.fields().forEachRemaining(each -> {
            if (!each.getValue().isArray()) {
                throw notAList("entities." + each.getKey(), "one value per row");
            }
            try {
                columns.put(each.getKey(), COLUMN.readValue(each.getValue()));
            } catch (IOException e) {
                throw Refusal.of(400, "bad_json", String.valueOf(e.getMessage()))
                        .at("entities." + each.getKey());
            }
        });
        return columns;
    }

    private static Refusal notAList(String where, String expected) {
        return Refusal.of(400, "bad_request", "'" + where + "' is no list")
                .at(where)
                .help("Expected " + expected);
    }

    private static int rowCount(Map<String, List<@Nullable Object>> columns, int maxRows) {
        Map.Entry<String, List<@Nullable Object>> first =
                columns.entrySet().iterator().next();
        int count = first.getValue().size();
        columns.forEach((name, values) -> {
            if (values.size() != count) {
                throw Refusal.of(
                                400,
                                "uneven_columns",
                                "'" + name + "' has " + values.size() + " values, '" + first.getKey() + "' has "
                                        + count)
                        .at("entities." + name)
                        .help("Expected one value per row in each");
            }
        });
        if (count > maxRows) {
            throw Refusal.of(413, "too_many_rows", count + " entities are asked for at once")
                    .at("entities")
                    .help("Expected at most " + maxRows + ": ask in several calls");
        }
        return count;
    }

    /** The columns that are fields of entities; each field must be there, and each column be known. */
    private static Set<String> entityColumns(FeatureList list, Map<String, List<@Nullable Object>> columns) {
        Set<String> entity = new LinkedHashSet<>();
        for (EntityField field : list.entity()) {
            String given = columns.containsKey(field.path()) ? field.path() : field.name();
            if (!columns.containsKey(given)) {
                throw Refusal.of(
                                400,
                                "missing_entity",
                                "View '" + field.view() + "' is read by '" + field.name() + "', which is not given")
                        .at("entities")
                        .help("Expected a list of values under \"" + field.name() + "\"");
            }
            entity.add(given);
        }
        Set<String> known = new LinkedHashSet<>(
                list.entity().stream().map(EntityField::name).toList());
        known.addAll(list.request().keySet());
        for (String name : columns.keySet()) {
            if (!entity.contains(name) && !known.contains(name)) {
                throw Refusal.of(400, "unknown_entity", "None of the features is read by '" + name + "'")
                        .at("entities." + name)
                        .help(ServedViews.known(name, known));
            }
        }
        Set<String> inOrder = new LinkedHashSet<>(columns.keySet());
        inOrder.retainAll(entity);
        return inOrder;
    }

    private static void checkRequest(
            FeatureList list, Map<String, List<@Nullable Object>> columns, Set<String> entity) {
        list.request().forEach((name, type) -> {
            List<@Nullable Object> values = columns.get(name);
            if (values == null) {
                throw Refusal.of(
                                400,
                                "missing_request",
                                "A feature is computed from '" + name + "' of the request, which is not given")
                        .at("entities")
                        .help("Expected a list of values (" + type + " or null) under \"" + name + "\"");
            }
            for (int row = 0; row < values.size(); row++) {
                typed(values.get(row), type, name, row);
            }
        });
        for (EntityField field : list.entity()) {
            String name = entity.contains(field.path()) ? field.path() : field.name();
            List<@Nullable Object> values = columns.getOrDefault(name, List.of());
            for (int row = 0; row < values.size(); row++) {
                if (typed(values.get(row), field.type(), name, row) == null) {
                    throw Refusal.of(400, "bad_entity", "An entity cannot be null")
                            .at("entities." + name + "[" + row + "]")
                            .help("Expected a " + field.type());
                }
            }
        }
    }

    private static @Nullable Object typed(@Nullable Object given, ValueType type, String name, int row) {
        try {
            return RequestValues.of(given, type);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(400, "bad_value", "Cannot read the value: " + e.getMessage())
                    .at("entities." + name + "[" + row + "]");
        }
    }

    private static EntityRow row(
            FeatureList list, Map<String, List<@Nullable Object>> columns, Set<String> entity, int row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        columns.forEach((name, values) -> {
            Object value = values.get(row);
            if (entity.contains(name) && value != null) {
                fields.put(name, value);
            }
            if (list.request().containsKey(name)) {
                request.put(name, value);
            }
        });
        return new EntityRow(fields, request);
    }
}
