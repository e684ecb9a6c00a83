/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.definition.FeatureView;
import io.freshet.definition.Limits;
import io.freshet.definition.ViewPlan;
import io.freshet.event.BadEventException;
import io.freshet.event.EventSelector;
import io.freshet.event.PartitionNumbers;
import io.freshet.metrics.ViewMetrics;
import io.freshet.operator.PlanSource;
import io.freshet.source.SourceRecord;
import io.freshet.source.SourceRecord.Dead;
import io.freshet.source.SourceRecord.Decoded;
import io.freshet.source.SourceRecord.Origin;
import io.freshet.verify.Tally.Count;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Takes from each event of one topic what the view reads of it, as the job does, and adds how far a watermark can have
 * been. An event that the view cannot use must be among the dead letters. Sees each partition in order.
 */
final class EventItems extends AbstractStreamOperator<Item>
        implements OneInputStreamOperator<SourceRecord, Item>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    /** A job has read an event that long after Kafka took it in, if it was waiting for it. */
    private static final long READ_WITHIN_MILLIS = 2_000;

    private final PlanSource source;
    private final int topic;
    private final Limits limits;
    private final LiveJob live;
    private final long firstRowMillis;
    private transient ViewPlan plan;
    private transient EventSelector selector;
    private transient Tally tally;
    private transient LongCounter read;
    private transient Map<Integer, Reach> partitions;

    /** How far a partition lets a watermark go. */
    private static final class Reach {
        private long greatestMillis = Long.MIN_VALUE;
        private long ingestedAtMillis;
        private boolean mayHaveBeenIdle;
    }

    /**
     * For the events of one topic of a view.
     *
     * @param topic position of the topic in the view
     * @param limits those of the job: events beyond them are passed over
     * @param firstRowMillis when the job wrote its first row, wall clock, ms
     */
    @SuppressWarnings("NullAway.Init") // open comes before all else
    EventItems(PlanSource source, int topic, Limits limits, LiveJob live, long firstRowMillis) {
        this.source = source;
        this.topic = topic;
        this.limits = limits;
        this.live = live;
        this.firstRowMillis = firstRowMillis;
    }

    @Override
    public void open() throws Exception {
        super.open();
        plan = source.plan();
        selector = new EventSelector(plan, topic, ViewMetrics.NONE, limits);
        partitions = new HashMap<>();
        tally = new Tally();
        read = getRuntimeContext().getLongCounter(Verification.READ);
    }

    @Override
    public void processElement(StreamRecord<SourceRecord> record) {
        read.add(1);
        if (record.getValue() instanceof Dead dead) {
            tally.count(Count.EVENTS);
            refused(
                    dead.letter().partition(),
                    dead.letter().offset(),
                    dead.letter().detail());
        } else if (record.getValue() instanceof Decoded decoded) {
            select(decoded);
        }
    }

    private void select(Decoded decoded) {
        Origin origin = decoded.origin();
        long limit = watermarkLimitMillis(decoded);
        try {
            selector.select(decoded.event(), origin.partition(), origin.offset(), decoded.ingestedAtMillis(), null)
                    .ifPresent(event -> {
                        tally.count(Count.EVENTS);
                        output.collect(new StreamRecord<>(new Item.Event(event, limit)));
                    });
        } catch (BadEventException e) {
            tally.count(Count.EVENTS);
            refused(origin.partition(), origin.offset(), String.valueOf(e.getMessage()));
        }
    }

    /** The greatest watermark before this event, by what came before it; then it has come. */
    private long watermarkLimitMillis(Decoded decoded) {
        FeatureView.Source of = plan.view().sources().get(topic);
        int partition = decoded.origin().partition();
        Reach reach = partitions.computeIfAbsent(partition, number -> {
            Reach first = new Reach();
            first.ingestedAtMillis = decoded.ingestedAtMillis();
            // A job that waits for the first event of a partition lets the others make the watermark.
            first.mayHaveBeenIdle =
                    live.hasLostItsBeginning() || decoded.ingestedAtMillis() > firstRowMillis - READ_WITHIN_MILLIS;
            return first;
        });
        reach.mayHaveBeenIdle |= decoded.ingestedAtMillis() - reach.ingestedAtMillis
                >= of.idleAfter().toMillis();
        long limit = Item.ANY_WATERMARK;
        if (!reach.mayHaveBeenIdle) {
            limit = reach.greatestMillis == Long.MIN_VALUE
                    ? Long.MIN_VALUE
                    : reach.greatestMillis - of.outOfOrderness().toMillis() - 1;
        }
        int number = PartitionNumbers.number(topic, partition);
        if (!live.letters().isRefused(number, decoded.origin().offset())) {
            // One that was from the future then did not move the watermark.
            reach.greatestMillis = Math.max(reach.greatestMillis, decoded.timeMillis());
        }
        reach.ingestedAtMillis = decoded.ingestedAtMillis();
        return limit;
    }

    private void refused(int partition, long offset, String why) {
        int number = PartitionNumbers.number(topic, partition);
        Cause cause = Cause.DROPPED_EVENT;
        if (live.letters().isRefused(number, offset)) {
            cause = Cause.DEAD_LETTER;
        } else if (!live.hasTakenIn(number, offset)) {
            cause = Cause.NOT_YET_WRITTEN;
        }
        String place = "offset " + offset + " of partition " + partition + " of topic "
                + plan.view().sources().get(topic).topic();
        String found = cause == Cause.DEAD_LETTER ? why : "none; " + why;
        tally.add(new Difference(cause, plan.view().name(), "", 0, "", "a dead letter of " + place, found));
    }

    @Override
    public void endInput() {
        // Not before: what is still being counted cannot be told of.
        getRuntimeContext().addAccumulator(Verification.TALLY + "events-" + topic, tally);
    }
}
