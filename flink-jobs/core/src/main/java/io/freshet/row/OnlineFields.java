/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of one view as the fields of a hash in the online store, and back. Immutable. */
public final class OnlineFields {

    private final List<Column> columns;
    private final String version;
    private final Warming warming;

    /** For rows of that view. */
    public OnlineFields(ViewPlan plan) {
        columns = plan.columns();
        version = Integer.toString(plan.view().version());
        warming = new Warming(columns);
    }

    /** Takes the fields of a row, one by one. */
    @FunctionalInterface
    public interface Visitor {

        /** A field of the hash. */
        void field(String name, String value);
    }

    /** Shows the fields of a row: the {@link OnlineKeys}, then one per column that is not null, in the order of the plan. */
    public void visit(Row row, Visitor visitor) {
        visitor.field(OnlineKeys.AS_OF, Long.toString(row.asOfMillis()));
        visitor.field(OnlineKeys.AVAILABLE_AT, Long.toString(row.availableAtMillis()));
        visitor.field(OnlineKeys.SEQ, Long.toString(row.seq()));
        visitor.field(OnlineKeys.VERSION, version);
        visitor.field(OnlineKeys.WARMING, String.join(",", warming.columns(row)));
        for (int i = 0; i < columns.size(); i++) {
            Object value = row.value(i);
            if (value != null) {
                visitor.field(columns.get(i).name(), ValueText.format(value));
            }
        }
    }

    /** The fields of a row by name, in the order of {@link #visit}. */
    public Map<String, String> of(Row row) {
        Map<String, String> fields = new LinkedHashMap<>();
        visit(row, fields::put);
        return fields;
    }

    /**
     * The values in the fields of a hash, by column name in the order of the plan; null where the field is absent.
     *
     * @throws IllegalArgumentException if a field holds no value of its column's type
     */
    public Map<String, @Nullable Object> values(Map<String, String> fields) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Column column : columns) {
            values.put(column.name(), value(column, fields.get(column.name())));
        }
        return values;
    }

    /** Names of the columns that the fields of a hash say are warming. */
    public static List<String> warming(Map<String, String> fields) {
        String names = fields.getOrDefault(OnlineKeys.WARMING, "");
        return names.isEmpty() ? List.of() : List.of(names.split(","));
    }

    private static @Nullable Object value(Column column, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return ValueText.parse(text, column.type());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Cannot read column '" + column.name() + "' of the online store: " + e.getMessage(), e);
        }
    }
}
