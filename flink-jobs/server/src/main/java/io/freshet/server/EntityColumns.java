/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.freshet.client.EntityRow;
import io.freshet.expression.ValueType;
import io.freshet.reading.RequestValues;
import io.freshet.server.FeatureList.EntityField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code entities} of a request, column by column, checked against the features that are asked for.
 *
 * @param entity names of the columns that are fields of entities, in the order given; the others are what the request says
 * @param columns what was given, by name, in the order given
 * @param rows the same row by row
 */
record EntityColumns(List<String> entity, Map<String, List<@Nullable Object>> columns, List<EntityRow> rows) {

    private static final ObjectReader COLUMN = OnlineFeaturesRequest.JSON.readerForListOf(Object.class);

    /**
     * Reads them.
     *
     * @param maxRows most entities
     * @throws Refusal if a column is missing, unknown, or holds what is no value of its field
     */
    static EntityColumns parse(JsonNode entities, FeatureList list, int maxRows) {
        Map<String, List<@Nullable Object>> columns = columns(entities);
        int count = rowCount(columns, maxRows);
        Set<String> entity = entityColumns(list, columns);
        checkRequest(list, columns);
        checkEntities(list, columns, entity);
        List<EntityRow> rows = new ArrayList<>(count);
        for (int row = 0; row < count; row++) {
            rows.add(row(list, columns, entity, row));
        }
        return new EntityColumns(List.copyOf(entity), columns, rows);
    }

    /** The values of a column. */
    List<@Nullable Object> values(String name) {
        return columns.getOrDefault(name, List.of());
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
                throw OnlineFeaturesRequest.notAList("entities." + each.getKey(), "one value per row");
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

    private static void checkRequest(FeatureList list, Map<String, List<@Nullable Object>> columns) {
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
    }

    private static void checkEntities(
            FeatureList list, Map<String, List<@Nullable Object>> columns, Set<String> entity) {
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
