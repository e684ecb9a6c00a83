/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.freshet.definition.ViewPlan;
import io.freshet.event.SelectedEvent;
import java.lang.management.ManagementFactory;
import org.apache.flink.api.common.accumulators.LongMaximum;
import org.apache.flink.api.common.accumulators.LongMinimum;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.jspecify.annotations.Nullable;

/**
 * Numbers to events: a Zipf key, values in a fixed pattern, in order of time. Tells when the first and the last event left,
 * and what CPU time the process had taken by then: behind a full pipe that is the pace and the cost of what comes after.
 *
 * <p>Flink gives each subtask one consecutive slice of the numbers; they are dealt out again, so that all subtasks are
 * at the same event time.
 */
final class EventStream extends RichMapFunction<Long, SelectedEvent> {

    private static final long serialVersionUID = 1L;
    private static final int NO_PARTITION = 0;

    /** Event time of the first event: a midnight, so that tiles of all hops begin there. */
    static final long START_MILLIS = 1_700_006_400_000L;

    /** Accumulators: {@link System#nanoTime} of the first and of the last event. */
    static final String FIRST = "first-event-nanos";

    static final String LAST = "last-event-nanos";

    /** Accumulators: CPU time of the process at the first and at the last event, in ns. */
    static final String FIRST_CPU = "first-event-cpu-nanos";

    static final String LAST_CPU = "last-event-cpu-nanos";

    private final int entities;
    private final long eventsPerSecond;
    private final int subtasks;
    private final boolean hot;
    private final long slice;
    private final EventValues values;
    private final LongMinimum first = new LongMinimum();
    private final LongMaximum last = new LongMaximum();
    private final LongMinimum firstCpu = new LongMinimum();
    private final LongMaximum lastCpu = new LongMaximum();
    private transient @Nullable ZipfKeys draws;
    private transient String @Nullable [] names;

    /**
     * A stream.
     *
     * @param events number of events, a multiple of the parallelism
     * @param workload entities and pace
     */
    EventStream(long events, Workload workload) {
        this.entities = workload.entities();
        this.eventsPerSecond = workload.eventsPerSecond();
        this.subtasks = workload.parallelism();
        this.hot = workload.hot();
        this.slice = events / subtasks;
        ViewPlan plan = workload.view().plan();
        this.values = new EventValues(plan);
    }

    @Override
    public void open(OpenContext context) {
        getRuntimeContext().addAccumulator(FIRST, first);
        getRuntimeContext().addAccumulator(LAST, last);
        getRuntimeContext().addAccumulator(FIRST_CPU, firstCpu);
        getRuntimeContext().addAccumulator(LAST_CPU, lastCpu);
        draws = new ZipfKeys(entities, slice * subtasks, 42);
        names = names(entities);
    }

    /** The keys of all entities, by rank. */
    static String[] names(int entities) {
        String[] names = new String[entities];
        for (int i = 0; i < entities; i++) {
            names[i] = "entity-" + i;
        }
        return names;
    }

    @Override
    public SelectedEvent map(Long number) {
        ZipfKeys zipf = draws;
        String[] keys = names;
        if (zipf == null || keys == null) {
            throw new IllegalStateException("Cannot make events before open");
        }
        long inSlice = number % slice;
        long n = inSlice * subtasks + number / slice;
        if (inSlice == 0) {
            firstCpu.add(cpuNanos());
            first.add(System.nanoTime());
        }
        if (inSlice == slice - 1) {
            last.add(System.nanoTime());
            lastCpu.add(cpuNanos());
        }
        long time = START_MILLIS + n * 1000 / eventsPerSecond;
        int key = hot && inSlice % 2 == 0 ? 0 : zipf.key(n);
        return new SelectedEvent(keys[key], time, NO_PARTITION, n, time, 0, values.of(n), null);
    }

    /** CPU time that this process has taken, in ns. */
    static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
