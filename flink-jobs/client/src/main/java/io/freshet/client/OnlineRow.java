/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest row of an entity.
 *
 * @param entity the entity key as text
 * @param asOfMillis event time at which the values are true, ms since 1970 UTC
 * @param availableAtMillis from when the row could have been read, ms since 1970 UTC
 * @param seq number of the row among those of its entity
 * @param version version of the view that wrote it; another than the reader's tells of a definition that changed
 * @param stored what the store holds, true at as_of: by column name in the order of the view, in the form that
 *     {@link io.freshet.expression.ValueType} names; null is SQL's null, never "not seen"
 * @param values the same as of the moment that the reader asked for: see {@link LaterValues}
 * @param warming names of the columns whose window reaches back to before all events were seen
 */
public record OnlineRow(
        String entity,
        long asOfMillis,
        long availableAtMillis,
        long seq,
        int version,
        Map<String, @Nullable Object> stored,
        Map<String, @Nullable Object> values,
        List<String> warming) {

    public OnlineRow {
        requireNonNull(entity, "entity");
        stored = Collections.unmodifiableMap(new LinkedHashMap<>(stored));
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        warming = List.copyOf(warming);
    }

    /**
     * The value of a column as of the moment that the reader asked for, or null.
     *
     * @throws IllegalArgumentException if the view has no such column
     */
    public @Nullable Object value(String column) {
        return value(column, values);
    }

    /**
     * The value of a column as it is stored, true at as_of, or null.
     *
     * @throws IllegalArgumentException if the view has no such column
     */
    public @Nullable Object storedValue(String column) {
        return value(column, stored);
    }

    /** The same row with values as of another moment, ms since 1970 UTC. */
    public OnlineRow at(long atMillis, LaterValues later) {
        return new OnlineRow(
                entity, asOfMillis, availableAtMillis, seq, version, stored, later.of(this, atMillis), warming);
    }

    private static @Nullable Object value(String column, Map<String, @Nullable Object> values) {
        if (!values.containsKey(column)) {
            throw new IllegalArgumentException("Cannot read column '" + column + "': the view has no such column, "
                    + "expected one of " + String.join(", ", values.keySet()));
        }
        return values.get(column);
    }

    /** Whether that column is warming. */
    public boolean isWarming(String column) {
        return warming.contains(column);
    }
}
