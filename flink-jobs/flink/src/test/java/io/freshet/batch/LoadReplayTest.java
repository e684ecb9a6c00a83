/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.definition.ViewPlan;
import io.freshet.event.SelectedEvent;
import io.freshet.metrics.ViewMetrics;
import io.freshet.operator.TestViews;
import io.freshet.oracle.LoadedRows;
import io.freshet.row.FeatureRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoadReplayTest {

    private static final ViewPlan PLAN = TestViews.payments();

    /** A payment in a file of a load, and from when it was available. */
    private record Paid(int load, long availableMillis, SelectedEvent event) {}

    /** A row, with the load it needs. */
    private record Made(FeatureRow row, int load) {}

    private static final class Replayed {
        final List<Made> rows = new ArrayList<>();
        final List<SelectedEvent> late = new ArrayList<>();

        Replayed(boolean byEventTime, List<Paid> paid) {
            int[] loads = {0, 1, 2, 3};
            LoadReplay replay = new LoadReplay(
                    PLAN,
                    ViewMetrics.NONE,
                    Long.MIN_VALUE,
                    loads,
                    (row, load) -> rows.add(new Made(row, load)),
                    late::add);
            Step.Collected steps = new Step.Collected(!byEventTime);
            paid.forEach(one ->
                    steps.add(one.load(), one.availableMillis(), one.event().timeMillis()));
            replay.steps(steps.steps());
            paid.stream()
                    .sorted(Comparator.comparing((Paid one) -> one.event().entity())
                            .thenComparingLong(one -> place(byEventTime, one)))
                    .forEach(one -> replay.take(one.event(), place(byEventTime, one)));
            replay.end();
        }

        private static long place(boolean byEventTime, Paid one) {
            return Place.of(
                    byEventTime, one.load(), one.availableMillis(), one.event().timeMillis());
        }

        List<String> texts() {
            return rows.stream().map(LoadReplayTest::text).toList();
        }
    }

    private static String text(Made made) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < made.row().size(); i++) {
            values.add(made.row().value(i));
        }
        return made.row().entity() + " " + made.row().asOfMillis() + " "
                + made.row().seq() + " " + made.row().availableAtMillis() + " " + values;
    }

    private static Paid paid(String card, int load, long availableMillis, long timeMillis, long amount) {
        return new Paid(
                load,
                availableMillis,
                new SelectedEvent(card, timeMillis, load, timeMillis, availableMillis, 0, new Object[] {amount}, null));
    }

    /** Payments of four loads, a minute each; one in five is older than its load. */
    private static List<Paid> loaded(int seed, boolean byEventTime) {
        Random random = new Random(seed);
        List<Paid> all = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int load = random.nextInt(4);
            long time =
                    load * 60_000L + random.nextInt(240) * 250L - (random.nextInt(5) == 0 ? random.nextInt(90_000) : 0);
            long available = byEventTime ? (load + 1) * 100_000L : time + random.nextInt(300_000);
            all.add(new Paid(
                    load,
                    available,
                    new SelectedEvent(
                            "card" + random.nextInt(7),
                            time,
                            load,
                            i,
                            available,
                            0,
                            new Object[] {(long) random.nextInt(50)},
                            null)));
        }
        return all;
    }

    @Test
    void everyRowIsOneThatMustBeWithItsTimeAndNoneIsMissing() {
        for (int seed = 0; seed < 12; seed++) {
            boolean byEventTime = seed % 2 == 0;
            List<Paid> paid = loaded(seed, byEventTime);
            List<LoadedRows.Row> expected = LoadedRows.of(
                    PLAN.windowed(),
                    paid.stream()
                            .map(one -> new LoadedRows.Known(one.event(), one.load(), one.availableMillis()))
                            .toList(),
                    byEventTime ? 1 : 60_000);
            List<Made> rows = new Replayed(byEventTime, paid).rows;
            assertThat(rows).as("seed %d", seed).hasSameSizeAs(expected).hasSizeGreaterThan(500);
            for (int i = 0; i < rows.size(); i++) {
                FeatureRow row = rows.get(i).row();
                LoadedRows.Row owed = expected.get(i);
                assertThat(row.entity() + " " + row.asOfMillis() + " " + row.seq() + " " + row.availableAtMillis()
                                + " load " + rows.get(i).load())
                        .as("seed %d, row %d", seed, i)
                        .isEqualTo(owed.entity() + " " + owed.asOfMillis() + " " + owed.seq() + " "
                                + owed.availableMillis() + " load " + owed.load());
                for (int column = 0; column < PLAN.windowed().size(); column++) {
                    assertThat(owed.answers().get(column).agreesWith(row.value(column)))
                            .as(
                                    "seed %d, row %d, column %d: %s, owed %s",
                                    seed,
                                    i,
                                    column,
                                    row.value(column),
                                    owed.answers().get(column))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void aLaterLoadChangesNoRowOfThoseBeforeIt() {
        for (int seed = 0; seed < 6; seed++) {
            boolean byEventTime = seed % 2 == 0;
            List<Paid> all = loaded(seed, byEventTime);
            List<Paid> before = all.stream().filter(one -> one.load() < 3).toList();
            List<String> earlier = new Replayed(byEventTime, all)
                    .rows.stream()
                            .filter(made -> made.load() < 3)
                            .map(LoadReplayTest::text)
                            .toList();
            assertThat(earlier).isEqualTo(new Replayed(byEventTime, before).texts());
        }
    }

    @Test
    void rowsOfAnEntityAreInTheOrderOfBothStores() {
        List<Made> rows = new Replayed(false, loaded(5, false)).rows;
        for (int i = 1; i < rows.size(); i++) {
            FeatureRow before = rows.get(i - 1).row();
            FeatureRow row = rows.get(i).row();
            if (before.entity().equals(row.entity())) {
                assertThat(row.availableAtMillis()).isGreaterThanOrEqualTo(before.availableAtMillis());
                assertThat(row.asOfMillis()).isGreaterThanOrEqualTo(before.asOfMillis());
                assertThat(row.asOfMillis() > before.asOfMillis() || row.seq() > before.seq())
                        .isTrue();
            }
        }
    }

    @Test
    void anEventThatComesLateCountsFromThenOnAndDoesNotMoveTheClockBack() {
        Replayed replayed = new Replayed(
                false,
                List.of(
                        paid("a", 0, 101_000, 1_000, 4),
                        paid("a", 0, 105_000, 5_000, 2),
                        paid("a", 0, 130_000, 3_000, 1)));
        assertThat(replayed.texts())
                .containsExactly(
                        "a 1000 1 101000 [1, 4, 4, 2]", "a 5000 2 105000 [2, 6, 6, 4]", "a 5000 3 130000 [3, 7, 7, 6]");
        assertThat(replayed.late).isEmpty();
    }

    @Test
    void whatNoWindowCanUseAnyMoreIsLate() {
        Replayed replayed =
                new Replayed(true, List.of(paid("a", 0, 500_000, 200_000, 4), paid("a", 1, 600_000, 1_000, 2)));
        assertThat(replayed.texts()).containsExactly("a 200000 1 500000 [1, 4, 4, 2]");
        assertThat(replayed.late).hasSize(1);
    }

    @Test
    void tilesLeaveWhenTheEventsOfAnyEntityHavePassed() {
        Replayed replayed =
                new Replayed(true, List.of(paid("a", 0, 500_000, 1_000, 4), paid("b", 1, 600_000, 40_000, 2)));
        assertThat(replayed.texts())
                .containsExactly(
                        "a 1000 1 500000 [1, 4, 4, 2]",
                        "a 12000 2 600000 [0, null, 4, 0]",
                        "b 40000 1 600000 [1, 2, 2, 2]");
    }

    @Test
    void theOrderOfPlacesIsThatOfLoadsAndThenOfTime() {
        assertThat(Place.of(true, 0, 0, Long.MAX_VALUE)).isLessThan(Place.of(true, 1, 0, Long.MIN_VALUE));
        assertThat(Place.of(true, 1, 7, -5)).isLessThan(Place.of(true, 1, 6, 5));
        assertThat(Place.of(false, 1, 7, -5)).isGreaterThan(Place.of(false, 1, 6, 5));
        assertThat(Place.of(true, Place.MOST_LOADS - 1, 0, 0)).isPositive();
    }
}
