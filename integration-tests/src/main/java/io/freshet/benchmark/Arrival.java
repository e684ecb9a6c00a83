/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.event.SelectedEvent;
import org.apache.flink.api.common.accumulators.LongMaximum;
import org.apache.flink.api.common.accumulators.LongMinimum;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Stands behind the network and right before an operator, in its thread: from when the first event comes here, with the
 * operator's state opened, until the last comes, the operator does all of its work. At the source the first would leave
 * before a slow state backend is open, and when the last leaves, thousands would still lie in network buffers.
 */
final class Arrival extends RichMapFunction<SelectedEvent, SelectedEvent> {

    private static final long serialVersionUID = 1L;

    /** Accumulators: {@link System#nanoTime} when the first and when the last event came. */
    static final String FIRST = "first-arrival-nanos";

    static final String LAST = "last-arrival-nanos";

    /** Accumulators: CPU time of the process when the first and when the last event came, in ns. */
    static final String FIRST_CPU = "first-arrival-cpu-nanos";

    static final String LAST_CPU = "last-arrival-cpu-nanos";

    private final int subtasks;
    private final long firstOfLast;
    private final LongMinimum first = new LongMinimum();
    private final LongMinimum firstCpu = new LongMinimum();
    private final LongMaximum last = new LongMaximum();
    private final LongMaximum lastCpu = new LongMaximum();

    /**
     * Looks out for the first and the last event of each subtask of the source.
     *
     * @param events number of events
     * @param subtasks parallelism of the source
     */
    Arrival(long events, int subtasks) {
        this.subtasks = subtasks;
        this.firstOfLast = events - subtasks;
    }

    @Override
    public void open(OpenContext context) {
        getRuntimeContext().addAccumulator(FIRST, first);
        getRuntimeContext().addAccumulator(FIRST_CPU, firstCpu);
        getRuntimeContext().addAccumulator(LAST, last);
        getRuntimeContext().addAccumulator(LAST_CPU, lastCpu);
    }

    @Override
    public SelectedEvent map(SelectedEvent event) {
        if (event.offset() < subtasks) {
            firstCpu.add(EventStream.cpuNanos());
            first.add(System.nanoTime());
        }
        if (event.offset() >= firstOfLast) {
            last.add(System.nanoTime());
            lastCpu.add(EventStream.cpuNanos());
        }
        return event;
    }
}
