/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.definition.Emit;
import io.freshet.event.SelectedEvent;
import io.freshet.oracle.RowMoments;
import io.freshet.window.WindowHarness.Keeping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random views and events: every row when it must be, every value what the oracle says, whatever the run is like. */
class WindowPropertyTest {

    private static final int SEEDS = Integer.getInteger("freshet.test.seeds", 60);
    private static final int EVENTS = 40;

    @Test
    void everyRowOfEventsInOrderIsDueAndRight() {
        forEachSeed(seed -> {
            Scenario scenario = new Scenario(seed, EVENTS);
            WindowHarness harness = new WindowHarness(scenario.columns, Emit.ON_EVENT, Keeping.AS_IS);
            RowMoments moments = new RowMoments(scenario.columns);
            List<RowMoments.Moment> expected = new ArrayList<>();
            for (SelectedEvent event : scenario.events) {
                assertThat(harness.event(event)).isTrue();
                expected.addAll(moments.event(event, Long.MIN_VALUE));
            }
            harness.watermark(Long.MAX_VALUE);
            expected.addAll(moments.watermark(Long.MAX_VALUE));
            assertThat(momentsOf(harness)).isEqualTo(expected);
        });
    }

    @Test
    void everyRowOfShuffledEventsIsDueAndRightAndOnlyUselessEventsAreLate() {
        forEachSeed(seed -> {
            Scenario scenario = new Scenario(seed, EVENTS);
            Random random = new Random(~seed);
            long bound = random.nextLong(2 * scenario.longestMillis);
            WindowHarness harness = new WindowHarness(scenario.columns, Emit.ON_EVENT, Keeping.AS_IS);
            RowMoments moments = new RowMoments(scenario.columns);
            List<RowMoments.Moment> expected = new ArrayList<>();
            long greatest = Long.MIN_VALUE;
            long watermark = Long.MIN_VALUE;
            // Half of the bound is given to the watermark, so that some events come behind it.
            for (SelectedEvent event : shuffled(scenario.events, bound, random)) {
                List<RowMoments.Moment> rows = moments.event(event, watermark);
                assertThat(harness.event(event)).isEqualTo(!rows.isEmpty());
                expected.addAll(rows);
                greatest = Math.max(greatest, event.timeMillis());
                if (random.nextBoolean() && greatest >= Long.MIN_VALUE + bound) {
                    watermark = Math.max(watermark, greatest - bound / 2);
                    harness.watermark(watermark);
                    expected.addAll(moments.watermark(watermark));
                }
                assertThat(momentsOf(harness)).isEqualTo(expected);
            }
            for (int row = 1; row < expected.size(); row++) {
                assertThat(expected.get(row).seq() > 1
                                || expected.get(row).asOfMillis()
                                        > expected.get(row - 1).asOfMillis())
                        .as("a row of a new state is as of later")
                        .isTrue();
            }
        });
    }

    @Test
    void restoredAndCopiedStatesGiveTheSameRowsToTheBit() {
        forEachSeed(seed -> {
            Scenario scenario = new Scenario(seed, EVENTS);
            for (Emit emit : Emit.values()) {
                List<Rows.Row> rows = shuffledRun(scenario, emit, Keeping.AS_IS, seed);
                assertThat(shuffledRun(scenario, emit, Keeping.RESTORED, seed)).isEqualTo(rows);
                assertThat(shuffledRun(scenario, emit, Keeping.COPIED, seed)).isEqualTo(rows);
            }
        });
    }

    @Test
    void rowsOfEventsInOrderDoNotDependOnWhenWatermarksCome() {
        forEachSeed(seed -> {
            Scenario scenario = new Scenario(seed, EVENTS);
            Random random = new Random(~seed);
            WindowHarness without = new WindowHarness(scenario.columns, Emit.ON_EVENT, Keeping.AS_IS);
            WindowHarness with = new WindowHarness(scenario.columns, Emit.ON_EVENT, Keeping.AS_IS);
            for (SelectedEvent event : scenario.events) {
                without.event(event);
                if (random.nextBoolean() && event.timeMillis() > Long.MIN_VALUE + 2) {
                    with.watermark(event.timeMillis() - 1 - random.nextInt(2));
                }
                with.event(event);
            }
            without.watermark(Long.MAX_VALUE);
            with.watermark(Long.MAX_VALUE);
            assertThat(with.rows).isEqualTo(without.rows);
        });
    }

    @Test
    void onWatermarkRowsAreAFunctionOfTheSetOfEvents() {
        forEachSeed(seed -> {
            Scenario scenario = new Scenario(seed, EVENTS);
            List<SelectedEvent> sorted = new ArrayList<>(scenario.events);
            sorted.sort(HeldEvents.ORDER);
            RowMoments moments = new RowMoments(scenario.columns);
            List<RowMoments.Moment> expected = new ArrayList<>();
            sorted.forEach(event -> expected.addAll(moments.event(event, Long.MIN_VALUE)));
            expected.addAll(moments.watermark(Long.MAX_VALUE));

            List<Rows.Row> first = null;
            for (int run = 0; run < 4; run++) {
                WindowHarness harness = onWatermarkRun(scenario, new Random(seed * 31 + run));
                first = first == null ? harness.rows : first;
                assertThat(harness.rows).isEqualTo(first);
                assertThat(momentsOf(harness)).isEqualTo(expected);
            }
        });
    }

    private static WindowHarness onWatermarkRun(Scenario scenario, Random random) {
        long bound = random.nextLong(2 * scenario.longestMillis);
        WindowHarness harness = new WindowHarness(scenario.columns, Emit.ON_WATERMARK, Keeping.AS_IS);
        long greatest = Long.MIN_VALUE;
        for (SelectedEvent event : shuffled(scenario.events, bound, random)) {
            assertThat(harness.event(event)).isTrue();
            greatest = Math.max(greatest, event.timeMillis());
            if (random.nextInt(3) == 0 && greatest > Long.MIN_VALUE + bound + 1) {
                harness.watermark(greatest - bound - 1);
            }
        }
        harness.watermark(Long.MAX_VALUE);
        return harness;
    }

    private static List<Rows.Row> shuffledRun(Scenario scenario, Emit emit, Keeping keeping, long seed) {
        Random random = new Random(~seed);
        WindowHarness harness = new WindowHarness(scenario.columns, emit, keeping);
        long greatest = Long.MIN_VALUE;
        for (SelectedEvent event : shuffled(scenario.events, scenario.longestMillis, random)) {
            harness.event(event);
            greatest = Math.max(greatest, event.timeMillis());
            if (random.nextInt(3) == 0 && greatest > Long.MIN_VALUE + scenario.longestMillis) {
                harness.watermark(greatest - scenario.longestMillis / 3);
            }
        }
        harness.watermark(Long.MAX_VALUE);
        return harness.rows;
    }

    /** Each event comes after all that are more than the bound older. */
    private static List<SelectedEvent> shuffled(List<SelectedEvent> events, long boundMillis, Random random) {
        record Arrival(SelectedEvent event, double at) {}
        return events.stream()
                .map(event -> new Arrival(
                        event, (event.timeMillis() - events.get(0).timeMillis()) + random.nextDouble() * boundMillis))
                .sorted(Comparator.comparingDouble(Arrival::at))
                .map(Arrival::event)
                .toList();
    }

    private static List<RowMoments.Moment> momentsOf(WindowHarness harness) {
        return harness.rows.stream()
                .map(row -> new RowMoments.Moment(row.asOfMillis(), row.seq()))
                .toList();
    }

    private interface Property {
        void holds(long seed);
    }

    private static void forEachSeed(Property property) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                property.holds(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
