/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.definition.Column;
import io.freshet.definition.Window;
import io.freshet.event.SelectedEvent;
import io.freshet.expression.ValueType;
import io.freshet.function.FeatureFunction;
import io.freshet.function.Functions;
import io.freshet.function.Parameter;
import io.freshet.function.RefusedCallException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Random columns and random events of one entity, in order of time, all from one seed: several windows and hops,
 * filters, nulls, vectors of several lengths, ties, gaps longer than any window, times before 1970 and at the ends of long, sums that overflow, doubles that cancel.
 */
final class Scenario {

    static final List<ValueType> INPUTS = List.of(
            ValueType.LONG,
            ValueType.DOUBLE,
            ValueType.decimal(38, 2),
            ValueType.STRING,
            ValueType.BOOLEAN,
            ValueType.TIMESTAMP,
            ValueType.LONG,
            ValueType.DOUBLE,
            ValueType.list(ValueType.DOUBLE),
            ValueType.BOOLEAN,
            ValueType.list(ValueType.LONG),
            ValueType.list(ValueType.decimal(38, 2)));
    private static final List<Integer> CATEGORIES = List.of(0, 3, 4);
    private static final int DIMENSION = 3;
    private static final Window ANY = new Window("any", 1_000, 100);
    private static final int WILD_LONGS = 6;
    private static final int WILD_DOUBLES = 7;
    private static final int FILTERS = 3;
    private static final long[] HOPS = {1, 1, 2, 5, 10, 60, 1000};

    final List<Column.Windowed> columns;
    final List<SelectedEvent> events;
    final long longestMillis;

    private final Random random;

    Scenario(long seed, int eventCount) {
        random = new Random(seed);
        List<Window> windows = windows();
        columns = columns(windows);
        longestMillis = windows.stream()
                .filter(window -> !window.isLifetime())
                .mapToLong(Window::memoryMillis)
                .max()
                .orElse(100);
        events = events(eventCount);
    }

    /** Every function of every input that it takes, each with arguments that small windows tell apart. */
    static List<Column.Aggregate> everyAggregate() {
        List<Column.Aggregate> all = new ArrayList<>();
        for (FeatureFunction function : Functions.all().functions()) {
            SortedMap<String, String> arguments = new TreeMap<>();
            int others = 0;
            for (Parameter parameter : function.parameters()) {
                if (parameter.isInput()) {
                    others++;
                } else {
                    arguments.put(parameter.name(), argument(parameter));
                }
            }
            if (function.mainInput() == FeatureFunction.MainInput.VALUES_OR_EVENTS) {
                addIfTaken(all, function, List.of(), arguments);
            }
            for (List<Integer> inputs : tuples(1 + others)) {
                addIfTaken(all, function, inputs, arguments);
            }
        }
        return all;
    }

    private static String argument(Parameter parameter) {
        return switch (parameter.kind()) {
            // So many that windows stay within such a bound as often as they exceed it.
            case COUNT -> parameter.name().startsWith("max_") ? "9" : "3";
            case NUMBER -> parameter.otherwise().orElse("0.5");
            case DURATION -> "40ms";
            case INPUT -> throw new IllegalArgumentException("An input is no argument");
        };
    }

