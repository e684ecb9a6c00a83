/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import org.apache.flink.api.common.accumulators.LongMaximum;
import org.apache.flink.api.common.accumulators.LongMinimum;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Two numbers with a pause between them: tells what CPU time an idle process takes, as {@link EventStream} does. */
final class IdleStream extends RichMapFunction<Long, Long> {

    private static final long serialVersionUID = 1L;
    private static final long PAUSE_MILLIS = 2_000;

    private final LongMinimum first = new LongMinimum();
    private final LongMaximum last = new LongMaximum();
    private final LongMinimum firstCpu = new LongMinimum();
    private final LongMaximum lastCpu = new LongMaximum();

    @Override
    public void open(OpenContext context) {
        getRuntimeContext().addAccumulator(EventStream.FIRST, first);
        getRuntimeContext().addAccumulator(EventStream.LAST, last);
        getRuntimeContext().addAccumulator(EventStream.FIRST_CPU, firstCpu);
        getRuntimeContext().addAccumulator(EventStream.LAST_CPU, lastCpu);
    }

    @Override
    public Long map(Long number) throws InterruptedException {
        if (number == 0) {
            // Compilers and collectors that are still at work on the start of the job are no part of idling.
            Thread.sleep(PAUSE_MILLIS);
            firstCpu.add(EventStream.cpuNanos());
            first.add(System.nanoTime());
            Thread.sleep(PAUSE_MILLIS);
        } else {
            last.add(System.nanoTime());
            lastCpu.add(EventStream.cpuNanos());
        }
        return number;
    }
}
