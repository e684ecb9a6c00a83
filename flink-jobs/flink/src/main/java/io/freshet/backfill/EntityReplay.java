/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import io.freshet.backfill.Counts.Count;
import io.freshet.definition.Emit;
import io.freshet.definition.ViewPlan;
import io.freshet.event.PartitionNumbers;
import io.freshet.event.SelectedEvent;
import io.freshet.history.LoggedMatch;
import io.freshet.history.LoggedRow;
import io.freshet.history.LoggedSchemas;
import io.freshet.metrics.ViewMetrics;
import io.freshet.operator.AvailableAt;
import io.freshet.row.FeatureRow;
import io.freshet.row.RowMaker;
import io.freshet.window.EntityState;
import io.freshet.window.WindowEngine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows of one entity after another and hands over those that the history lacks. An entity's items come in order
 * of their time, those of one time in any order: of them all events are applied, by partition and offset, before any row
 * of that time is looked for. So rows are a function of the set of events, whatever the view's {@code emit}; no event is
 * late; and no more is held than one entity's windows and what is of one time.
 */
final class EntityReplay {

    private static final Comparator<SelectedEvent> ORDER =
            Comparator.comparingInt(SelectedEvent::partition).thenComparingLong(SelectedEvent::offset);

    private final Span span;
    private final AvailableAt availableAt;
    private final WindowEngine engine;
    private final RowMaker maker;
    private final LoggedMatch match;
    private final Counts counts;
    private final Consumer<FeatureRow> lacking;

    private Bounds bounds = new Bounds(Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE);

    // Of the entity at hand.
    private String entity = "";
    private EntityState state;
    private long liveFromMillis;

    // Of the time at hand.
    private long timeMillis;
    private final List<SelectedEvent> events = new ArrayList<>();
    private final List<LoggedRow> logged = new ArrayList<>();
    private final List<FeatureRow> made = new ArrayList<>();

    private @Nullable String firstConflict;

    /**
     * A replay of one view.
     *
     * @param schemas all schemas that rows of its history were written under
     * @param lacking given every row that the history lacks
     */
    EntityReplay(
            ViewPlan plan,
            Span span,
            AvailableAt availableAt,
            LoggedSchemas schemas,
            Watch watch,
            Consumer<FeatureRow> lacking) {
        this.span = span;
        this.availableAt = availableAt;
        // In order of time, holding events back for a watermark changes nothing.
        this.engine = new WindowEngine(plan.windowed(), Emit.ON_EVENT, watch.metrics());
        this.maker = new RowMaker(plan, watch.metrics());
        this.match = new LoggedMatch(plan, schemas);
        this.counts = watch.counts();
        this.lacking = lacking;
        this.state = engine.newState();
    }

    /**
     * Who is told of what happens.
     *
     * @param metrics of values
     * @param counts of rows and events
     */
    record Watch(ViewMetrics metrics, Counts counts) {}

    /** What all events say of time. Comes before the first entity. */
    void bounds(Bounds bounds) {
        this.bounds = bounds;
    }

    /** Takes an item. Those of an entity come together, its {@link ReplayItem.LiveRows} first. */
    void take(ReplayItem item) {
        if (!item.entity().equals(entity)) {
            end();
            entity = item.entity();
            state = engine.newState();
            liveFromMillis = Long.MAX_VALUE;
            timeMillis = Long.MIN_VALUE;
        }
        if (item instanceof ReplayItem.LiveRows live) {
            liveFromMillis = live.fromMillis();
        } else if (item instanceof ReplayItem.Event of) {
            event(of.event());
        } else if (item instanceof ReplayItem.Logged row) {
            moveTo(row.row().head().asOfMillis());
            logged.add(row.row());
        }
    }

    private void event(SelectedEvent event) {
        boolean ofFiles = PartitionNumbers.partition(event.partition()) == Extent.FILES;
        if (ofFiles == event.timeMillis() < bounds.cutMillis()) {
            counts.add(Count.EVENTS);
            moveTo(event.timeMillis());
            events.add(event);
        } else {
            counts.add(Count.OVERLAP);
        }
    }

