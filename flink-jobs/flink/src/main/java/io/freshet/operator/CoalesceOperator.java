/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import io.freshet.definition.Emit;
import io.freshet.definition.ViewPlan;
import io.freshet.event.SelectedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Spares hot entities a row per event: of each entity the first event of an interval passes at once, those that follow
 * are held to its end and then go one after the other, all but the last of them silent. So an entity that is quiet waits
 * for nothing, and a hot one gives two rows per interval and task instead of thousands. Values in the end are the same.
 *
 * <p>What is held goes in order of event time: if the last, which is not silent, proves late, so do those before it, and
 * no change stays without a row. Nothing is held across a watermark or a checkpoint.
 */
public final class CoalesceOperator extends AbstractStreamOperator<SelectedEvent>
        implements OneInputStreamOperator<SelectedEvent, SelectedEvent>, ProcessingTimeCallback {
    private static final long serialVersionUID = 1L;

    private static final int MOST_EVENTS = 10_000;
    private static final Comparator<SelectedEvent> BY_TIME = Comparator.comparingLong(SelectedEvent::timeMillis);

    private final long intervalMillis;
    private final int mostEvents;

    /** The entities of this interval, each with the events held of it. */
    private transient Map<String, List<SelectedEvent>> held;

    private transient int events;
    private transient boolean timerSet;
    private transient StreamRecord<SelectedEvent> item;

    @SuppressWarnings("NullAway.Init") // open comes before all else
    CoalesceOperator(long intervalMillis, int mostEvents) {
        this.intervalMillis = intervalMillis;
        this.mostEvents = mostEvents;
    }

    /**
     * Puts it behind the events of a view, before they are keyed.
     *
     * @param interval how long an event may wait, processing time, above 0
     * @throws IllegalArgumentException if the view emits on watermark: it applies events in order of their time, in which
     *     one that is silent may come last
     */
    public static SingleOutputStreamOperator<SelectedEvent> attach(
            DataStream<SelectedEvent> events, ViewPlan plan, Duration interval) {
        String view = plan.view().name();
        if (plan.view().emit() == Emit.ON_WATERMARK) {
            throw new IllegalArgumentException(
                    "Cannot coalesce events of view '" + view + "': it emits on watermark, expected emit: on_event");
        }
        return events.transform(
                "coalesce " + view, events.getType(), new CoalesceOperator(interval.toMillis(), MOST_EVENTS));
    }

    @Override
    public void open() throws Exception {
        super.open();
        held = new LinkedHashMap<>();
        item = new StreamRecord<>(null);
    }

    @Override
    public void processElement(StreamRecord<SelectedEvent> record) {
        SelectedEvent event = record.getValue();
        List<SelectedEvent> waiting = held.get(event.entity());
        if (waiting == null) {
            held.put(event.entity(), new ArrayList<>(0));
            output.collect(record);
        } else {
            waiting.add(event);
        }
        if (++events >= mostEvents) {
            release();
        } else if (!timerSet) {
            timerSet = true;
            long now = getProcessingTimeService().getCurrentProcessingTime();
            getProcessingTimeService().registerTimer(now + intervalMillis, this);
        }
    }

    @Override
    public void onProcessingTime(long timestamp) {
        timerSet = false;
        release();
    }

    private void release() {
        for (List<SelectedEvent> waiting : held.values()) {
            waiting.sort(BY_TIME);
            int last = waiting.size() - 1;
            for (int i = 0; i <= last; i++) {
                SelectedEvent event = waiting.get(i);
                output.collect(item.replace(i < last ? event.silently() : event, event.timeMillis()));
            }
        }
        held.clear();
        events = 0;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        release();
        super.processWatermark(mark);
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        release();
        super.processWatermarkStatus(status);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        release();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void finish() throws Exception {
        release();
        super.finish();
    }
}
