/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.definition.Emit;
import io.freshet.definition.ViewPlan;
import io.freshet.event.SelectedEvent;
import io.freshet.metrics.ViewMetrics;
import io.freshet.row.RowMaker;
import io.freshet.window.EntityState;
import io.freshet.window.WindowEngine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The engine of one view, driven step by step. Events are handed to it in the order in which they are to be applied,
 * whatever the view's emit: holding them until the watermark decides their order, and no more.
 */
final class Replay {

    private final WindowEngine engine;
    private final RowMaker maker;

    Replay(ViewPlan plan) {
        engine = new WindowEngine(plan.windowed(), Emit.ON_EVENT, ViewMetrics.NONE);
        maker = new RowMaker(plan, ViewMetrics.NONE);
    }

    /**
     * A row that the engine gives.
     *
     * @param asOfMillis event time
     * @param seq its number
     * @param windowed values of the windowed columns
     * @param cause the event; null where a tile left a window
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Given(
            long asOfMillis,
            long seq,
            @Nullable Object[] windowed,
            @Nullable SelectedEvent cause) {}

    /**
     * What some steps from a course on gave.
     *
     * @param from the course
     * @param state the state behind them
     * @param before events that were applied before the last step
     * @param cause the event of the last step; null for an expiry
     * @param rows all rows in order
     * @param values values of the last row; none where there is no row
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Steps(
            Course from,
            EntityState state,
            List<Item.Event> before,
            Item.@Nullable Event cause,
            List<Given> rows,
            @Nullable Object[] values) {

        /** The last row, or null where there is none. */
        @Nullable
        Given last() {
            return rows.isEmpty() ? null : rows.get(rows.size() - 1);
        }

        /** Whether the last row is as of that moment. */
        boolean isAt(long asOfMillis) {
            Given last = last();
            return last != null && last.asOfMillis() == asOfMillis;
        }

        /** Whether the last row is that of a tile that leaves a window at that moment. */
        boolean isExpiryAt(long asOfMillis) {
            Given last = last();
            return last != null && last.cause() == null && last.asOfMillis() == asOfMillis;
        }
    }

    /** The state of an entity that has not been seen. */
    EntityState newState() {
        return engine.newState();
    }

    /** A copy to try on. */
    EntityState copy(EntityState state) {
        return engine.codec().copy(state);
    }

    /** Whether the entity has nothing in its windows. */
    boolean isSpent(EntityState state) {
        return engine.isSpent(state);
    }

    /** When its next tile leaves a window; {@link Long#MAX_VALUE} for never. */
    long nextExpiryMillis(EntityState state) {
        return engine.nextDueMillis(state);
    }

    /** Applies events in this order, the last of which is to give a row as of that moment. Changes the state. */
    Steps apply(Course from, EntityState state, List<Item.Event> before, Item.Event cause, long asOfMillis) {
        List<Given> rows = new ArrayList<>();
        before.forEach(event -> apply(state, event.event(), Long.MIN_VALUE, rows));
        // In an empty state the watermark moves the clock: the row tells where it was.
        boolean behind = engine.isSpent(state) && cause.timeMillis() < asOfMillis;
        apply(state, cause.event(), behind ? asOfMillis - 1 : Long.MIN_VALUE, rows);
        return new Steps(from, state, before, cause, rows, values(rows));
    }

    /** Applies events in this order, then lets all expire that is due at or before that moment. Changes the state. */
    Steps expire(Course from, EntityState state, List<Item.Event> before, long limitMillis) {
        List<Given> rows = new ArrayList<>();
        before.forEach(event -> apply(state, event.event(), Long.MIN_VALUE, rows));
        engine.advance(state, limitMillis, (asOf, seq, values, none) -> rows.add(new Given(asOf, seq, values, null)));
        return new Steps(from, state, before, null, rows, values(rows));
    }

    /** Lets all expire that is due at or before that moment, then applies an event of before it. Changes the state. */
    Steps expireAndApply(Course from, EntityState state, Item.Event cause, long asOfMillis) {
        List<Given> rows =
                new ArrayList<>(expire(from, state, List.of(), asOfMillis).rows());
        apply(state, cause.event(), Long.MIN_VALUE, rows);
        return new Steps(from, state, List.of(), cause, rows, values(rows));
    }

    private void apply(EntityState state, SelectedEvent event, long watermarkMillis, List<Given> rows) {
        engine.accept(
                state,
                event,
                watermarkMillis,
                (asOf, seq, values, cause) -> rows.add(new Given(asOf, seq, values, cause)));
    }

    /** The values of all columns of a row. */
    @Nullable
    Object[] values(Given row) {
        return maker.complete(row.windowed());
    }

    private @Nullable Object[] values(List<Given> rows) {
        return rows.isEmpty() ? new Object[0] : values(rows.get(rows.size() - 1));
    }
}
