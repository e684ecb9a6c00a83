/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.definition.Column;
import io.freshet.definition.Emit;
import io.freshet.event.SelectedEvent;
import io.freshet.metrics.ViewMetrics;
import java.util.List;

/**
 * Keeps every window of one view current, one entity at a time. Holds no entity itself: the caller keeps an
 * {@link EntityState} per entity, hands it in, and stores it again after each call.
 */
public final class WindowEngine {

    /**
     * An engine for these columns.
     *
     * @param columns the windowed columns of the plan
     * @param emit when events are applied
     * @param metrics told of late and out-of-order events and overflows
     */
    public WindowEngine(List<Column.Windowed> columns, Emit emit, ViewMetrics metrics) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The state of an entity that has not been seen. */
    public EntityState newState() {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * Takes an event of the entity. ON_EVENT applies it now: first the expiries due at or before its time, each with a
     * row, then the event with its row. ON_WATERMARK holds it until {@link #advance} passes it.
     *
     * @param watermarkMillis the current watermark; {@link Long#MIN_VALUE} before the first
     * @return false if no window can use the event any more; the state is unchanged then
     */
    public boolean accept(EntityState state, SelectedEvent event, long watermarkMillis, RowOutput rows) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Applies all that is due at or before the watermark, in order of event time, each with a row. */
    public void advance(EntityState state, long watermarkMillis, RowOutput rows) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The earliest event time at which {@link #advance} has something to do; {@link Long#MAX_VALUE} for never. */
    public long nextDueMillis(EntityState state) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Whether nothing is left that could ever change a value: the state may be dropped. */
    public boolean isSpent(EntityState state) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Writes, reads and copies states of this engine. */
    public EntityStateCodec codec() {
        throw new UnsupportedOperationException("not yet");
    }
}
