/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.backfill.Counts.Count;
import io.freshet.definition.ViewPlan;
import io.freshet.event.SelectedEvent;
import io.freshet.operator.TestViews;
import io.freshet.oracle.Oracle;
import io.freshet.row.FeatureRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntityReplayTest {

    private static final ViewPlan PLAN = TestViews.payments();
    private static final Span ALL = Span.all();

    private static List<ReplayItem> payments(int cards, int payments) {
        Random random = new Random(3);
        List<ReplayItem> items = new ArrayList<>();
        for (int i = 0; i < payments; i++) {
            // Some at the same time, some when a tile ends.
            items.add(Replayed.event(
                    TestViews.payment("card" + random.nextInt(cards), random.nextInt(200) * 500L, random.nextInt(50))));
        }
        return items;
    }

    private static List<ReplayItem> and(List<ReplayItem> some, List<ReplayItem> others) {
        List<ReplayItem> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private static List<String> text(List<FeatureRow> rows) {
        List<String> texts = new ArrayList<>();
        for (FeatureRow row : rows) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                values.add(row.value(i));
            }
            texts.add(row.entity() + " " + row.asOfMillis() + " " + row.seq() + " " + values);
        }
        return texts;
    }

    @Test
    void everyRowAgreesWithTheOracle() {
        List<ReplayItem> payments = payments(9, 700);
        Oracle oracle = new Oracle(PLAN.windowed());
        payments.forEach(item -> oracle.add(((ReplayItem.Event) item).event()));
        Replayed replayed = Replayed.of(PLAN, ALL, 150_000, payments);
        assertThat(replayed.rows).hasSizeGreaterThan(1_000).hasSize(replayed.count(Count.MADE));
        assertThat(replayed.count(Count.EVENTS)).isEqualTo(700);
        for (int i = 0; i < replayed.rows.size(); i++) {
            FeatureRow row = replayed.rows.get(i);
            boolean last = i + 1 == replayed.rows.size()
                    || !replayed.rows.get(i + 1).entity().equals(row.entity())
                    || replayed.rows.get(i + 1).asOfMillis() > row.asOfMillis();
            for (int column = 0; last && column < PLAN.windowed().size(); column++) {
                assertThat(oracle.answer(column, row.entity(), row.asOfMillis()).agreesWith(row.value(column)))
                        .as("column %d of %s as of %d", column, row.entity(), row.asOfMillis())
                        .isTrue();
            }
        }
    }

    @Test
    void rowsDoNotDependOnTheOrderOfEventsOfOneTime() {
        List<ReplayItem> items = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            items.add(Replayed.event(new SelectedEvent("a", 1_000, i % 3, i, 7, 0, new Object[] {(long) i}, null)));
        }
        List<String> expected = text(Replayed.of(PLAN, ALL, 90_000, items).rows);
        Collections.shuffle(items, new Random(1));
        assertThat(text(Replayed.of(PLAN, ALL, 90_000, items).rows)).isEqualTo(expected);
    }

    @Test
    void windowsMoveToTheEndOfTheInputAndNoFurther() {
        List<ReplayItem> one = List.of(Replayed.event(TestViews.payment("a", 500, 4)));
        assertThat(text(Replayed.of(PLAN, ALL, 500, one).rows)).containsExactly("a 500 1 [1, 4, 4, 2]");
        assertThat(text(Replayed.of(PLAN, ALL, 11_000, one).rows))
                .containsExactly("a 500 1 [1, 4, 4, 2]", "a 11000 2 [0, null, 4, 0]");
        assertThat(Replayed.of(PLAN, ALL, 61_000, one).rows).hasSize(3);
    }

    @Test
    void whatIsThereIsNotMadeAgain() {
        List<ReplayItem> payments = payments(9, 700);
        Replayed first = Replayed.of(PLAN, ALL, 150_000, payments);
        Replayed second = Replayed.of(PLAN, ALL, 150_000, and(payments, first.logged(PLAN)));
        assertThat(second.rows).isEmpty();
        assertThat(second.count(Count.THERE)).isEqualTo(first.rows.size());
        assertThat(second.count(Count.NOT_MADE)).isZero();
        assertThat(second.conflict).isNull();
    }

    @Test
    void whatIsMissingIsMade() {
        List<ReplayItem> payments = payments(9, 700);
        Replayed first = Replayed.of(PLAN, ALL, 150_000, payments);
        List<ReplayItem> logged = new ArrayList<>(first.logged(PLAN));
        Collections.shuffle(logged, new Random(2));
        List<ReplayItem> left = logged.subList(0, logged.size() / 3);
        Replayed second = Replayed.of(PLAN, ALL, 150_000, and(payments, left));
        assertThat(second.count(Count.THERE)).isEqualTo(left.size());
        assertThat(second.rows).hasSize(first.rows.size() - left.size());
        List<FeatureRow> all = new ArrayList<>(second.rows);
        assertThat(text(first.rows)).containsAll(text(all));
        assertThat(text(all)).doesNotHaveDuplicates();
    }

    @Test
    void bordersLeaveRowsOutButNotTheirEvents() {
        List<ReplayItem> payments = payments(4, 300);
        List<String> whole = text(Replayed.of(PLAN, ALL, 150_000, payments).rows);
        List<FeatureRow> part = Replayed.of(PLAN, new Span(30_000, 60_500), 150_000, payments).rows;
        assertThat(part).isNotEmpty().allMatch(row -> row.asOfMillis() >= 30_000 && row.asOfMillis() < 60_500);
        assertThat(text(part))
                .containsExactlyElementsOf(whole.stream()
                        .filter(row -> {
                            long asOf = Long.parseLong(row.split(" ")[1]);
                            return asOf >= 30_000 && asOf < 60_500;
                        })
                        .toList());
    }

    @Test
    void whereLiveRowsAreCompleteRowsAreLeftToThem() {
        List<ReplayItem> items = List.of(
                new ReplayItem.LiveRows("a", 2_000),
                Replayed.event(TestViews.payment("a", 1_000, 1)),
                Replayed.event(TestViews.payment("a", 2_000, 1)),
                Replayed.event(TestViews.payment("b", 2_000, 1)));
        Replayed replayed = Replayed.of(PLAN, ALL, 2_000, items);
        assertThat(text(replayed.rows)).containsExactly("a 1000 1 [1, 1, 1, 2]", "b 2000 1 [1, 1, 1, 2]");
        assertThat(replayed.count(Count.LIVE)).isEqualTo(1);
    }

    @Test
    void otherValuesAreAConflictAndAnotherDelayIsNot() {
        List<ReplayItem> payments = List.of(Replayed.event(TestViews.payment("a", 1_000, 1)));
        List<ReplayItem> others = List.of(Replayed.event(TestViews.payment("a", 1_000, 2)));
        List<ReplayItem> there = Replayed.of(PLAN, ALL, 1_000, others).logged(PLAN);

        Replayed conflict = Replayed.of(PLAN, ALL, 1_000, and(payments, there));
        assertThat(conflict.rows).isEmpty();
        assertThat(conflict.count(Count.CONFLICT)).isEqualTo(1);
        assertThat(conflict.conflict).contains("column 'sum_10s' of entity 'a' as of 1970-01-01T00:00:01Z, seq 1");

        Replayed later = Replayed.withDelay(PLAN, Duration.ofSeconds(1), 1_000, and(others, there));
        assertThat(later.rows).isEmpty();
        assertThat(later.count(Count.OTHER_DELAY)).isEqualTo(1);
        assertThat(later.count(Count.CONFLICT)).isZero();
    }

    @Test
    void rowsThatAreNumberedOtherwiseAreNotTheSame() {
        ReplayItem old = Replayed.event(TestViews.payment("a", 500, 9));
        List<ReplayItem> same = List.of(
                Replayed.event(new SelectedEvent("a", 1_000, 0, 1, 0, 0, new Object[] {1L}, null)),
                Replayed.event(new SelectedEvent("a", 1_000, 0, 2, 0, 0, new Object[] {2L}, null)));
        // The first event is gone since, so seq 2 is another row now.
        List<ReplayItem> there =
                Replayed.of(PLAN, ALL, 1_000, and(List.of(old), same)).logged(PLAN);
        Replayed replayed = Replayed.of(PLAN, ALL, 1_000, and(same, there));
        assertThat(replayed.count(Count.CONFLICT)).isZero();
        assertThat(replayed.rows).extracting(FeatureRow::seq).containsExactly(1L, 2L);
        assertThat(replayed.count(Count.NOT_MADE)).isEqualTo(2); // seq 1 as of 500, seq 3 as of 1000
    }

    @Test
    void completeValuesReplaceWarmingOnesNotTheOtherWayRound() {
        List<ReplayItem> payments = List.of(Replayed.event(TestViews.payment("a", 70_000, 1)));
        Bounds warm = new Bounds(70_000, Long.MIN_VALUE, 65_000);
        Bounds whole = new Bounds(70_000, Long.MIN_VALUE, Long.MIN_VALUE);
        List<ReplayItem> warming = Replayed.of(PLAN, ALL, warm, payments).logged(PLAN);
        List<ReplayItem> complete = Replayed.of(PLAN, ALL, whole, payments).logged(PLAN);
        assertThat(Replayed.of(PLAN, ALL, whole, and(payments, warming)).rows).hasSize(1);
        assertThat(Replayed.of(PLAN, ALL, warm, and(payments, complete)).rows).isEmpty();
        assertThat(Replayed.of(PLAN, ALL, whole, and(payments, and(warming, complete))).rows)
                .isEmpty();
    }

    @Test
    void filesGiveTheEventsBeforeTheCutAndTheTopicThoseFromItOn() {
        List<ReplayItem> items = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            items.add(Replayed.event(new SelectedEvent("a", i, Extent.FILES, i, 0, 0, new Object[] {1L}, null)));
            items.add(Replayed.event(new SelectedEvent("a", i, 0, i, 0, 0, new Object[] {1L}, null)));
        }
        Replayed replayed = Replayed.of(PLAN, ALL, new Bounds(9, 4, Long.MIN_VALUE), items);
        assertThat(replayed.rows).extracting(row -> row.value(0)).last().isEqualTo(10L);
        assertThat(replayed.count(Count.OVERLAP)).isEqualTo(10);
        assertThat(replayed.count(Count.EVENTS)).isEqualTo(10);
    }
}
