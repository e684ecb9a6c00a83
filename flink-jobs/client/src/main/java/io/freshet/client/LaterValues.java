/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.expression.Expression;
import io.freshet.expression.ExpressionFailedException;
import io.freshet.function.Aging;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings stored values to a later moment: ages grow, decayed values fade, and what is derived of such columns is computed
 * anew. All other values stay. Correct as long as no later row exists, which would hold what happened since: so not
 * beyond the moment up to which the job has seen all events, except in the hope that nothing happened. Safe for use by
 * many threads.
 */
public final class LaterValues {

    private final Map<String, Aging> aging = new LinkedHashMap<>();
    private final List<Column.Computed> derived = new ArrayList<>();

    /** For rows of that view. */
    public LaterValues(ViewPlan view) {
        for (Column column : view.columns()) {
            if (column instanceof Column.Windowed windowed && windowed.aging().kind() != Aging.Kind.NONE) {
                aging.put(column.name(), windowed.aging());
            }
            if (column instanceof Column.Computed computed
                    && !Collections.disjoint(computed.expression().variables(), aging.keySet())) {
                derived.add(computed);
            }
        }
    }

    /** Whether a column changes by mere passing of time. */
    public boolean changes(String column) {
        return aging.containsKey(column)
                || derived.stream().anyMatch(each -> each.name().equals(column));
    }

    /**
     * The values of a row as of a moment; those stored where the moment is not after the row's as_of.
     *
     * @param row the row
     * @param atMillis the moment in event time, ms since 1970 UTC
     * @return by column name in the order of the view; null is SQL's null
     */
    public Map<String, @Nullable Object> of(OnlineRow row, long atMillis) {
        return of(row.stored(), row.asOfMillis(), atMillis);
    }

    /** As {@link #of(OnlineRow, long)}, of the stored values of a row. */
    Map<String, @Nullable Object> of(Map<String, @Nullable Object> stored, long asOfMillis, long atMillis) {
        if (atMillis <= asOfMillis || aging.isEmpty()) {
            return stored;
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>(stored);
        aging.forEach((name, kind) -> values.put(name, kind.later(stored.get(name), atMillis - asOfMillis)));
        for (Column.Computed column : derived) {
            values.put(column.name(), value(column.expression(), values));
        }
        return Collections.unmodifiableMap(values);
    }

    private static @Nullable Object value(Expression expression, Map<String, @Nullable Object> values) {
        // Expressions belong to the plan, which threads share, but take one thread at a time.
        synchronized (expression) {
            try {
                return expression.evaluate(values::get);
            } catch (ExpressionFailedException e) {
                // As in the job: what fails on its values is null.
                return null;
            }
        }
    }
}
