/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.definition.Column;
import io.freshet.definition.Function;
import io.freshet.definition.Window;
import io.freshet.event.SelectedEvent;
import io.freshet.expression.ValueType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Random columns and random events of one entity, in order of time, all from one seed: several windows and hops,
 * filters, nulls, ties, gaps longer than any window, times before 1970 and at the ends of long, sums that overflow, doubles that cancel.
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
            ValueType.DOUBLE);
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
                .mapToLong(window -> window.lengthMillis() + window.hopMillis())
                .max()
                .orElse(100);
        events = events(eventCount);
    }

    /** All columns that exist over an input, over that window. */
    static List<Column.Aggregate> everyAggregate() {
        List<Column.Aggregate> all = new ArrayList<>();
        all.add(new Column.Aggregate(Function.COUNT, Column.Aggregate.ALL_EVENTS, ValueType.LONG, -1));
        for (Function function : Function.values()) {
            for (int input = 0; input < INPUTS.size(); input++) {
                if (function.resultType(INPUTS.get(input)).isPresent()) {
                    all.add(new Column.Aggregate(function, input, INPUTS.get(input), -1));
                }
            }
        }
        return all;
    }

    private List<Window> windows() {
        List<Window> windows = new ArrayList<>();
        long hop = HOPS[random.nextInt(HOPS.length)];
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            long length = hop * (1 + random.nextInt(20));
            windows.add(new Window("w" + i, length, hop));
            if (random.nextBoolean()) {
                hop = HOPS[random.nextInt(HOPS.length)];
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
        for (int i = 0; i < features; i++) {
            Column.Aggregate any = all.get(random.nextInt(all.size()));
            int filter = random.nextInt(FILTERS + 2) - 2;
            Column.Aggregate aggregate = new Column.Aggregate(
                    any.function(), any.input(), any.inputType(), Math.max(filter, Column.Aggregate.NO_FILTER));
            for (Window window : windows) {
                if (window == windows.get(0) || random.nextInt(3) > 0) {
                    ValueType type = any.function().resultType(any.inputType()).orElseThrow();
                    chosen.add(new Column.Windowed("f" + i + "_" + window.label(), type, aggregate, window));
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
            case LIST, MAP -> throw new IllegalStateException("No input is one");
        };
    }
}