    /** Where rows are in the place of others: the first of them, in words; null if none is. */
    @Nullable
    String firstConflict() {
        return firstConflict;
    }

    /** The entity at hand has no more items: its windows move to where the input ends, or to the end of what is asked for. */
    void end() {
        apply();
        long last = span.hasEnd() ? span.toMillis() - 1 : Long.MAX_VALUE;
        engine.advance(state, Math.min(bounds.reachedMillis(), last), this::row);
        state = engine.newState();
    }

    private void moveTo(long nextMillis) {
        if (nextMillis > timeMillis) {
            apply();
            engine.advance(state, Math.min(nextMillis - 1, bounds.reachedMillis()), this::row);
            timeMillis = nextMillis;
        }
    }

    /** Applies what is of the time at hand. Its rows are all as of then: windows have moved to just before it. */
    private void apply() {
        events.sort(ORDER);
        for (SelectedEvent event : events) {
            engine.accept(state, event, Long.MIN_VALUE, this::row);
        }
        events.clear();
        if (!logged.isEmpty()) {
            engine.advance(state, Math.min(timeMillis, bounds.reachedMillis()), this::row);
            compare();
        }
    }

    private void row(long asOfMillis, long seq, @Nullable Object[] values, @Nullable SelectedEvent cause) {
        if (!span.contains(asOfMillis)) {
            return;
        }
        if (asOfMillis >= liveFromMillis) {
            counts.add(Count.LIVE);
            return;
        }
        counts.add(Count.MADE);
        FeatureRow row = new FeatureRow(
                entity,
                asOfMillis,
                availableAt.millis(asOfMillis, asOfMillis),
                seq,
                bounds.completeSinceMillis(),
                cause == null ? FeatureRow.NO_EVENT : cause.ingestedAtMillis(),
                maker.complete(values));
        if (logged.isEmpty() || asOfMillis != timeMillis) {
            lacking(row);
        } else {
            made.add(row);
        }
    }

    /** Compares the rows of the time at hand with those that are there, and hands over what is lacking. */
    private void compare() {
        Set<Long> there = logged.stream().map(row -> row.head().seq()).collect(Collectors.toSet());
        Set<Long> here = made.stream().map(FeatureRow::seq).collect(Collectors.toSet());
        for (FeatureRow row : made) {
            List<byte[]> same = logged.stream()
                    .filter(one -> one.head().seq() == row.seq())
                    .map(LoggedRow::bytes)
                    .toList();
            switch (match.compare(row, same)) {
                case LACKING -> lacking(row);
                case THERE -> counts.add(Count.THERE);
                case THERE_WITH_OTHER_DELAY -> {
                    counts.add(Count.THERE);
                    counts.add(Count.OTHER_DELAY);
                }
                case CONFLICT -> {
                    if (there.equals(here)) {
                        conflict(row, same);
                    } else {
                        // Numbered otherwise, since events have come or gone before: not the same row.
                        lacking(row);
                    }
                }
            }
        }
        logged.stream()
                .filter(row -> span.contains(row.head().asOfMillis())
                        && row.head().asOfMillis() < liveFromMillis
                        && !here.contains(row.head().seq()))
                .forEach(row -> counts.add(Count.NOT_MADE));
        logged.clear();
        made.clear();
    }

    private void lacking(FeatureRow row) {
        counts.add(Count.LACKING);
        lacking.accept(row);
    }

    private void conflict(FeatureRow row, List<byte[]> there) {
        counts.add(Count.CONFLICT);
        if (firstConflict == null) {
            firstConflict = "column '" + match.difference(row, there).orElse("?") + "' of entity '"
                    + row.entity() + "' as of " + Instant.ofEpochMilli(row.asOfMillis()) + ", seq "
                    + row.seq();
        }
    }
}
