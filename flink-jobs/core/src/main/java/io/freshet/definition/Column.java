/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.expression.Expression;
import io.freshet.expression.ValueType;
import java.util.List;

/** One output column of a view, by its position in the row. */
public sealed interface Column {

    /** Name of the column, unique in its view. */
    String name();

    /** Type of its values. */
    ValueType type();

    /** The longest window it draws on: it is complete once the job has seen all events since as_of minus that. */
    Window window();

    /**
     * An aggregate over one window.
     *
     * @param name {@code <feature>_<window>}
     * @param type type of its values
     * @param aggregate what is computed
     * @param window over which window
     */
    record Windowed(String name, ValueType type, Aggregate aggregate, Window window) implements Column {}

    /**
     * An expression over windowed columns.
     *
     * @param name its name
     * @param type type of its values
     * @param expression the compiled expression; its variables are names of windowed columns
     * @param window the longest window among the columns it reads
     */
    record Computed(String name, ValueType type, Expression expression, Window window) implements Column {}

    /**
     * An aggregate, independent of windows: features that differ only in window share one.
     *
     * @param function the function
     * @param input position of its input in the event; {@link #ALL_EVENTS} for {@code *}
     * @param inputType type of the input; LONG for {@code *}
     * @param filter position of its filter in the event; {@link #NO_FILTER} for none
     */
    record Aggregate(Function function, int input, ValueType inputType, int filter) {
        public static final int ALL_EVENTS = -1;
        public static final int NO_FILTER = -1;
    }

    /** The windowed columns among these, in order. */
    static List<Windowed> windowed(List<Column> columns) {
        return columns.stream()
                .filter(Windowed.class::isInstance)
                .map(Windowed.class::cast)
                .toList();
    }
}
