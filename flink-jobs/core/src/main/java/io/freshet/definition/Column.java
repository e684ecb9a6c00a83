/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.expression.Expression;
import io.freshet.expression.ValueType;
import io.freshet.function.Aging;
import io.freshet.function.Call;
import io.freshet.function.Computation;
import io.freshet.function.FeatureFunction;
import io.freshet.function.Functions;
import io.freshet.function.RefusedCallException;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** One output column of a view, by its position in the row. */
public sealed interface Column {

    /** Name of the column, unique in its view. */
    String name();

    /** Type of its values. */
    ValueType type();

    /** The window that reaches back furthest among those it draws on: it is complete once the job has seen all events since. */
    Window window();

    /**
     * An aggregate over one window.
     *
     * @param name {@code <feature>_<window>}
     * @param type type of its values
     * @param aggregate what is computed
     * @param window over which window
     */
    record Windowed(String name, ValueType type, Aggregate aggregate, Window window) implements Column {

        /** How its values change by mere passing of time. */
        public Aging aging() {
            return aggregate.bound(window).aging();
        }
    }

    /**
     * An expression over windowed columns.
     *
     * @param name its name
     * @param type type of its values
     * @param expression the compiled expression; its variables are names of windowed columns
     * @param window the window that reaches back furthest among the columns it reads
     */
    record Computed(String name, ValueType type, Expression expression, Window window) implements Column {}

    /**
     * An aggregate, independent of windows: features that differ only in window share one.
     *
     * @param function name of the function
     * @param inputs positions of its inputs in the event; none where whole events are counted
     * @param inputTypes types of the inputs
     * @param arguments text of the function's other parameters, with defaults filled in
     * @param selection which events count, and how they are told apart
     * @param categoryType type of the category's input; LONG where there is none
     */
    record Aggregate(
            String function,
            List<Integer> inputs,
            List<ValueType> inputTypes,
            SortedMap<String, String> arguments,
            Selection selection,
            ValueType categoryType) {

        public Aggregate {
            inputs = List.copyOf(inputs);
            inputTypes = List.copyOf(inputTypes);
            arguments = Collections.unmodifiableSortedMap(new TreeMap<>(arguments));
        }

        /** A function of one input and no other parameter. */
        public static Aggregate of(String function, int input, ValueType type, Selection selection) {
            return new Aggregate(function, List.of(input), List.of(type), new TreeMap<>(), selection, ValueType.LONG);
        }

        /** A function of whole events. */
        public static Aggregate ofEvents(String function, Selection selection) {
            return new Aggregate(function, List.of(), List.of(), new TreeMap<>(), selection, ValueType.LONG);
        }

        /**
         * What is computed over a window of that length, before it is told apart by category.
         *
         * @throws RefusedCallException if the function has no meaning for these types and arguments
         */
        public Computation bind(Window window) throws RefusedCallException {
            FeatureFunction found = Functions.all()
                    .find(function)
                    .orElseThrow(() -> RefusedCallException.ofInput(
                            "Unknown function '" + function + "': the jar that holds it is not on the class path"));
            OptionalLong length = window.isLifetime() ? OptionalLong.empty() : OptionalLong.of(window.lengthMillis());
            return found.bind(new Call(inputTypes, arguments, length));
        }

        /** What is computed over a window that {@link #bind} was found to accept. */
        public Computation bound(Window window) {
            try {
                return bind(window);
            } catch (RefusedCallException e) {
                throw new IllegalStateException("Cannot compute " + function + " of " + inputTypes + ": " + e, e);
            }
        }

        /** Type of the values over that window, with categories and series. */
        public ValueType typeOver(Window window, ValueType of) {
            ValueType type = selection.category() == Selection.NONE ? of : ValueType.map(of);
            return window.isSeries() ? ValueType.list(type) : type;
        }
    }

    /**
     * Which events an aggregate takes, and how it tells them apart.
     *
     * @param filter position of its filter in the event; {@link #NONE} for none
     * @param category position of the input whose values it tells apart; {@link #NONE} for none
     * @param maxCategories how many categories a window may hold; 0 without a category
     * @param latest how many events count, the latest of the window; 0 for all
     */
    record Selection(int filter, int category, int maxCategories, int latest) {
        public static final int NONE = -1;

        /** All events, not told apart. */
        public static final Selection ALL = new Selection(NONE, NONE, 0, 0);

        /** The events for which that filter holds; all where it is {@link #NONE}. */
        public static Selection where(int filter) {
            return new Selection(filter, NONE, 0, 0);
        }
    }

    /** The windowed columns among these, in order. */
    static List<Windowed> windowed(List<Column> columns) {
        return columns.stream()
                .filter(Windowed.class::isInstance)
                .map(Windowed.class::cast)
                .toList();
    }
}
