/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.batch;

import io.freshet.source.SourceRecord;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.accumulators.LongMaximum;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Counts the rows of files, and says at the end how far their events had come when: {@link Step} as arrays. */
@SuppressWarnings("NullAway.Init") // open comes before all else
final class StepsOperator extends AbstractStreamOperator<long[]>
        implements OneInputStreamOperator<SourceRecord, long[]>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private final int[] loads;
    private final boolean toTheMinute;
    private transient Step.Collected steps;
    private transient LongCounter read;
    private transient LongMaximum reached;

    /**
     * For events of a view.
     *
     * @param toTheMinute see {@link Step.Collected}
     * @param loads number of the load of each file, by number of the file
     */
    StepsOperator(boolean toTheMinute, int[] loads) {
        this.loads = loads.clone();
        this.toTheMinute = toTheMinute;
    }

    @Override
    public void open() throws Exception {
        super.open();
        steps = new Step.Collected(toTheMinute);
        read = getRuntimeContext().getLongCounter(BatchCounts.READ);
        reached = new LongMaximum();
    }

    @Override
    public void processElement(StreamRecord<SourceRecord> item) {
        read.add(1);
        if (item.getValue() instanceof SourceRecord.Decoded event) {
            steps.add(loads[event.origin().partition()], event.ingestedAtMillis(), event.timeMillis());
            reached.add(event.timeMillis());
        }
    }

    @Override
    public void endInput() {
        getRuntimeContext().addAccumulator(BatchCounts.REACHED, reached);
        steps.steps().forEach(step -> output.collect(new StreamRecord<>(step.toArray())));
    }
}
