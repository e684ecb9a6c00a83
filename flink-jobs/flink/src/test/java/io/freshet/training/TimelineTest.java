/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.reading.LaterValues;
import io.freshet.row.RowHead;
import io.freshet.row.RowOrigin;
import io.freshet.training.Timeline.State;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final long FOR_EVER = Long.MAX_VALUE;
    private static final LaterValues.ForOneThread UNCHANGING = new LaterValues(List.of()).forOneThread();
    private static final TrainingRequest.Rules AS_SERVED = TrainingRequest.Rules.AS_SERVED;

    @Test
    void aRowOfTheSameMillisecondIsServedAndOneAMillisecondLaterIsNot() {
        assertThat(ask(1_000, live(900, 1_000, 1, "there"))).contains("there");
        assertThat(ask(1_000, live(900, 1_001, 1, "from the future"))).isEmpty();
        assertThat(ask(1_000, live(900, 1_000, 1, "there"), live(950, 1_001, 2, "from the future")))
                .contains("there");
    }

    @Test
    void aRowOfAnEarlierEventTimeThatCameLaterIsNotServedBeforeItCame() {
        assertThat(ask(1_000, live(500, 600, 1, "there"), live(700, 1_500, 2, "came late")))
                .contains("there");
        assertThat(ask(1_500, live(500, 600, 1, "there"), live(700, 1_500, 2, "came late")))
                .contains("came late");
    }

    @Test
    void ofRowsAvailableAtOneMomentTheLaterAsOfAndThenTheGreaterSeqCounts() {
        assertThat(ask(1_000, live(800, 900, 7, "older"), live(810, 900, 3, "newer")))
                .contains("newer");
        assertThat(ask(1_000, live(800, 900, 4, "second"), live(800, 900, 3, "first")))
                .contains("second");
    }

    @Test
    void backfilledRowsAnswerWhereNothingWasServedYetAndOnlyThere() {
        JoinItem.Sample old = row(RowOrigin.BACKFILL, 100, 200, 1, "backfilled");
        JoinItem.Sample later = row(RowOrigin.BACKFILL, 950, 1_100, 2, "backfilled later");

        assertThat(ask(1_000, old, live(600, 1_001, 1, "live"))).contains("backfilled");
        assertThat(ask(1_200, old, live(600, 1_001, 1, "live"), later)).contains("live");
        assertThat(ask(1_000, row(RowOrigin.BATCH, 500, 600, 1, "from files"), old))
                .contains("from files");
    }

    @Test
    void aWarmingValueIsLeftOutOrKeptOrTakenFromABackfillOfTheSameMomentOrLater() {
        JoinItem.Sample warming = row(RowOrigin.LIVE, 500, 600, 1, "warming", 0);
        TrainingRequest.Rules keep = new TrainingRequest.Rules(FOR_EVER, TrainingRequest.Rules.AS_WRITTEN, 0, true);

        assertThat(answer(AS_SERVED, FOR_EVER, 1_000, warming).orElseThrow())
                .satisfies(answer -> assertThat(answer.values()).containsOnlyNulls())
                .satisfies(answer -> assertThat(answer.leftOut().cardinality()).isEqualTo(1));
        assertThat(value(answer(keep, FOR_EVER, 1_000, warming))).contains("warming");
        assertThat(ask(1_000, row(RowOrigin.BACKFILL, 500, 650, 1, "whole"), warming))
                .contains("whole");
        assertThat(ask(1_000, row(RowOrigin.BACKFILL, 499, 650, 1, "of before"), warming))
                .isEmpty();
        assertThat(ask(1_000, row(RowOrigin.BACKFILL, 500, 1_001, 1, "not there yet"), warming))
                .isEmpty();
        assertThat(ask(1_000, row(RowOrigin.BACKFILL, 500, 650, 1, "warming too", 0), warming))
                .isEmpty();
    }

    @Test
    void ofTwoRowsOfOnePlaceTheOneThatHasMoreCompleteValuesCountsWhateverIsReadFirst() {
        JoinItem.Sample before = row(RowOrigin.BACKFILL, 500, 600, 1, null, 0);
        JoinItem.Sample again = row(RowOrigin.BACKFILL, 500, 600, 1, "with the new feature");

        assertThat(ask(1_000, before, again)).contains("with the new feature");
        assertThat(ask(1_000, again, before)).contains("with the new feature");
    }

    @Test
    void aRowBeyondTheGreatestAgeIsStaleAndAnEntityBeyondItsTtlHasExpired() {
        JoinItem.Sample row = live(500, 600, 1, "there");
        TrainingRequest.Rules rules = new TrainingRequest.Rules(100, TrainingRequest.Rules.AS_WRITTEN, 0, false);

        assertThat(answer(rules, FOR_EVER, 600, row).orElseThrow().state()).isEqualTo(State.SERVED);
        assertThat(answer(rules, FOR_EVER, 601, row).orElseThrow().state()).isEqualTo(State.STALE);
        assertThat(answer(AS_SERVED, 50, 650, row).orElseThrow().state()).isEqualTo(State.SERVED);
        assertThat(answer(AS_SERVED, 50, 651, row).orElseThrow().state()).isEqualTo(State.EXPIRED);
        assertThat(answer(AS_SERVED, 50, 651, row).orElseThrow().values()).containsOnlyNulls();
    }

    /** Random rows and questions: the answer is that of a loop over all rows that were available. */
    @Test
    void everyAnswerIsThatOfALoopOverAllRows() {
        Random random = new Random(41);
        for (int round = 0; round < 2_000; round++) {
            List<JoinItem> items = new ArrayList<>();
            List<JoinItem.Sample> rows = new ArrayList<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                RowOrigin origin = RowOrigin.values()[random.nextInt(3)];
                long asOf = random.nextInt(30);
                rows.add(row(origin, asOf, asOf + random.nextInt(10), i, "row " + i));
            }
            items.addAll(rows);
            for (int i = 0; i < 8; i++) {
                items.add(new JoinItem.Asking(0, "e", i, random.nextInt(45)));
            }
            items.sort(Comparator.comparingLong(JoinItem::stamp));
            Timeline timeline = new Timeline(AS_SERVED, FOR_EVER, UNCHANGING);
            for (JoinItem item : items) {
                if (item instanceof JoinItem.Sample sample) {
                    timeline.add(sample);
                } else if (item instanceof JoinItem.Asking asking) {
                    assertThat(value(timeline.at(asking.timeMillis()))).isEqualTo(expected(rows, asking.timeMillis()));
                }
            }
        }
    }

    private static Optional<Object> expected(List<JoinItem.Sample> rows, long time) {
        JoinItem.Sample best = null;
        for (JoinItem.Sample row : rows) {
            if (row.head().availableAtMillis() <= time && (best == null || beats(row, best))) {
                best = row;
            }
        }
        return best == null ? Optional.empty() : Optional.ofNullable(best.values()[0]);
    }

    private static boolean beats(JoinItem.Sample one, JoinItem.Sample other) {
        boolean oneServed = one.head().origin() != RowOrigin.BACKFILL;
        boolean otherServed = other.head().origin() != RowOrigin.BACKFILL;
        if (oneServed != otherServed) {
            return oneServed;
        }
        RowHead a = one.head();
        RowHead b = other.head();
        if (a.availableAtMillis() != b.availableAtMillis()) {
            return a.availableAtMillis() > b.availableAtMillis();
        }
        return a.asOfMillis() != b.asOfMillis() ? a.asOfMillis() > b.asOfMillis() : a.seq() > b.seq();
    }

    private static Optional<Object> ask(long time, JoinItem.Sample... rows) {
        return value(answer(AS_SERVED, FOR_EVER, time, rows));
    }

    private static Optional<Object> value(Optional<Timeline.Answer> answer) {
        return answer.map(found -> found.values()[0]);
    }

    private static Optional<Timeline.Answer> answer(
            TrainingRequest.Rules rules, long ttlMillis, long time, JoinItem.Sample... rows) {
        Timeline timeline = new Timeline(rules, ttlMillis, UNCHANGING);
        List<JoinItem> items = new ArrayList<>(List.of(rows));
        JoinItem.Asking asking = new JoinItem.Asking(0, "e", 0, time);
        items.add(asking);
        items.sort(Comparator.comparingLong(JoinItem::stamp));
        for (JoinItem item : items) {
            if (item instanceof JoinItem.Sample sample) {
                timeline.add(sample);
            } else {
                return timeline.at(time);
            }
        }
        throw new IllegalStateException("The question is among the items");
    }

    private static JoinItem.Sample live(long asOf, long availableAt, long seq, String value) {
        return row(RowOrigin.LIVE, asOf, availableAt, seq, value);
    }

    private static JoinItem.Sample row(
            RowOrigin origin, long asOf, long availableAt, long seq, @Nullable Object value, int... warming) {
        BitSet columns = new BitSet();
        for (int column : warming) {
            columns.set(column);
        }
        return new JoinItem.Sample(
                0, "e", new RowHead(asOf, availableAt, seq, 1, origin), new Object[] {value}, columns);
    }
}
