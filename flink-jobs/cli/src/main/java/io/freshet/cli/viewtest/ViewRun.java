/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.viewtest;

import io.freshet.client.OnlineRow;
import io.freshet.definition.ViewPlan;
import io.freshet.event.AvroDecoder;
import io.freshet.event.AvroEncoder;
import io.freshet.event.BadEventException;
import io.freshet.event.DeadLetterReason;
import io.freshet.event.EventSelector;
import io.freshet.event.SelectedEvent;
import io.freshet.metrics.ViewMetrics;
import io.freshet.reading.LaterValues;
import io.freshet.row.FeatureRow;
import io.freshet.row.OnlineFields;
import io.freshet.row.RowMaker;
import io.freshet.source.EventCheck;
import io.freshet.source.SourceRecord;
import io.freshet.window.EntityState;
import io.freshet.window.WindowEngine;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.generic.GenericRecord;

/**
 * A view as its job computes it, in this thread: the same decoding, selection, windows, derived columns and stored form.
 * The watermark follows each event at once, as far behind it as the view says; topics without an event are idle. Rows are
 * those of a job that has seen all events there ever were.
 */
final class ViewRun {

    private final ViewPlan plan;
    private final List<Topic> topics;
    private final WindowEngine engine;
    private final RowMaker maker;
    private final OnlineFields fields;
    private final LaterValues later;
    private final WallClock wallClock = new WallClock();
    private final Map<String, EntityState> states = new HashMap<>();
    private final Map<String, FeatureRow> newest = new HashMap<>();
    private long watermarkMillis = Long.MIN_VALUE;

    ViewRun(ViewPlan plan) {
        this.plan = plan;
        this.topics = new ArrayList<>();
        for (int i = 0; i < plan.sources().size(); i++) {
            topics.add(new Topic(plan, i, wallClock));
        }
        this.engine = new WindowEngine(plan.windowed(), plan.view().emit(), ViewMetrics.NONE);
        this.maker = new RowMaker(plan, ViewMetrics.NONE);
        this.fields = new OnlineFields(plan);
        this.later = new LaterValues(plan.columns());
    }

    /** What reads the events of one topic. */
    private static final class Topic {
        private final ViewPlan.SourcePlan plan;
        private final AvroEncoder encoder;
        private final AvroDecoder decoder;
        private final EventCheck check;
        private final EventSelector selector;
        private long offset;
        private long greatestMillis = Long.MIN_VALUE;

        private Topic(ViewPlan view, int position, Clock wallClock) {
            plan = view.sources().get(position);
            encoder = new AvroEncoder(plan.schema());
            decoder = new AvroDecoder(plan.schema());
            check = new EventCheck(plan, wallClock);
            selector = new EventSelector(view, position, ViewMetrics.NONE);
        }

        private Optional<SelectedEvent> read(GenericRecord event, long arrivesMillis) throws BadEventException {
            byte[] bytes = encoder.encode(event);
            SourceRecord.Origin origin = new SourceRecord.Origin(plan.source().topic(), 0, offset++, null, bytes);
            SourceRecord.Decoded decoded = check.check(decoder.decode(bytes), arrivesMillis, origin);
            greatestMillis = Math.max(greatestMillis, decoded.timeMillis());
            return selector.select(decoded.event(), origin.partition(), origin.offset(), arrivesMillis, null);
        }

        private long watermarkMillis() {
            return greatestMillis - plan.source().outOfOrderness().toMillis() - 1;
        }
    }

    /** What became of an event, and whose it was; no entity where that could not be told. */
    record Arrived(Outcome outcome, Optional<String> entity) {}

    /**
     * Takes an event.
     *
     * @param topic position of its topic in the view
     * @param arrivesMillis wall clock at which it comes; empty for the time at which it happened
     */
    Arrived arrive(int topic, GenericRecord event, OptionalLong arrivesMillis) {
        wallClock.millis = arrivesMillis.orElse(WallClock.FAR);
        Optional<SelectedEvent> selected;
        try {
            selected = topics.get(topic).read(event, arrivesMillis.orElse(FeatureRow.NO_EVENT));
        } catch (BadEventException e) {
            return new Arrived(Outcome.dead(e.reason(), String.valueOf(e.getMessage())), Optional.empty());
        }
        Arrived arrived = selected.map(this::apply).orElse(new Arrived(Outcome.FILTERED, Optional.empty()));
        topics.stream()
                .filter(each -> each.greatestMillis != Long.MIN_VALUE)
                .mapToLong(Topic::watermarkMillis)
                .min()
                .ifPresent(this::passTo);
        return arrived;
    }

    private Arrived apply(SelectedEvent event) {
        String entity = event.entity();
        EntityState state = states.computeIfAbsent(entity, unseen -> engine.newState());
        boolean counts = engine.accept(
                state,
                event,
                watermarkMillis,
                (asOf, seq, values, cause) -> keep(entity, asOf, seq, maker.complete(values)));
        Outcome outcome = counts
                ? Outcome.ROW
                : Outcome.dead(
                        DeadLetterReason.LATE,
                        "no window can use an event of " + Instant.ofEpochMilli(event.timeMillis()) + " any more");
        return new Arrived(outcome, Optional.of(entity));
    }

    /** Lets the watermark pass a moment; it never goes back. */
    void passTo(long millis) {
        watermarkMillis = Math.max(watermarkMillis, millis);
        for (Map.Entry<String, EntityState> each : states.entrySet()) {
            String entity = each.getKey();
            engine.advance(
                    each.getValue(),
                    watermarkMillis,
                    (asOf, seq, values, cause) -> keep(entity, asOf, seq, maker.complete(values)));
        }
        states.values().removeIf(engine::isSpent);
    }

    private void keep(String entity, long asOfMillis, long seq, Object[] values) {
        newest.put(
                entity,
                new FeatureRow(entity, asOfMillis, asOfMillis, seq, Long.MIN_VALUE, FeatureRow.NO_EVENT, values));
    }

    /** The newest row of an entity, as the online store holds it; empty where it has none. */
    Optional<OnlineRow> row(String entity) {
        return Optional.ofNullable(newest.get(entity))
                .map(row -> new OnlineRow(
                        entity,
                        row.asOfMillis(),
                        row.availableAtMillis(),
                        row.seq(),
                        plan.view().version(),
                        fields.values(fields.of(row)),
                        List.of(),
                        later));
    }

    /** The entities that have a row, sorted. */
    List<String> entities() {
        return newest.keySet().stream().sorted().toList();
    }

    /** A clock that stands where it is put. */
    private static final class WallClock extends Clock {
        /** So late that no event is from the future. */
        private static final long FAR = Long.MAX_VALUE / 2;

        private long millis = FAR;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }
    }
}
