/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.reading;

import io.freshet.definition.Column;
import io.freshet.expression.Expression;
import io.freshet.expression.ExpressionFailedException;
import io.freshet.function.Aging;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings the values of a view's rows to a later moment: ages grow, decayed values fade, and what is derived of such
 * columns is computed anew. All other values stay. That is right as long as no newer row is to come, which would hold what
 * happened since: up to the moment up to which the job has seen all events, and beyond it where nothing happened. Rows of
 * one view share one of these; two are equal where their columns are. Safe for use by many threads.
 */
public final class LaterValues {

    private final List<Column> columns;
    private final List<String> names;

    /** Found when first asked for: most reads never ask. */
    private volatile @Nullable Changing changing;

    /**
     * The columns that change by mere passing of time, by position.
     *
     * @param aging how windowed ones do
     * @param derived those computed from one that does
     */
    private record Changing(SortedMap<Integer, Aging> aging, SortedMap<Integer, Expression> derived) {}

    /**
     * For rows of these columns.
     *
     * @param columns columns of one view; what is derived of an age or a decayed value has all it reads among them
     */
    public LaterValues(List<Column> columns) {
        this.columns = List.copyOf(columns);
        this.names = columns.stream().map(Column::name).toList();
    }

    /** Names of the columns, in order. */
    public List<String> names() {
        return names;
    }

    /** Whether a value of the column at that position changes while nothing happens. */
    boolean changes(int column) {
        return changing().aging().containsKey(column) || changing().derived().containsKey(column);
    }

    /**
     * All values that much later.
     *
     * @param stored as of the row, one per column; it stays as it is
     * @param elapsedMillis time since the row's as_of, ms; a negative one counts as 0
     */
    public @Nullable Object[] at(@Nullable Object[] stored, long elapsedMillis) {
        return elapsedMillis <= 0 ? stored.clone() : forOneThread().at(stored, elapsedMillis);
    }

    /** The same for many rows, of which each would look for what is computed anew. */
    public ForOneThread forOneThread() {
        return new ForOneThread(changing(), names);
    }

    /** Brings rows to a later moment, as {@link LaterValues#at} does. Used by one thread at a time. */
    public static final class ForOneThread {

        private final SortedMap<Integer, Aging> aging;
        private final SortedMap<Integer, Expression.Bound> derived = new TreeMap<>();

        private ForOneThread(Changing changing, List<String> names) {
            aging = changing.aging();
            changing.derived().forEach((column, expression) -> derived.put(column, expression.bind(names)));
        }

        /**
         * All values that much later.
         *
         * @param stored as of the row, one per column; it stays as it is
         * @param elapsedMillis time since the row's as_of, ms; a negative one counts as 0
         */
        public @Nullable Object[] at(@Nullable Object[] stored, long elapsedMillis) {
            @Nullable Object[] values = stored.clone();
            if (elapsedMillis <= 0) {
                return values;
            }
            aging.forEach((column, how) -> values[column] = how.later(values[column], elapsedMillis));
            for (Map.Entry<Integer, Expression.Bound> each : derived.entrySet()) {
                values[each.getKey()] = derived(each.getValue(), values);
            }
            return values;
        }

        private static @Nullable Object derived(Expression.Bound expression, @Nullable Object[] values) {
            try {
                return expression.evaluate(values);
            } catch (ExpressionFailedException e) {
                // As in the job: an expression that fails on its values gives null.
                return null;
            }
        }
    }

    private Changing changing() {
        Changing found = changing;
        if (found == null) {
            found = find(columns);
            changing = found;
        }
        return found;
    }

    private static Changing find(List<Column> columns) {
        SortedMap<Integer, Aging> aging = new TreeMap<>();
        Set<String> names = new HashSet<>();
        SortedMap<Integer, Expression> derived = new TreeMap<>();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i) instanceof Column.Windowed windowed
                    && windowed.aging().kind() != Aging.Kind.NONE) {
                aging.put(i, windowed.aging());
                names.add(windowed.name());
            }
        }
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i) instanceof Column.Computed computed
                    && !Collections.disjoint(computed.expression().variables(), names)) {
                derived.put(i, computed.expression());
            }
        }
        return new Changing(aging, derived);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LaterValues later && columns.equals(later.columns);
    }

    @Override
    public int hashCode() {
        return columns.hashCode();
    }

    @Override
    public String toString() {
        return "of columns " + names;
    }
}
