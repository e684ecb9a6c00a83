/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.batch.BatchCounts.Of;
import io.freshet.definition.ViewPlan;
import io.freshet.history.LoggedRow;
import io.freshet.history.LoggedSchemas;
import io.freshet.operator.TestViews;
import io.freshet.row.FeatureRow;
import io.freshet.row.HistorySchema;
import io.freshet.row.RowCodec;
import io.freshet.row.RowHeads;
import io.freshet.row.RowOrigin;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistoryMatchTest {

    private static final ViewPlan PLAN = TestViews.payments();

    private static final long BEFORE = 1_000_000;
    private static final long LOADED = 2_000_000;
    private static final long NOW = 2_000_500;

    private static final class Matched implements HistoryMatch.Found {
        final List<String> lacking = new ArrayList<>();
        final List<String> past = new ArrayList<>();
        final List<String> newest = new ArrayList<>();
        final Map<Of, Integer> counts = new EnumMap<>(Of.class);
        final @Nullable String conflict;

        Matched(boolean isChanged, List<RowItem> items) {
            HistoryMatch match = new HistoryMatch(
                    PLAN,
                    LoggedSchemas.of(List.of(HistorySchema.of(PLAN))),
                    new HistoryMatch.Rules(LOADED, isChanged),
                    Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC),
                    this);
            items.forEach(match::take);
            match.end();
            conflict = match.firstConflict();
        }

        @Override
        public void lacking(FeatureRow row) {
            lacking.add(text(row));
        }

        @Override
        public void past(FeatureRow row) {
            past.add(text(row));
        }

        @Override
        public void newest(FeatureRow row, long loadedAtMillis) {
            newest.add(text(row));
        }

        @Override
        public void count(Of what) {
            counts.merge(what, 1, Integer::sum);
        }

        private static String text(FeatureRow row) {
            return row.asOfMillis() + " " + row.seq() + " " + row.availableAtMillis() + " " + row.value(0);
        }
    }

    private static FeatureRow row(long asOf, long seq, long available, long count) {
        return new FeatureRow(
                "a", asOf, available, seq, Long.MIN_VALUE, FeatureRow.NO_EVENT, new Object[] {count, 1L, 1L, 2L});
    }

    private static RowItem made(long asOf, long seq, long available, long count, long loadedAt) {
        return new RowItem.Made(row(asOf, seq, available, count), loadedAt);
    }

    private static RowItem logged(long asOf, long seq, long available, long count) {
        byte[] bytes = new RowCodec(PLAN).encode(row(asOf, seq, available, count), RowOrigin.BATCH);
        return new RowItem.Logged(new LoggedRow(0, "a", new RowHeads(HistorySchema.of(PLAN)).read(bytes), bytes));
    }

    @Test
    void whatTheHistoryLacksOfThisLoadIsAvailableFromNow() {
        Matched matched = new Matched(
                false,
                List.of(
                        made(10, 1, BEFORE, 1, BEFORE),
                        logged(10, 1, BEFORE + 7, 1),
                        made(20, 2, LOADED, 2, LOADED),
                        made(30, 3, LOADED, 3, LOADED)));
        assertThat(matched.lacking).containsExactly("20 2 " + NOW + " 2", "30 3 " + NOW + " 3");
        assertThat(matched.newest).containsExactly("30 3 " + NOW + " 3");
        assertThat(matched.past).isEmpty();
        assertThat(matched.counts).containsEntry(Of.MADE, 3).containsEntry(Of.WRITTEN, 2);
    }

    @Test
    void aStatedTimeStays() {
        Matched matched =
                new Matched(false, List.of(made(10, 1, 500_000, 1, LOADED), made(20, 2, LOADED + 900_000, 2, LOADED)));
        assertThat(matched.lacking).containsExactly("10 1 500000 1", "20 2 2900000 2");
    }

    @Test
    void whatIsThereIsNotWrittenAgainAndKeepsItsTime() {
        Matched matched = new Matched(false, List.of(logged(10, 1, LOADED - 3, 1), made(10, 1, LOADED, 1, LOADED)));
        assertThat(matched.lacking).isEmpty();
        assertThat(matched.newest).containsExactly("10 1 " + (LOADED - 3) + " 1");
    }

    @Test
    void behindARowThatIsAvailableFromNowWhatAKilledRunLeftIsWrittenAnew() {
        // The run that was killed had not seen the event at 20; the windows are empty in between.
        Matched matched = new Matched(
                false,
                List.of(made(20, 1, LOADED, 5, LOADED), logged(90, 1, LOADED - 3, 1), made(90, 1, LOADED, 1, LOADED)));
        assertThat(matched.lacking).containsExactly("20 1 " + NOW + " 5", "90 1 " + NOW + " 1");
    }

    @Test
    void aKilledRunWithOtherFilesIsNoConflict() {
        Matched matched = new Matched(
                false,
                List.of(made(20, 1, LOADED, 1, LOADED), made(30, 2, LOADED, 2, LOADED), logged(30, 1, LOADED - 3, 1)));
        assertThat(matched.conflict).isNull();
        assertThat(matched.lacking).containsExactly("20 1 " + NOW + " 1", "30 2 " + NOW + " 2");
    }

    @Test
    void otherValuesInItsPlaceAreAConflict() {
        Matched matched = new Matched(false, List.of(made(10, 1, BEFORE, 2, BEFORE), logged(10, 1, BEFORE + 7, 1)));
        assertThat(matched.conflict)
                .isEqualTo("column 'count_10s' of entity 'a' as of 1970-01-01T00:00:00.010Z, seq 1");
        assertThat(matched.lacking).isEmpty();
    }

    @Test
    void whatTheHistoryHasDroppedIsNotWrittenAgain() {
        List<RowItem> items = List.of(made(10, 1, BEFORE, 1, BEFORE));
        Matched matched = new Matched(false, items);
        assertThat(matched.lacking).isEmpty();
        assertThat(matched.past).isEmpty();
        assertThat(matched.counts).containsEntry(Of.GONE, 1);
        assertThat(matched.newest).containsExactly("10 1 " + BEFORE + " 1");
    }

    @Test
    void aChangedViewGetsThePastThatItWouldHaveHad() {
        Matched matched = new Matched(true, List.of(made(10, 1, BEFORE, 1, BEFORE), made(20, 2, LOADED, 2, LOADED)));
        assertThat(matched.past).containsExactly("10 1 " + BEFORE + " 1");
        assertThat(matched.lacking).containsExactly("20 2 " + NOW + " 2");
    }
}
