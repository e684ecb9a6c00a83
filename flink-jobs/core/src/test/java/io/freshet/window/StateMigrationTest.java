/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.definition.Column;
import io.freshet.definition.Emit;
import io.freshet.event.SelectedEvent;
import io.freshet.metrics.ViewMetrics;
import io.freshet.oracle.Answer;
import io.freshet.oracle.Oracle;
import io.freshet.oracle.RowMoments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Columns come and go while an entity's events do: what stays is as if nothing had changed, what comes begins then. */
class StateMigrationTest {

    private static final int SEEDS = Integer.getInteger("freshet.test.seeds", 60);
    private static final int EVENTS = 60;
    private static final int CHANGES = 3;

    /** The columns of a job, what is known of them, and the engine that keeps them. */
    private record Era(List<Column.Windowed> columns, List<TileSet> sets, WindowEngine engine) {

        static Era of(List<Column.Windowed> columns, List<TileSet> sets, Emit emit) {
            return new Era(columns, sets, new WindowEngine(columns, sets, emit, ViewMetrics.NONE));
        }

        Era followedBy(List<Column.Windowed> next, List<Integer> keptFrom, Emit emit) {
            return of(next, TileSet.after(sets, next, keptFrom), emit);
        }
    }

    @Test
    void columnsThatStayHaveTheBitsOfAnUnchangedJobAndThoseThatComeKnowWhatCameSince() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                run(new Scenario(seed, EVENTS), Emit.ON_EVENT, new Random(seed));
                run(new Scenario(seed, EVENTS), Emit.ON_WATERMARK, new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static void run(Scenario scenario, Emit emit, Random random) {
        List<Column.Windowed> all = scenario.columns;
        Map<String, Oracle> oracles = new HashMap<>();
        Set<String> fromTheBeginning = new HashSet<>();
        List<Column.Windowed> first = some(all, random);
        Era era = Era.of(first, TileSet.of(first), emit);
        for (Column.Windowed column : first) {
            oracles.put(column.name(), new Oracle(List.of(column)));
            fromTheBeginning.add(column.name());
        }
        LastRow unchanged = new LastRow(Era.of(all, TileSet.of(all), emit), Map.of());
        LastRow changed = new LastRow(era, oracles);
        for (int i = 0; i < EVENTS; i++) {
            if (i % (EVENTS / CHANGES) == EVENTS / CHANGES - 1) {
                List<Column.Windowed> next = some(all, random);
                List<Integer> keptFrom =
                        next.stream().map(changed.era.columns::indexOf).toList();
                for (Column.Windowed column : next) {
                    if (!changed.era.columns.contains(column)) {
                        oracles.put(column.name(), new Oracle(List.of(column)));
                        fromTheBeginning.remove(column.name());
                    }
                }
                changed.become(changed.era.followedBy(next, keptFrom, emit), keptFrom);
            }
            SelectedEvent event = scenario.events.get(i);
            boolean advances = emit == Emit.ON_EVENT || random.nextInt(3) == 0;
            unchanged.take(event, advances);
            changed.take(event, advances);
            for (Column.Windowed column : changed.era.columns) {
                if (fromTheBeginning.contains(column.name()) && isExact(column)) {
                    Optional<Object> found = changed.value(column);
                    if (!found.equals(Optional.of(LastRow.NONE_YET))) {
                        assertThat(found).as(column.name()).isEqualTo(unchanged.value(column));
                    }
                }
            }
        }
        if (emit == Emit.ON_EVENT) {
            changed.rowsAreDueAsInAJobOfTheseColumns(scenario);
        }
    }

    /** Sums of doubles may differ in the last bit: tiles of a job of more windows are cut finer. */
    private static boolean isExact(Column.Windowed column) {
        WindowEngine alone = new WindowEngine(List.of(column), Emit.ON_EVENT, ViewMetrics.NONE);
        return alone.chains().get(0).aggregates[0].isExact();
    }

    /** An entity in a job, and the last row that an event has given; rows are judged by the oracles of their columns. */
    private static final class LastRow implements RowOutput {
        static final Object NONE_YET = new Object();

        private final Map<String, Oracle> oracles;
        private Era era;
        private EntityState state;
        private Map<String, @Nullable Object> values = new HashMap<>();
        private int rows;

        LastRow(Era era, Map<String, Oracle> oracles) {
            this.era = era;
            this.oracles = oracles;
            this.state = era.engine.newState();
        }

        void become(Era next, List<Integer> keptFrom) {
            EntityState former = WindowHarness.restored(era.engine, state);
            EntityState migrated = new StateMigration(era.engine, next.engine, keptFrom).apply(former);
            state = WindowHarness.restored(next.engine, migrated);
            era = next;
            values = new HashMap<>();
        }

        void take(SelectedEvent event, boolean advances) {
            era.engine.accept(state, event, Long.MIN_VALUE, this);
            if (advances) {
                era.engine.advance(state, event.timeMillis(), this);
            }
        }

        /** Of the last row that an event gave since the columns changed. */
        Optional<Object> value(Column.Windowed column) {
            return values.isEmpty() ? Optional.of(NONE_YET) : Optional.ofNullable(values.get(column.name()));
        }

        @Override
        public void row(long asOfMillis, long seq, @Nullable Object[] row, @Nullable SelectedEvent cause) {
            rows++;
            for (int column = 0; column < row.length; column++) {
                String name = era.columns.get(column).name();
                Oracle oracle = oracles.get(name);
                if (oracle != null) {
                    if (cause != null) {
                        oracle.add(cause);
                    }
                    Answer expected = oracle.answer(0, "k", asOfMillis);
                    if (!expected.agreesWith(row[column])) {
                        throw new AssertionError("As of " + asOfMillis + ", " + era.columns.get(column) + ": "
                                + row[column] + ", expected " + expected);
                    }
                }
                if (cause != null) {
                    values.put(name, row[column]);
                }
            }
        }

        /** Once all tiles of before the last change are gone, rows come when they would in a job that began so. */
        void rowsAreDueAsInAJobOfTheseColumns(Scenario scenario) {
            SelectedEvent last = scenario.events.get(EVENTS - 1);
            long later = last.timeMillis() + 4 * scenario.longestMillis + 4;
            long end = later + 3 * scenario.longestMillis;
            if (end < last.timeMillis()) {
                return; // beyond all time
            }
            era.engine.advance(state, later - 1, this);
            rows = 0;
            RowMoments moments = new RowMoments(era.columns);
            @Nullable Object[] inputs = new Object[Scenario.INPUTS.size()];
            Arrays.setAll(inputs, last::input);
            SelectedEvent event = new SelectedEvent("k", later, 0, 1_000, 0, 0, inputs, null);
            int expected = moments.event(event, Long.MIN_VALUE).size()
                    + moments.watermark(end).size();
            take(event, true);
            era.engine.advance(state, end, this);
            assertThat(rows).isEqualTo(expected);
        }
    }

    private static List<Column.Windowed> some(List<Column.Windowed> all, Random random) {
        List<Column.Windowed> some = new ArrayList<>();
        for (Column.Windowed column : all) {
            if (random.nextInt(3) > 0) {
                some.add(column);
            }
        }
        if (random.nextInt(4) == 0) {
            Collections.reverse(some);
        }
        return some.isEmpty() ? List.of(all.get(0)) : some;
    }
}
