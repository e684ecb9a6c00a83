/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.event.SelectedEvent;
import org.apache.flink.api.common.accumulators.LongMaximum;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Stands behind the network and right before an operator, in its thread: when the last event comes here, the operator has
 * done all before it. At the source the last thousands of events would still lie in network buffers, and a slow operator
 * would look better than it is.
 */
final class Arrival extends RichMapFunction<SelectedEvent, SelectedEvent> {

    private static final long serialVersionUID = 1L;

    /** Accumulators: {@link System#nanoTime}, and CPU time of the process in ns, when the last event came. */
    static final String LAST = "last-arrival-nanos";

    static final String LAST_CPU = "last-arrival-cpu-nanos";

    private final long firstOfLast;
    private final LongMaximum last = new LongMaximum();
    private final LongMaximum lastCpu = new LongMaximum();

    /**
     * Looks out for the last event of each subtask of the source.
     *
     * @param firstOfLast number of the first of these
     */
    Arrival(long firstOfLast) {
        this.firstOfLast = firstOfLast;
    }

    @Override
    public void open(OpenContext context) {
        getRuntimeContext().addAccumulator(LAST, last);
        getRuntimeContext().addAccumulator(LAST_CPU, lastCpu);
    }

    @Override
    public SelectedEvent map(SelectedEvent event) {
        if (event.offset() >= firstOfLast) {
            last.add(System.nanoTime());
            lastCpu.add(EventStream.cpuNanos());
        }
        return event;
    }
}
