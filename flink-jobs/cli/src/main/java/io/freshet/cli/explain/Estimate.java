/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.explain;

import io.freshet.definition.Column;
import io.freshet.definition.Emit;
import io.freshet.definition.ViewPlan;
import io.freshet.event.SelectedEvent;
import io.freshet.metrics.ViewMetrics;
import io.freshet.window.EntityState;
import io.freshet.window.WindowEngine;
import org.jspecify.annotations.Nullable;

/**
 * What an entity costs that has {@link SampleEvents} at a stated rate: the windows of the job are filled with them, and
 * looked at after events. So nothing is guessed of tiles or of the stored form; what is assumed are the events. Events of
 * {@code on_watermark} are counted as applied: those that wait for the watermark are not part of it.
 */
final class Estimate {

    private static final long DAY_MILLIS = 86_400_000L;
    private static final long START_MILLIS = 1_767_225_600_000L;

    /** Enough of them that averages are steady. */
    private static final int EVENTS_COUNTED = 300;

    private static final int SAMPLES = 60;

    /** More would take seconds. What is older is left out then, see {@link #reachMillis}. */
    private static final long MOST_EVENTS = 200_000;

    /** A lifetime is told by its first month: its one tile grows no more. */
    private static final long LIFETIME_MILLIS = 30 * DAY_MILLIS;

    private final ViewPlan plan;
    private final double eventsPerDay;
    private final WindowEngine engine;
    private final Weights weights;

    private long rows;
    private long expiryRows;
    private long asOfMillis;
    private long seq;
    private @Nullable Object[] values = {};

    private Estimate(ViewPlan plan, String namespace, double eventsPerDay) {
        this.plan = plan;
        this.eventsPerDay = eventsPerDay;
        this.engine = new WindowEngine(plan.windowed(), Emit.ON_EVENT, ViewMetrics.NONE);
        this.weights = new Weights(plan, namespace, engine);
    }

    /** The cost of an entity with that many events a day, which must be above 0. */
    static Cost of(ViewPlan plan, String namespace, double eventsPerDay) {
        return new Estimate(plan, namespace, eventsPerDay).run();
    }

    /** How far back windows reach, as far as events are made up, ms. */
    private long reachMillis() {
        long longest = plan.windowed().stream()
                .map(Column.Windowed::window)
                .mapToLong(window -> window.isLifetime() ? LIFETIME_MILLIS : window.memoryMillis())
                .max()
                .orElse(DAY_MILLIS);
        return Math.min(longest, (long) (MOST_EVENTS / eventsPerDay * DAY_MILLIS));
    }

    private Cost run() {
        SampleEvents events = new SampleEvents(plan);
        EntityState state = engine.newState();
        long time = START_MILLIS;
        long counted = START_MILLIS + reachMillis();
        while (time < counted) {
            apply(state, events.at(time));
            time += events.gapMillis(eventsPerDay);
        }
        rows = 0;
        expiryRows = 0;
        for (int i = 0; i < EVENTS_COUNTED; i++) {
            apply(state, events.at(time));
            if (i % (EVENTS_COUNTED / SAMPLES) == 0) {
                weights.add(state, "entity", asOfMillis, seq, values);
            }
            time += events.gapMillis(eventsPerDay);
        }
        // Tiles that are in at the end leave later; as many were in at the beginning and have left.
        return weights.average((double) rows / EVENTS_COUNTED, (double) expiryRows / EVENTS_COUNTED);
    }

    private void apply(EntityState state, SelectedEvent event) {
        engine.accept(state, event, Long.MIN_VALUE, this::row);
    }

    private void row(long rowAsOfMillis, long rowSeq, @Nullable Object[] windowed, @Nullable SelectedEvent cause) {
        rows++;
        expiryRows += cause == null ? 1 : 0;
        asOfMillis = rowAsOfMillis;
        seq = rowSeq;
        values = windowed;
    }
}
