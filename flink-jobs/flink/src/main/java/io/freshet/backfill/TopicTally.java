/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import io.freshet.source.SourceRecord;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Counts the records of a topic, and says at the end of what times the events of each partition were. */
final class TopicTally extends AbstractStreamOperator<long[]>
        implements OneInputStreamOperator<SourceRecord, long[]>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private final String topic;
    private transient Map<Integer, Extent> extents;
    private transient LongCounter read;

    @SuppressWarnings("NullAway.Init") // open comes before all else
    TopicTally(String topic) {
        this.topic = topic;
    }

    @Override
    public void open() throws Exception {
        super.open();
        extents = new HashMap<>();
        read = getRuntimeContext().getLongCounter(JobCounts.read(topic));
    }

    @Override
    public void processElement(StreamRecord<SourceRecord> item) {
        read.add(1);
        if (item.getValue() instanceof SourceRecord.Dead dead) {
            getRuntimeContext()
                    .getLongCounter(JobCounts.topicDeadLetters(topic)
                            + dead.letter().reason().label())
                    .add(1);
        } else if (item.getValue() instanceof SourceRecord.Decoded event) {
            long time = event.timeMillis();
            extents.merge(
                    event.origin().partition(),
                    new Extent(event.origin().partition(), time, time),
                    (known, one) -> new Extent(
                            known.partition(),
                            Math.min(known.minMillis(), one.minMillis()),
                            Math.max(known.maxMillis(), one.maxMillis())));
        }
    }

    @Override
    public void endInput() {
        extents.values().forEach(extent -> output.collect(new StreamRecord<>(extent.toArray())));
    }
}
