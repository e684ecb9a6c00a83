/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import static java.util.Objects.requireNonNull;

import io.freshet.reading.LaterValues;
import java.time.Instant;
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
 * @param values by column name in the order of the view, in the form that {@link io.freshet.expression.ValueType}
 *     names; null is SQL's null, never "not seen"
 * @param warming names of the columns whose window reaches back to before all events were seen
 * @param later how its values change while nothing happens
 */
public record OnlineRow(
        String entity,
        long asOfMillis,
        long availableAtMillis,
        long seq,
        int version,
        Map<String, @Nullable Object> values,
        List<String> warming,
        LaterValues later) {

    public OnlineRow {
        requireNonNull(entity, "entity");
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        warming = List.copyOf(warming);
        requireNonNull(later, "later");
    }

    /**
     * The value of a column as it is stored, true at as_of, or null.
     *
     * @throws IllegalArgumentException if the view has no such column
     */
    public @Nullable Object value(String column) {
        checkColumn(column);
        return values.get(column);
    }

    private void checkColumn(String column) {
        if (!values.containsKey(column)) {
            throw new IllegalArgumentException("Cannot read column '" + column + "': the view has no such column, "
                    + "expected one of " + String.join(", ", values.keySet()));
        }
    }

    /**
     * The value of a column as of a later moment than the row's, with nothing having happened since: ages have grown,
     * decayed values have faded, and what is derived of such columns is computed anew; all others are as in the row.
     *
     * @param moment event time, such as now in a live job; a moment before the row's as_of gives the value of the row
     * @throws IllegalArgumentException if the view has no such column
     */
    public @Nullable Object valueAt(String column, Instant moment) {
        checkColumn(column);
        return valuesAt(moment).get(column);
    }

    /** All values as of a later moment, each as {@link #valueAt} gives it, in the order of the view. */
    public Map<String, @Nullable Object> valuesAt(Instant moment) {
        @Nullable Object[] changed = later.at(values.values().toArray(), moment.toEpochMilli() - asOfMillis);
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        for (String column : values.keySet()) {
            named.put(column, changed[named.size()]);
        }
        return Collections.unmodifiableMap(named);
    }

    /** Whether that column is warming. */
    public boolean isWarming(String column) {
        return warming.contains(column);
    }
}
