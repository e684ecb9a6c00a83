/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.definition.Column;
import io.freshet.definition.Emit;
import io.freshet.event.SelectedEvent;
import io.freshet.function.Reading;
import io.freshet.metrics.ViewMetrics;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every window of one view current, one entity at a time. Holds no entity itself: the caller keeps an
 * {@link EntityState} per entity, hands it in, and stores it again after each call. One thread at a time.
 *
 * <p>A state that {@link #isSpent} may be dropped: rows are the same whether it is dropped or kept. In both cases the
 * next event starts a new count of rows at 1, at a clock beyond that of the last row.
 */
public final class WindowEngine implements Reading {

    private final TileChain[] chains;
    private final List<Column.Windowed> columns;
    private final List<TileSet> sets;
    private final Emit emit;
    private final ViewMetrics metrics;
    private final EntityStateCodec codec;

    /** Of the row that is being made. */
    private long asOfMillis;

    /**
     * An engine for these columns.
     *
     * @param columns the windowed columns of the plan
     * @param emit when events are applied
     * @param metrics told of late and out-of-order events and overflows
     */
    public WindowEngine(List<Column.Windowed> columns, Emit emit, ViewMetrics metrics) {
        this(columns, TileSet.of(columns), emit, metrics);
    }

    /**
     * An engine for columns that did not all begin together.
     *
     * @param sets which of them share tiles, see {@link TileSet#after}
     */
    public WindowEngine(List<Column.Windowed> columns, List<TileSet> sets, Emit emit, ViewMetrics metrics) {
        this.columns = List.copyOf(columns);
        this.sets = List.copyOf(sets);
        this.chains = sets.stream().map(set -> new TileChain(set, columns)).toArray(TileChain[]::new);
        this.emit = emit;
        this.metrics = metrics;
        this.codec = new BinaryStateCodec(chains, columns, emit);
    }

    /** The state of an entity that has not been seen. */
    public EntityState newState() {
        TileRing[] rings = new TileRing[chains.length];
        for (int i = 0; i < chains.length; i++) {
            rings[i] = chains[i].newRing();
        }
        return new EntityState(rings);
    }

    /**
     * Takes an event of the entity. ON_EVENT applies it now: first the expiries due at or before its time, each with a
     * row, then the event with its row. ON_WATERMARK holds it until {@link #advance} passes it; an event behind the
     * watermark is applied now, after all that the watermark has passed.
     *
     * @param watermarkMillis the current watermark; {@link Long#MIN_VALUE} before the first
     * @return false if no window can use the event any more; it has not changed the state then
     */
    public boolean accept(EntityState state, SelectedEvent event, long watermarkMillis, RowOutput rows) {
        if (emit == Emit.ON_WATERMARK) {
            if (event.timeMillis() > watermarkMillis || watermarkMillis == Long.MIN_VALUE) {
                hold(state, event);
                return true;
            }
            advance(state, watermarkMillis, rows);
        }
        return apply(state, event, watermarkMillis, rows);
    }

    /** Applies all that is due at or before the watermark, in order of event time, each with a row. */
    public void advance(EntityState state, long watermarkMillis, RowOutput rows) {
        applyHeld(state, watermarkMillis, rows);
        expireThrough(state, watermarkMillis, rows);
    }

    /**
     * Applies what the end of the input lets through: all held events, then the expiries due at or before the time that
     * the input has reached. Nothing is known of later times, so no window moves beyond it.
     *
     * @param reachedMillis the greatest event time of the input
     */
    public void finish(EntityState state, long reachedMillis, RowOutput rows) {
        applyHeld(state, Long.MAX_VALUE, rows);
        expireThrough(state, reachedMillis, rows);
    }

    private void applyHeld(EntityState state, long limitMillis, RowOutput rows) {
        HeldEvents held = state.held;
        while (held != null && held.size() > 0 && held.at(0).timeMillis() <= limitMillis) {
            SelectedEvent event = held.removeEarliest();
            apply(state, event, Long.MIN_VALUE, rows);
        }
        if (held != null && held.size() == 0) {
            state.held = null;
        }
    }

    /** The earliest event time at which {@link #advance} has something to do; {@link Long#MAX_VALUE} for never. */
    public long nextDueMillis(EntityState state) {
        HeldEvents held = state.held;
        return held == null
                ? state.dueMillis
                : Math.min(state.dueMillis, held.at(0).timeMillis());
    }

    /** Whether nothing is left that could ever change a value: the state may be dropped. */
    public boolean isSpent(EntityState state) {
        return !state.hasHeld() && !state.hasTiles();
    }

    /** Writes, reads and copies states of this engine. */
    public EntityStateCodec codec() {
        return codec;
    }

    List<Column.Windowed> columns() {
        return columns;
    }

    List<TileChain> chains() {
        return List.of(chains);
    }

    /** Position of the chain that has that column. */
    int chainOf(int column) {
        int chain = 0;
        while (!sets.get(chain).columns().contains(column)) {
            chain++;
        }
        return chain;
    }

    /** Which windows share tiles, and what is kept of each tile. */
    public List<SharedTiles> sharedTiles() {
        return Arrays.stream(chains).map(TileChain::sharedTiles).toList();
    }

    /** How much a state of this engine holds. */
    public StateSize size(EntityState state) {
        return StateSize.of(state.rings);
    }

    @Override
    public long asOfMillis() {
        return asOfMillis;
    }

    @Override
    public void countOverflow() {
        metrics.overflow();
    }

    private static void hold(EntityState state, SelectedEvent event) {
        if (state.held == null) {
            state.held = new HeldEvents();
        }
        state.held.add(event);
    }

    private boolean apply(EntityState state, SelectedEvent event, long watermarkMillis, RowOutput rows) {
        long time = event.timeMillis();
        long clock = state.clockMillis;
        if (watermarkMillis != Long.MIN_VALUE && !state.hasTiles()) {
            // Rows of a state that was dropped before may be as of any moment up to the watermark.
            clock = Math.max(clock, Hop.after(watermarkMillis));
        }
        if (time > clock) {
            expireThrough(state, time, rows);
            clock = time;
        } else if (!covers(time, clock)) {
            metrics.eventLate();
            return false;
        } else if (time < clock) {
            metrics.eventOutOfOrder();
        }
        if (clock > state.clockMillis && !state.hasTiles()) {
            state.seq = 0;
        }
        state.clockMillis = clock;
        for (int i = 0; i < chains.length; i++) {
            state.dueMillis = Math.min(state.dueMillis, chains[i].add(state.rings[i], event, clock));
        }
        emit(state, rows, event);
        return true;
    }

    private boolean covers(long timeMillis, long clockMillis) {
        for (TileChain chain : chains) {
            if (chain.region(timeMillis, clockMillis) != TileChain.GONE) {
                return true;
            }
        }
        return false;
    }

    private void expireThrough(EntityState state, long limitMillis, RowOutput rows) {
        while (state.dueMillis <= limitMillis && state.dueMillis != Hop.NEVER) {
            long due = state.dueMillis;
            long next = Hop.NEVER;
            boolean isSeen = false;
            for (int i = 0; i < chains.length; i++) {
                isSeen |= chains[i].expire(state.rings[i], due);
                next = Math.min(next, chains[i].nextExit(state.rings[i]));
            }
            state.dueMillis = next;
            state.clockMillis = due;
            if (isSeen) {
                emit(state, rows, null);
            }
        }
    }

    private void emit(EntityState state, RowOutput rows, @Nullable SelectedEvent cause) {
        @Nullable Object[] values = new Object[columns.size()];
        asOfMillis = state.clockMillis;
        for (int i = 0; i < chains.length; i++) {
            chains[i].results(state.rings[i], values, this);
        }
        rows.row(state.clockMillis, ++state.seq, values, cause);
    }
}
