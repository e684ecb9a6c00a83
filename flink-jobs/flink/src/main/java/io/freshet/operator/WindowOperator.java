/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

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
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Keeps the windows of each entity of one view current and emits a row each time they change. All meaning is in
 * {@link WindowEngine}; this finds the entity ({@link Entities}) and lets time pass ({@link Slices}).
 *
 * <p>A watermark may make very many entities due at once. They expire in slices, between which waiting events have their
 * turn; the watermark is passed on when all are through. Rows do not depend on it: before an event is taken, its entity
 * expires through the current watermark.
 *
 * <p>An event that no window can use any more goes to the side output with its value, where that was kept (see
 * {@link SelectedEvent#raw}), and never with its key: the key a record had in Kafka does not come this far. Topic,
 * partition and offset lead back to it.
 *
 * <p>At the end of a bounded input windows stay where the input ends: they do not run empty.
 */
@SuppressWarnings("NullAway.Init") // initializeState and open come before all else
public final class WindowOperator extends AbstractStreamOperator<FeatureRow>
        implements OneInputStreamOperator<SelectedEvent, FeatureRow> {
    private static final long serialVersionUID = 1L;

    private final transient WindowSettings settings;
    private final transient Clock clock;
    private final transient Slices slices;

    private transient ViewPlan plan;
    private transient FlinkViewMetrics metrics;
    private transient KeptColumns columns;
    private transient WindowEngine engine;
    private transient RowEmitter rows;
    private transient TaskValues values;
    private transient Entities entities;

    private transient volatile long watermarkMillis;
    private transient long reachedMillis;

    WindowOperator(
            StreamOperatorParameters<FeatureRow> parameters,
            WindowSettings settings,
            Clock clock,
            MailboxExecutor mailbox) {
        super(parameters);
        this.settings = settings;
        this.clock = clock;
        this.slices = new Slices(mailbox, this::drain, getProcessingTimeService()::getCurrentProcessingTime);
        this.watermarkMillis = Long.MIN_VALUE;
        this.reachedMillis = Long.MIN_VALUE;
    }

    /** Puts the windows of a view behind a stream of its events, keyed by entity. */
    public static SingleOutputStreamOperator<FeatureRow> attach(
            KeyedStream<SelectedEvent, String> events, WindowSettings settings) {
        ViewPlan plan = settings.source().plan();
        return events.transform(
                "windows " + plan.view().name(),
                new SerializedType<>(FeatureRow.class, FeatureRowSerializer.of(plan)),
                new WindowOperatorFactory(settings, Clock.systemUTC()));
    }

    /** Does nothing: the key is set where Flink's state is asked for, which is seldom once per event. */
    @Override
    @SuppressWarnings("rawtypes") // as declared by Flink
    public void setKeyContextElement1(StreamRecord record) {}

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        values = new TaskValues(context, settings.completeSinceMillis());
    }

    @Override
    public void open() throws Exception {
        super.open();
        plan = settings.source().plan();
        metrics = new FlinkViewMetrics(getMetricGroup(), plan.view().name());
        columns = values.columns()
                .map(before -> before.followedBy(plan, settings.addedSinceMillis()))
                .orElseGet(() -> KeptColumns.of(plan, values.completeSinceMillis()));
        engine = columns.shape().engine(metrics);
        RowEmitter.Stamps stamps = new RowEmitter.Stamps(settings.availableAt(), columns.completeSince(plan), clock);
        rows = new RowEmitter(plan, metrics, stamps, new TimestampedCollector<>(output));
        entities = openEntities();
        metrics.group().gauge("state_entries", this::entities);
        metrics.group().gauge("watermark_lag", this::watermarkLagMillis);
    }

    private Entities openEntities() throws Exception {
        KeyedStateBackend<String> backend = getKeyedStateBackend();
        KeptStates states = new KeptStates(backend, new TimedStateSerializer(columns.shape()));
        if (backend instanceof HeapKeyedStateBackend) {
            return new HeapEntities(states, engine);
        }
        int slots = getRuntimeContext()
                .getTaskManagerRuntimeInfo()
                .getConfiguration()
                .get(TaskManagerOptions.NUM_TASK_SLOTS);
        int capacity = settings.cache().entities(Runtime.getRuntime().maxMemory(), slots);
        CachedEntities cached = new CachedEntities(
                states,
                engine,
                capacity,
                values.entities(),
                target -> new ExpiryTimers(
                        this::getInternalTimerService, getTimeServiceManager().orElseThrow(), target));
        boolean isOther = values.columns()
                .filter(before -> !columns.shape().reads(before.shape()))
                .isPresent();
        if (isOther || !values.timersStored()) {
            cached.setTimers();
        }
        return cached;
    }

    @Override
    public void processElement(StreamRecord<SelectedEvent> item) throws Exception {
        SelectedEvent event = item.getValue();
        reachedMillis = Math.max(reachedMillis, event.timeMillis());
        Entity known = entities.find(event.entity());
        Entity entity = known == null ? new Entity(event.entity(), engine.newState()) : known;
        rows.begin(entity.key);
        long watermark = watermarkMillis;
        if (entity.dueMillis <= watermark) {
            engine.advance(entity.windows, watermark, rows);
        }
        if (!engine.accept(entity.windows, event, watermark, rows)) {
            output.collect(settings.lateEvents(), new StreamRecord<>(late(event), event.timeMillis()));
            metrics.deadLetter(DeadLetterReason.LATE);
        }
        settle(entity);
    }

    /** Lets the entity expire through the watermark, and keeps or drops what is left. */
    private void settle(Entity entity) throws Exception {
        long due = engine.nextDueMillis(entity.windows);
        if (due <= watermarkMillis) {
            engine.advance(entity.windows, watermarkMillis, rows);
            due = engine.nextDueMillis(entity.windows);
        }
        keep(entity, due);
    }

    private void keep(Entity entity, long dueMillis) throws Exception {
        if (engine.isSpent(entity.windows)) {
            entities.drop(entity);
        } else {
            entities.keep(entity, dueMillis);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.getTimestamp() == Long.MAX_VALUE) {
            slices.finish();
            // Nothing is due any more: it would be again at once, for ever.
            entities.drainAll(this::finish);
            watermarkMillis = mark.getTimestamp();
            output.emitWatermark(mark);
            return;
        }
        watermarkMillis = mark.getTimestamp();
        entities.wheel.advanceTo(watermarkMillis);
        slices.begin();
    }

    private boolean drain(int most) throws Exception {
        boolean done = entities.drain(watermarkMillis, new Entities.Budget(most), this::expire);
        if (done) {
            output.emitWatermark(new Watermark(watermarkMillis));
        }
        return done;
    }

    private void expire(Entity entity) throws Exception {
        rows.begin(entity.key);
        settle(entity);
    }

    private void finish(Entity entity) throws Exception {
        rows.begin(entity.key);
        engine.finish(entity.windows, reachedMillis, rows);
        keep(entity, Entity.NEVER);
    }

    /** Behind an idle input no watermark is passed on: the one that is being drained has to come before. */
    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        slices.finish();
        super.processWatermarkStatus(status);
    }

    @Override
    public void finish() throws Exception {
        slices.finish();
        super.finish();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        entities.beforeSnapshot();
        values.save(entities.count(), entities.timersStored(), columns);
    }

    /** Entities of which something is kept. */
    long entities() {
        return entities.count();
    }

    /** How far the watermark trails the wall clock, ms; 0 before the first and after the last. */
    private long watermarkLagMillis() {
        long watermark = watermarkMillis;
        return watermark == Long.MIN_VALUE || watermark == Long.MAX_VALUE ? 0 : clock.millis() - watermark;
    }

    private DeadLetter late(SelectedEvent event) {
        FeatureView.Source topic = plan.view().sources().get(PartitionNumbers.topic(event.partition()));
        String detail = "Cannot use the event: its time " + event.timeMillis()
                + " is behind all windows, the input has reached " + reachedMillis;
        return new DeadLetter(
                DeadLetterReason.LATE,
                detail,
                plan.view().name(),
                topic.topic(),
                PartitionNumbers.partition(event.partition()),
                event.offset(),
                null,
                event.raw());
    }
}