    private static List<List<Integer>> tuples(int size) {
        List<List<Integer>> tuples = List.of(List.of());
        for (int i = 0; i < size; i++) {
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> tuple : tuples) {
                for (int input = 0; input < INPUTS.size(); input++) {
                    List<Integer> next = new ArrayList<>(tuple);
                    next.add(input);
                    longer.add(next);
                }
            }
            tuples = longer;
        }
        return tuples;
    }

    private static void addIfTaken(
            List<Column.Aggregate> all,
            FeatureFunction function,
            List<Integer> inputs,
            SortedMap<String, String> arguments) {
        Column.Aggregate aggregate = new Column.Aggregate(
                function.label(),
                inputs,
                inputs.stream().map(INPUTS::get).toList(),
                arguments,
                Column.Selection.ALL,
                ValueType.LONG);
        if (type(aggregate, ANY).isPresent()) {
            all.add(aggregate);
        }
    }

    /** Type of the values over that window; empty where the function refuses it. */
    static Optional<ValueType> type(Column.Aggregate aggregate, Window window) {
        try {
            ValueType of = aggregate.bind(window).type();
            boolean perCategory = aggregate.selection().category() != Column.Selection.NONE;
            return perCategory && !of.isScalar() ? Optional.empty() : Optional.of(aggregate.typeOver(window, of));
        } catch (RefusedCallException e) {
            return Optional.empty(); // asked in order to know
        }
    }

    private List<Window> windows() {
        List<Window> windows = new ArrayList<>();
        long hop = HOPS[random.nextInt(HOPS.length)];
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            long length = hop * (1 + random.nextInt(20));
            long offset = random.nextInt(4) == 0 ? hop * random.nextInt(30) : 0;
            int series = random.nextInt(6) == 0 ? 2 + random.nextInt(3) : 1;
            windows.add(new Window("w" + i, length, hop, offset, series));
            int change = random.nextInt(3);
            if (change == 0) {
                hop = HOPS[random.nextInt(HOPS.length)];
            } else if (change == 1) {
                hop *= 1 + random.nextInt(6);
            }
        }
        if (random.nextInt(4) == 0) {
            windows.add(Window.LIFETIME);
        }
        return windows;
    }

    private List<Column.Windowed> columns(List<Window> windows) {
        List<Column.Aggregate> all = everyAggregate();
        List<Column.Windowed> chosen = new ArrayList<>();
        int features = 1 + random.nextInt(12);
        for (int i = 0; i < features || chosen.isEmpty(); i++) {
            Column.Aggregate any = all.get(random.nextInt(all.size()));
            int filter = Math.max(random.nextInt(FILTERS + 2) - 2, Column.Selection.NONE);
            int category = random.nextInt(8) == 0 ? CATEGORIES.get(random.nextInt(3)) : Column.Selection.NONE;
            int latest = random.nextInt(8) == 0 ? 1 + random.nextInt(5) : 0;
            boolean told = category != Column.Selection.NONE;
            Column.Aggregate aggregate = new Column.Aggregate(
                    any.function(),
                    any.inputs(),
                    any.inputTypes(),
                    any.arguments(),
                    new Column.Selection(filter, category, told ? 4 + random.nextInt(5) : 0, latest),
                    told ? INPUTS.get(category) : ValueType.LONG);
            for (Window window : windows) {
                Optional<ValueType> type = type(aggregate, window);
                if (type.isPresent() && (window == windows.get(0) || random.nextInt(3) > 0)) {
                    chosen.add(new Column.Windowed("f" + i + "_" + window.label(), type.get(), aggregate, window));
                }
            }
        }
        return chosen;
    }

    private List<SelectedEvent> events(int count) {
        long step = Math.max(1, longestMillis / (1 + random.nextInt(20)));
        long span = count * (3 * longestMillis + 3);
        long[] bases = {0, -span / 2, 1_700_000_000_000L, Long.MIN_VALUE, Long.MAX_VALUE - span};
        long time = bases[random.nextInt(bases.length)];
        List<SelectedEvent> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(10);
            if (kind == 0) {
                time += 2 * longestMillis + random.nextInt(3);
            } else if (kind > 2) {
                time += random.nextLong(step + 1);
            }
            made.add(event(time, i));
        }
        return made;
    }

    private SelectedEvent event(long time, int offset) {
        @Nullable Object[] inputs = new Object[INPUTS.size()];
        for (int input = 0; input < inputs.length; input++) {
            inputs[input] = random.nextInt(6) == 0 ? null : value(input, random);
        }
        return new SelectedEvent(
                "k", time, random.nextInt(3), offset, offset, random.nextLong() & (1 << FILTERS) - 1, inputs, null);
    }

    /** A value for that input. */
    static Object value(int input, Random random) {
        if (input == WILD_LONGS) {
            long[] wild = {Long.MAX_VALUE, Long.MIN_VALUE, -1, 0, 1L << 60, random.nextLong()};
            return wild[random.nextInt(wild.length)];
        }
        if (input == WILD_DOUBLES) {
            double[] wild = {1e16, -1e16, 1, 0.1, -0.0, 0.0, 1e-300, Double.MIN_VALUE, 1e308, -1e308, 1e150, 3e15};
            return wild[random.nextInt(wild.length)];
        }
        return switch (INPUTS.get(input).kind()) {
            case LONG -> (long) random.nextInt(21) - 10;
            case DOUBLE -> random.nextGaussian() * 100;
            case DECIMAL ->
                random.nextInt(8) == 0
                        ? new BigDecimal("999999999999999999999999999999999999.99")
                        : BigDecimal.valueOf(random.nextInt(2000) - 1000, 2);
            case STRING -> random.nextInt(10) == 0 ? "" : "s" + random.nextInt(8);
            case BOOLEAN -> random.nextBoolean();
            case TIMESTAMP -> 1_700_000_000_000L + random.nextInt(1000);
            case LIST -> vector(INPUTS.get(input).element(), random);
            case MAP -> throw new IllegalStateException("No input is one");
        };
    }

    /** Most are of the dimension that is asked for, and few have a null in them. */
    private static List<@Nullable Object> vector(ValueType element, Random random) {
        int size = random.nextInt(5) == 0 ? random.nextInt(2 * DIMENSION) : DIMENSION;
        // Of longs and doubles the last input is the wild one.
        int input = random.nextInt(4) == 0 ? INPUTS.lastIndexOf(element) : INPUTS.indexOf(element);
        List<@Nullable Object> vector = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            vector.add(random.nextInt(20) == 0 ? null : value(input, random));
        }
        return Collections.unmodifiableList(vector);
    }
}
