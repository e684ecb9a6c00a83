/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.event.SelectedEvent;
import io.freshet.expression.Expression;
import io.freshet.expression.ExpressionFailedException;
import io.freshet.function.Aging;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges the values of a view's rows by the {@link Oracle}, those of computed columns too. Used by one thread. */
public final class RowOracle {

    /** Of a computed column: its inputs may be off by the last bits. */
    private static final double RELATIVE_TOLERANCE = 1e-9;

    private final List<Column> columns;
    private final List<Column.Windowed> windowed;
    private final List<String> names;
    private final Oracle oracle;

    /** An oracle of that view that knows no event yet. */
    public RowOracle(ViewPlan plan) {
        columns = plan.columns();
        windowed = plan.windowed();
        names = windowed.stream().map(Column::name).toList();
        oracle = new Oracle(windowed);
    }

    /** Learns of an event, in any order. */
    public void add(SelectedEvent event) {
        oracle.add(event);
    }

    /** Whether it can judge that column of the row: it knows no functions of users' jars. */
    public boolean knows(int column) {
        return drawsOn(column).stream().allMatch(oracle::knows);
    }

    /** Whether values of that column change by mere passing of time, between two rows. */
    public boolean ages(int column) {
        return drawsOn(column).stream().anyMatch(of -> windowed.get(of).aging().kind() != Aging.Kind.NONE);
    }

    /** The windowed columns that a column is or is computed from. */
    private List<Integer> drawsOn(int column) {
        return columns.get(column) instanceof Column.Computed computed
                ? computed.expression().variables().stream().map(names::indexOf).toList()
                : List.of(column);
    }

    /**
     * Compares a value with what it must be.
     *
     * @param column position in the row
     * @param moment event time, ms
     * @param actual the value, in the form of its type; null is SQL's null
     * @return what it must be, where it is not
     */
    public Optional<String> contradiction(int column, String entity, long moment, @Nullable Object actual) {
        if (columns.get(column) instanceof Column.Computed computed) {
            Object expected = computed(computed, entity, moment);
            return near(expected, actual) ? Optional.empty() : Optional.of(String.valueOf(expected));
        }
        Answer answer = oracle.answer(column, entity, moment);
        return answer.agreesWith(actual) ? Optional.empty() : Optional.of(answer.toString());
    }

    private @Nullable Object computed(Column.Computed column, String entity, long moment) {
        Expression expression = column.expression();
        @Nullable
        Object[] values = expression.variables().stream()
                .map(name -> oracle.answer(names.indexOf(name), entity, moment).value())
                .toArray();
        try {
            return expression.bind(expression.variables()).evaluate(values);
        } catch (ExpressionFailedException e) {
            // As a row has it: an expression that fails on its values gives null.
            return null;
        }
    }

    private static boolean near(@Nullable Object expected, @Nullable Object actual) {
        if (expected instanceof Double a && actual instanceof Double b) {
            return Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(1, Math.abs(a));
        }
        return expected == null ? actual == null : expected.equals(actual);
    }
}
