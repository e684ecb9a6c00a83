/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import io.freshet.source.SourceRecord;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.accumulators.LongMaximum;
import org.apache.flink.api.common.accumulators.LongMinimum;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Counts the records of a topic or its files, and says at the end of what times the events of each partition were. */
final class TopicTally extends AbstractStreamOperator<long[]>
        implements OneInputStreamOperator<SourceRecord, long[]>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private final int topic;
    private final String where;
    private transient Map<Integer, Extent> extents;
    private transient LongCounter read;

    @SuppressWarnings("NullAway.Init") // open comes before all else
    TopicTally(int topic, String where) {
        this.topic = topic;
        this.where = where;
    }

    @Override
    public void open() throws Exception {
        super.open();
        extents = new HashMap<>();
        read = getRuntimeContext().getLongCounter(JobCounts.read(where));
    }

    @Override
    public void processElement(StreamRecord<SourceRecord> item) {
        read.add(1);
        if (item.getValue() instanceof SourceRecord.Dead dead) {
            getRuntimeContext()
                    .getLongCounter(JobCounts.deadLetters(where)
                            + dead.letter().reason().label())
                    .add(1);
        } else if (item.getValue() instanceof SourceRecord.Decoded event) {
            long time = event.timeMillis();
            extents.merge(
                    event.origin().partition(),
                    new Extent(topic, event.origin().partition(), time, time),
                    (known, one) -> new Extent(
                            topic,
                            known.partition(),
                            Math.min(known.minMillis(), one.minMillis()),
                            Math.max(known.maxMillis(), one.maxMillis())));
        }
    }

    @Override
    public void endInput() {
        LongMinimum first = new LongMinimum();
        LongMaximum last = new LongMaximum();
        extents.values().forEach(extent -> {
            first.add(extent.minMillis());
            last.add(extent.maxMillis());
        });
        getRuntimeContext().addAccumulator(JobCounts.first(where), first);
        getRuntimeContext().addAccumulator(JobCounts.last(where), last);
        extents.values().forEach(extent -> output.collect(new StreamRecord<>(extent.toArray())));
    }
}
