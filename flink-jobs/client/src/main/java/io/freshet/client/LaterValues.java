/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import static java.util.Objects.requireNonNull;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.expression.Expression;
import io.freshet.expression.ExpressionFailedException;
import io.freshet.function.Aging;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings the values of a view's rows to a later moment: ages grow, decayed values fade, and what is derived of such
 * columns is computed anew. All other values stay. That is right as long as no newer row is to come, which would hold what
 * happened since: up to the moment up to which the job has seen all events, and beyond it where nothing happened. Rows of
 * one view share one of these; two are equal where their views are. Safe for use by many threads.
 */
public final class LaterValues {

    private final ViewPlan view;

    /** Found when first asked for: most reads never ask. */
    private volatile @Nullable Changing changing;

    /**
     * The columns of a view that change by mere passing of time.
     *
     * @param aging how windowed ones do
     * @param derived those computed from one that does
     */
    private record Changing(Map<String, Aging> aging, Map<String, Expression> derived) {}

    /** For rows of that view. */
    public LaterValues(ViewPlan view) {
        this.view = requireNonNull(view, "view");
    }

    /** The value of a column that much later than its row; as in the row where no time has passed. */
    @Nullable
    Object value(String column, Map<String, @Nullable Object> stored, long elapsedMillis) {
        Object value = stored.get(column);
        if (elapsedMillis <= 0) {
            return value;
        }
        Changing found = changing();
        Aging aging = found.aging().get(column);
        if (aging != null) {
            return aging.later(value, elapsedMillis);
        }
        Expression derived = found.derived().get(column);
        return derived == null ? value : derived(derived, stored, elapsedMillis);
    }

    /** All values of a row that much later, in its order. */
    Map<String, @Nullable Object> all(Map<String, @Nullable Object> stored, long elapsedMillis) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        stored.keySet().forEach(column -> values.put(column, value(column, stored, elapsedMillis)));
        return Collections.unmodifiableMap(values);
    }

    private @Nullable Object derived(Expression expression, Map<String, @Nullable Object> stored, long elapsedMillis) {
        List<String> variables = expression.variables();
        @Nullable
        Object[] values = variables.stream()
                .map(name -> value(name, stored, elapsedMillis))
                .toArray();
        try {
            // Bound for this call: what is bound takes one thread at a time.
            return expression.bind(variables).evaluate(values);
        } catch (ExpressionFailedException e) {
            // As in the job: an expression that fails on its values gives null.
            return null;
        }
    }

    private Changing changing() {
        Changing found = changing;
        if (found == null) {
            found = find(view);
            changing = found;
        }
        return found;
    }

    private static Changing find(ViewPlan view) {
        Map<String, Aging> aging = new HashMap<>();
        Map<String, Expression> derived = new HashMap<>();
        for (Column column : view.columns()) {
            if (column instanceof Column.Windowed windowed && windowed.aging().kind() != Aging.Kind.NONE) {
                aging.put(column.name(), windowed.aging());
            }
            if (column instanceof Column.Computed computed
                    && !Collections.disjoint(computed.expression().variables(), aging.keySet())) {
                derived.put(column.name(), computed.expression());
            }
        }
        return new Changing(aging, derived);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LaterValues later && view.equals(later.view);
    }

    @Override
    public int hashCode() {
        return view.hashCode();
    }

    @Override
    public String toString() {
        return "of view " + view.view().name();
    }
}
