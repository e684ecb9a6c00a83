/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.batch;

import io.freshet.definition.Emit;
import io.freshet.definition.ViewPlan;
import io.freshet.event.PartitionNumbers;
import io.freshet.event.SelectedEvent;
import io.freshet.metrics.ViewMetrics;
import io.freshet.row.FeatureRow;
import io.freshet.row.RowMaker;
import io.freshet.window.EntityState;
import io.freshet.window.WindowEngine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows of one entity after another, as a job that had the events when they were available would have made them:
 * load after load, within a load in the order of availability, of one moment in that of event time. An event that was
 * available late is out of order: it counts in every window that still covers it and never moves the clock back. Tiles
 * leave when the events of any entity are known to have passed. So what a later load brings comes behind the rows of all
 * loads before it and changes none of them; and rows are a function of the files and of when they were loaded.
 */
final class LoadReplay {

    private static final Comparator<SelectedEvent> ORDER = Comparator.comparingLong(SelectedEvent::timeMillis)
            .thenComparingInt(SelectedEvent::partition)
            .thenComparingLong(SelectedEvent::offset);

    /** Takes rows as they are made. */
    @FunctionalInterface
    interface Rows {
        /**
         * A row.
         *
         * @param load number of the last load that it needs
         */
        void made(FeatureRow row, int load);
    }

    private final WindowEngine engine;
    private final RowMaker maker;
    private final long completeSinceMillis;
    private final int[] loads;
    private final Rows rows;
    private final Consumer<SelectedEvent> late;

    private List<Step> steps = List.of();

    // Of the entity at hand.
    private String entity = "";
    private EntityState state;
    private int load;
    private long availableMillis = Long.MIN_VALUE;

    // Of the moment at hand.
    private long place;
    private final List<SelectedEvent> events = new ArrayList<>();

    /**
     * A replay of one view. The time from which an event was available is that of its ingestion.
     *
     * @param completeSinceMillis event time since which all events are there; {@link Long#MIN_VALUE}: all there ever were
     * @param loads number of the load of each file, by number of the file, which is the partition of its events
     * @param late takes the events that no window can use
     */
    LoadReplay(
            ViewPlan plan,
            ViewMetrics metrics,
            long completeSinceMillis,
            int[] loads,
            Rows rows,
            Consumer<SelectedEvent> late) {
        this.engine = new WindowEngine(plan.windowed(), Emit.ON_EVENT, metrics);
        this.maker = new RowMaker(plan, metrics);
        this.completeSinceMillis = completeSinceMillis;
        this.loads = loads.clone();
        this.rows = rows;
        this.late = late;
        this.state = engine.newState();
    }

    /** Up to when events were known. Comes before the first entity. */
    void steps(List<Step> steps) {
        this.steps = Step.climbing(steps);
    }

    /** Takes an event. Those of an entity come together, in the order of their {@link Place}. */
    void take(SelectedEvent event, long eventPlace) {
        if (!event.entity().equals(entity)) {
            end();
            entity = event.entity();
        } else if (eventPlace != place) {
            apply();
        }
        place = eventPlace;
        events.add(event);
    }

    /** The entity at hand has no more events: its windows move to where the events of all entities end. */
    void end() {
        apply();
        moveBefore(Integer.MAX_VALUE, Long.MAX_VALUE);
        state = engine.newState();
        load = 0;
        availableMillis = Long.MIN_VALUE;
    }

    private void apply() {
        events.sort(ORDER);
        for (SelectedEvent event : events) {
            int own = loads[PartitionNumbers.partition(event.partition())];
            moveBefore(own, event.ingestedAtMillis());
            known(own, event.ingestedAtMillis());
            if (!engine.accept(state, event, Long.MIN_VALUE, this::row)) {
                late.accept(event);
            }
        }
        events.clear();
    }

    /** Lets tiles leave that were known to have left before that. */
    private void moveBefore(int nextLoad, long nextMillis) {
        int next = firstReaching(engine.nextDueMillis(state));
        while (next < steps.size() && steps.get(next).isBefore(nextLoad, nextMillis)) {
            Step step = steps.get(next);
            known(step.load(), step.availableMillis());
            engine.advance(state, step.reachedMillis(), this::row);
            next = firstReaching(engine.nextDueMillis(state));
        }
    }

    private void known(int withLoad, long sinceMillis) {
        load = Math.max(load, withLoad);
        availableMillis = Math.max(availableMillis, sinceMillis);
    }

    /** Position of the first step at or beyond that time; their number if there is none. */
    private int firstReaching(long dueMillis) {
        int from = 0;
        int to = dueMillis == Long.MAX_VALUE ? 0 : steps.size();
        if (to == 0) {
            return steps.size();
        }
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (steps.get(middle).reachedMillis() >= dueMillis) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }

    private void row(long asOfMillis, long seq, @Nullable Object[] values, @Nullable SelectedEvent cause) {
        rows.made(
                new FeatureRow(
                        entity,
                        asOfMillis,
                        availableMillis,
                        seq,
                        completeSinceMillis,
                        cause == null ? FeatureRow.NO_EVENT : cause.ingestedAtMillis(),
                        maker.complete(values)),
                load);
    }
}
