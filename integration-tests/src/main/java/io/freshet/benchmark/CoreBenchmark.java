/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.definition.Emit;
import io.freshet.definition.ViewPlan;
import io.freshet.event.SelectedEvent;
import io.freshet.metrics.ViewMetrics;
import io.freshet.window.EntityState;
import io.freshet.window.RowOutput;
import io.freshet.window.WindowEngine;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The window core alone, through its public face: four windows (1m, 10m, 1h, 1d) times count, sum, min, max on the heap.
 *
 * <p>An event always gives a row, so each figure of an event holds that of a row; {@link #row} tells it alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CoreBenchmark {

    /** Tiles of a second that a minute holds; one more would make the first leave. */
    static final int TILES = 60;

    /** Expiries of {@link #TILES} events a second apart: as many tiles of 1m, 6 of 10m, 1 of 1h, 1 of 1d. */
    static final int EXPIRIES = TILES + 6 + 1 + 1;

    private static final long TIME = EventStream.START_MILLIS;
    private static final long TWO_DAYS_MILLIS = 2 * 86_400_000L;

    private WindowEngine engine;
    private WindowEngine filtered;
    private EntityState empty;
    private EntityState full;
    private SelectedEvent[] eachSecond;
    private SelectedEvent event;
    private SelectedEvent refused;

    /** States of many entities. */
    @State(Scope.Thread)
    public static class Entities {

        /** Entities that take turns: one stays in the caches of the CPU, 20,000 do not. */
        @Param({"1", "20000"})
        public int entities = 1;

        private EntityState[] states;
        private EntityState[] filteredStates;
        private int next;

        /** For JMH. */
        @SuppressWarnings("NullAway.Init") // JMH calls prepare before all else
        public Entities() {}

        /** Fills a minute of tiles of each entity. */
        @Setup
        public void prepare(CoreBenchmark core) {
            states = new EntityState[entities];
            filteredStates = new EntityState[entities];
            EntityState filtered = core.filled(core.filtered);
            for (int i = 0; i < entities; i++) {
                states[i] = core.engine.codec().copy(core.full);
                filteredStates[i] = core.filtered.codec().copy(filtered);
            }
        }

        private int turn() {
            // A stride that visits all entities in an order that no prefetcher guesses.
            next = (next + 61_837) % entities;
            return next;
        }
    }

    /** For JMH. */
    @SuppressWarnings("NullAway.Init") // JMH calls prepare before all else
    public CoreBenchmark() {}

    /** Fills a minute of tiles. */
    @Setup
    public void prepare() {
        engine = engine(Workload.base(1).view().plan());
        filtered = engine(Workload.base(1).filteredView().plan());
        EventValues values = new EventValues(Workload.base(1).view().plan());
        eachSecond = new SelectedEvent[TILES];
        for (int i = 0; i < TILES; i++) {
            eachSecond[i] = event(TIME + 1_000L * i, values.of(i), 1);
        }
        event = eachSecond[TILES - 1];
        refused = event(event.timeMillis(), values.of(TILES), 0);
        empty = engine.newState();
        full = filled(engine);
        checkExpiries();
    }

    private static WindowEngine engine(ViewPlan plan) {
        return new WindowEngine(plan.windowed(), Emit.ON_EVENT, ViewMetrics.NONE);
    }

    private static SelectedEvent event(long timeMillis, @Nullable Object[] values, long filters) {
        return new SelectedEvent("entity", timeMillis, 0, 0, timeMillis, filters, values, null);
    }

    private EntityState filled(WindowEngine of) {
        EntityState state = of.newState();
        for (SelectedEvent each : eachSecond) {
            of.accept(state, each, Long.MIN_VALUE, (asOf, seq, row, cause) -> {});
        }
        return state;
    }

    private void checkExpiries() {
        int[] rows = {0};
        engine.advance(engine.codec().copy(full), TIME + TWO_DAYS_MILLIS, (asOf, seq, row, cause) -> rows[0]++);
        if (rows[0] != EXPIRIES) {
            throw new IllegalStateException("Cannot tell the time of an expiry: " + rows[0] + ", expected " + EXPIRIES);
        }
    }

    /** An event in tiles that are there, and its row. */
    @Benchmark
    public boolean eventInTile(Entities all, Blackhole rows) {
        return engine.accept(all.states[all.turn()], event, Long.MIN_VALUE, into(rows));
    }

    /** An event that the filter of every feature refuses: what is left is the row, and finding the tiles. */
    @Benchmark
    public boolean row(Entities all, Blackhole rows) {
        return filtered.accept(all.filteredStates[all.turn()], refused, Long.MIN_VALUE, into(rows));
    }

    /** An event in a new tile of a second (one in ten opens one of ten seconds as well), and its row; nothing expires. */
    @Benchmark
    @OperationsPerInvocation(TILES)
    public EntityState eventInNewTile(Blackhole rows) {
        EntityState state = engine.codec().copy(empty);
        RowOutput output = into(rows);
        for (SelectedEvent each : eachSecond) {
            engine.accept(state, each, Long.MIN_VALUE, output);
        }
        return state;
    }

    /** A tile leaves a window, and the row of that; with a share of the copy of the state, see {@link #copy}. */
    @Benchmark
    @OperationsPerInvocation(EXPIRIES)
    public EntityState expiry(Blackhole rows) {
        EntityState state = engine.codec().copy(full);
        engine.advance(state, TIME + TWO_DAYS_MILLIS, into(rows));
        return state;
    }

    /** A copy of a state with a minute of tiles. */
    @Benchmark
    public EntityState copy() {
        return engine.codec().copy(full);
    }

    private static RowOutput into(Blackhole rows) {
        return (asOf, seq, values, cause) -> rows.consume(values);
    }
}
