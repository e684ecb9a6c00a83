/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import static java.util.Objects.requireNonNull;

import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import io.freshet.event.DeadLetter;
import io.freshet.event.DeadLetterReason;
import io.freshet.event.PartitionNumbers;
import io.freshet.event.SelectedEvent;
import io.freshet.monitoring.FlinkViewMetrics;
import io.freshet.row.FeatureRow;
import io.freshet.window.WindowEngine;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the windows of each entity of one view current and emits a row each time they change. All meaning is in
 * {@link WindowEngine}; this keeps the state, and one event-time timer per entity, set to when a value next changes.
 *
 * <p>An event that no window can use any more goes to the side output with its value, where that was kept (see
 * {@link SelectedEvent#raw}), and never with its key: the key a record had in Kafka does not come this far. Topic,
 * partition and offset lead back to it.
 *
 * <p>At the end of a bounded input windows stay where the input ends: they do not run empty.
 */
public final class WindowFunction extends KeyedProcessFunction<String, SelectedEvent, FeatureRow>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private final PlanSource source;
    private final OutputTag<DeadLetter> lateEvents;
    private final AvailableAt availableAt;
    private final long completeSinceMillis;
    private final Clock clock;

    private transient String view;
    private transient List<FeatureView.Source> topics;
    private transient WindowEngine engine;
    private transient RowEmitter rows;
    private transient FlinkViewMetrics metrics;
    private transient ValueState<TimedState> states;

    @SuppressWarnings("NullAway.Init") // initializeState comes before all else
    private transient ListState<Long> savedEntities;

    @SuppressWarnings("NullAway.Init") // initializeState comes before all else
    private transient ListState<Long> savedCompleteSince;

    private transient long entities;
    private transient volatile long watermarkMillis;
    private transient long keptCompleteSinceMillis;
    private transient long reachedMillis;

    /**
     * The windows of one view.
     *
     * @param source the view
     * @param lateEvents where events go that no window can use any more
     * @param availableAt from when a reader could have had a row
     * @param completeSinceMillis event time since which the job sees all events; {@link Long#MIN_VALUE}: all there
     *     ever were. A restored job keeps that of the job that began the state
     */
    public WindowFunction(
            PlanSource source, OutputTag<DeadLetter> lateEvents, AvailableAt availableAt, long completeSinceMillis) {
        this(source, lateEvents, availableAt, completeSinceMillis, Clock.systemUTC());
    }

    WindowFunction(
            PlanSource source,
            OutputTag<DeadLetter> lateEvents,
            AvailableAt availableAt,
            long completeSinceMillis,
            Clock clock) {
        this.source = requireNonNull(source, "source");
        this.lateEvents = requireNonNull(lateEvents, "lateEvents");
        this.availableAt = requireNonNull(availableAt, "availableAt");
        this.completeSinceMillis = completeSinceMillis;
        this.clock = requireNonNull(clock, "clock");
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        savedEntities = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("entity-count", LongSerializer.INSTANCE));
        for (long saved : savedEntities.get()) {
            entities += saved;
        }
        // Every task has the same value; by union each has it too where there are more tasks than before.
        savedCompleteSince = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("complete-since", LongSerializer.INSTANCE));
        Iterator<Long> kept = savedCompleteSince.get().iterator();
        keptCompleteSinceMillis = kept.hasNext() ? kept.next() : completeSinceMillis;
        reachedMillis = Long.MIN_VALUE;
    }

    @Override
    public void open(OpenContext context) {
        ViewPlan plan = source.plan();
        view = plan.view().name();
        topics = plan.view().sources();
        metrics = new FlinkViewMetrics(getRuntimeContext().getMetricGroup(), view);
        metrics.group().gauge("state_entries", () -> entities);
        watermarkMillis = Long.MIN_VALUE;
        metrics.group().gauge("watermark_lag", this::watermarkLagMillis);
        engine = new WindowEngine(plan.windowed(), plan.view().emit(), metrics);
        rows = new RowEmitter(plan, metrics, availableAt, keptCompleteSinceMillis, clock);
        StateShape shape = new StateShape(plan.windowed(), plan.view().emit());
        states = getRuntimeContext().getState(new ValueStateDescriptor<>("windows", new TimedStateSerializer(shape)));
    }

    @Override
    public void processElement(SelectedEvent event, Context context, Collector<FeatureRow> out) throws Exception {
        reachedMillis = Math.max(reachedMillis, event.timeMillis());
        TimedState known = states.value();
        TimedState state = known == null ? new TimedState(engine.newState(), TimedState.NO_TIMER) : known;
        rows.begin(event.entity(), out);
        long watermark = context.timerService().currentWatermark();
        watermarkMillis = watermark;
        if (!engine.accept(state.windows, event, watermark, rows)) {
            context.output(lateEvents, late(event));
            metrics.deadLetter(DeadLetterReason.LATE);
        }
        keep(state, known, context.timerService());
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<FeatureRow> out) throws Exception {
        TimedState state = states.value();
        if (state == null || state.timerMillis != timestamp) {
            return; // an earlier timer took the place of this one
        }
        rows.begin(context.getCurrentKey(), out);
        state.timerMillis = TimedState.NO_TIMER;
        long watermark = context.timerService().currentWatermark();
        watermarkMillis = watermark;
        if (watermark == Long.MAX_VALUE) {
            // The input has ended. A new timer would fire at once, for ever.
            engine.finish(state.windows, reachedMillis, rows);
            states.update(state);
            return;
        }
        engine.advance(state.windows, watermark, rows);
        keep(state, state, context.timerService());
    }

    private void keep(TimedState state, @Nullable TimedState known, TimerService timers) throws Exception {
        if (engine.isSpent(state.windows)) {
            if (known != null) {
                states.clear();
                entities--;
            }
            return;
        }
        long due = engine.nextDueMillis(state.windows);
        if (due < state.timerMillis) {
            timers.registerEventTimeTimer(due);
            state.timerMillis = due;
        }
        states.update(state);
        if (known == null) {
            entities++;
        }
    }

    /** How far the watermark, as of the last event or expiry, trails the wall clock, ms; 0 before the first. */
    private long watermarkLagMillis() {
        long watermark = watermarkMillis;
        return watermark == Long.MIN_VALUE || watermark == Long.MAX_VALUE ? 0 : clock.millis() - watermark;
    }

    private DeadLetter late(SelectedEvent event) {
        String detail = "Cannot use the event: its time " + event.timeMillis()
                + " is behind all windows, the input has reached " + reachedMillis;
        return new DeadLetter(
                DeadLetterReason.LATE,
                detail,
                view,
                topics.get(PartitionNumbers.topic(event.partition())).topic(),
                PartitionNumbers.partition(event.partition()),
                event.offset(),
                null,
                event.raw());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        savedEntities.update(List.of(entities));
        savedCompleteSince.update(List.of(keptCompleteSinceMillis));
    }
}
