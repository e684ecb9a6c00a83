/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.definition.Column;
import io.freshet.definition.Emit;
import io.freshet.definition.Window;
import io.freshet.event.SelectedEvent;
import io.freshet.expression.ValueType;
import io.freshet.metrics.ViewMetrics;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * How many events per second one core takes through the engine on the heap: windows of 1m, 10m, 1h and 1d with count, sum, min and max of a long,
 * 100,000 entities of Zipf's distribution. Prints figures; not a test.
 *
 * <p>Arguments: events per second of event time (50000), events in all (5000000), functions (count,sum,min,max).
 */
final class WindowThroughput {

    private static final int ENTITIES = Integer.getInteger("entities", 100_000);
    private static final int MILLION = 1_000_000;
    private static final double NANOS = 1e9;

    private final WindowEngine engine;
    private final EntityState[] states = new EntityState[ENTITIES];
    private long rows;
    private long checksum;

    private WindowThroughput(List<String> functions) {
        Window[] windows = {
            new Window("1m", 60_000, 1_000),
            new Window("10m", 600_000, 10_000),
            new Window("1h", 3_600_000, 60_000),
            new Window("1d", 86_400_000, 900_000)
        };
        List<Column.Windowed> columns = new ArrayList<>();
        for (String function : functions) {
            for (Window window : windows) {
                Column.Aggregate aggregate = Column.Aggregate.of(function, 0, ValueType.LONG, Column.Selection.ALL);
                columns.add(new Column.Windowed(
                        function + "_" + window.label(),
                        aggregate.bound(window).type(),
                        Column.Aggregate.of(function, 0, ValueType.LONG, Column.Selection.ALL),
                        window));
            }
        }
        engine = new WindowEngine(columns, Emit.ON_EVENT, ViewMetrics.NONE);
    }

    public static void main(String[] arguments) {
        int perSecond = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50_000;
        int events = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5 * MILLION;
        List<String> functions = arguments.length > 2
                ? Arrays.stream(arguments[2].split(",")).toList()
                : List.of("count", "sum", "min", "max");
        new WindowThroughput(functions).run(perSecond, events);
    }

    private void run(int perSecond, int events) {
        int[] entities = zipf(1 << 20);
        long begun = cpuNanos();
        long lapRows = 0;
        for (int i = 0; i < events; i++) {
            int entity = entities[(int) (i * 0x9E3779B97F4A7C15L >>> 44)];
            long time = (long) i * 1000 / perSecond;
            Object[] inputs = {(long) (i * 31 & 1023)};
            SelectedEvent event = new SelectedEvent("k", time, 0, i, 0, 0, inputs, null);
            EntityState state = states[entity];
            if (state == null) {
                state = engine.newState();
                states[entity] = state;
            }
            engine.accept(state, event, Long.MIN_VALUE, this::take);
            if ((i + 1) % MILLION == 0) {
                double seconds = (cpuNanos() - begun) / NANOS;
                System.out.printf(
                        "%,d events at %,d/s of event time: %.2f M events/s, %.2f M rows/s%n",
                        i + 1, perSecond, 1 / seconds, (rows - lapRows) / seconds / MILLION);
                lapRows = rows;
                begun = cpuNanos();
            }
        }
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                "%,d rows, %,d MB of heap, checksum %d%n",
                rows, (runtime.totalMemory() - runtime.freeMemory()) >> 20, checksum);
    }

    /** Time on the core, so that other work on the machine does not count; the collector's threads do not either. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void take(long asOfMillis, long seq, @Nullable Object[] values, @Nullable SelectedEvent cause) {
        rows++;
        checksum += seq + (values[0] == null ? 0 : (Long) values[0]);
    }

    /** Entities drawn with probability 1 / rank. */
    private static int[] zipf(int draws) {
        double[] upTo = new double[ENTITIES];
        double sum = 0;
        for (int rank = 0; rank < ENTITIES; rank++) {
            sum += 1.0 / (rank + 1);
            upTo[rank] = sum;
        }
        Random random = new Random(7);
        int[] drawn = new int[draws];
        for (int i = 0; i < draws; i++) {
            int found = Arrays.binarySearch(upTo, random.nextDouble() * sum);
            drawn[i] = found < 0 ? -found - 1 : found;
        }
        return drawn;
    }
}
