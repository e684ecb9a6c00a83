/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.batch;

import io.freshet.batch.BatchCounts.Of;
import io.freshet.definition.ViewPlan;
import io.freshet.history.LoggedMatch;
import io.freshet.history.LoggedRow;
import io.freshet.history.LoggedSchemas;
import io.freshet.row.FeatureRow;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows that a history lacks, one entity after another, in order of as_of. What needs this run's load is
 * available from now, or as stated. What is of a load before it has been written by the run of that load, unless the view
 * was another then: in that case it is what that run would have written.
 */
final class HistoryMatch {

    /** Takes what is found. */
    interface Found {
        /** A row that this run makes available. */
        void lacking(FeatureRow row);

        /** A row that earlier runs would have made available, had the view been then what it is now. */
        void past(FeatureRow row);

        /**
         * The newest row of an entity, available as the history has it.
         *
         * @param loadedAtMillis when the run looked that made it available, ms since 1970 UTC
         */
        void newest(FeatureRow row, long loadedAtMillis);

        /** Counts. */
        void count(Of what);
    }

    /**
     * What a match goes by.
     *
     * @param loadedAtMillis when this run looked for files: what is available since then is available from now
     * @param isChanged whether the last run was of another version or of other features of the view
     */
    record Rules(long loadedAtMillis, boolean isChanged) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    private final Rules rules;
    private final LoggedMatch match;
    private final Clock clock;
    private final Found found;

    // Of the entity at hand.
    private String entity = "";
    private RowItem.@Nullable Made newest;
    private long writtenMillis = Long.MIN_VALUE;

    // Of the as_of at hand.
    private long asOfMillis;
    private final List<RowItem.Made> made = new ArrayList<>();
    private final List<LoggedRow> logged = new ArrayList<>();

    private @Nullable String firstConflict;

    /**
     * A match of one view's rows.
     *
     * @param schemas all schemas that rows of its history were written under
     */
    HistoryMatch(ViewPlan plan, LoggedSchemas schemas, Rules rules, Clock clock, Found found) {
        this.rules = rules;
        this.match = new LoggedMatch(plan, schemas);
        this.clock = clock;
        this.found = found;
    }

    /** Takes an item. Those of an entity come together, by as_of; of one as_of in any order. */
    void take(RowItem item) {
        if (!item.entity().equals(entity)) {
            end();
            entity = item.entity();
        } else if (item.asOfMillis() != asOfMillis) {
            compare();
        }
        asOfMillis = item.asOfMillis();
        if (item instanceof RowItem.Made row) {
            made.add(row);
        } else if (item instanceof RowItem.Logged row) {
            logged.add(row.row());
        }
    }

    /** The entity at hand has no more rows. */
    void end() {
        compare();
        RowItem.Made last = newest;
        if (last != null) {
            found.newest(last.row(), last.loadedAtMillis());
        }
        newest = null;
        writtenMillis = Long.MIN_VALUE;
    }

    /** A row in whose place the history has another, in words; null if there is none. */
    @Nullable
    String firstConflict() {
        return firstConflict;
    }

    private void compare() {
        made.sort(Comparator.comparingLong(row -> row.row().seq()));
        Set<Long> there = logged.stream().map(row -> row.head().seq()).collect(Collectors.toSet());
        Set<Long> here = made.stream().map(row -> row.row().seq()).collect(Collectors.toSet());
        for (RowItem.Made item : made) {
            found.count(Of.MADE);
            List<LoggedRow> same = logged.stream()
                    .filter(one -> one.head().seq() == item.row().seq())
                    .toList();
            List<byte[]> bytes = same.stream().map(LoggedRow::bytes).toList();
            LoggedMatch.Verdict verdict = match.compare(item.row(), bytes);
            if (verdict == LoggedMatch.Verdict.CONFLICT && there.equals(here)) {
                conflict(item.row(), bytes);
            } else if (verdict == LoggedMatch.Verdict.LACKING || verdict == LoggedMatch.Verdict.CONFLICT) {
                // In conflict but numbered otherwise: a run that did not end had other files. It is another row.
                lacking(item);
            } else {
                there(item, same);
            }
        }
        made.clear();
        logged.clear();
    }

    private void there(RowItem.Made item, List<LoggedRow> same) {
        long since = same.stream()
                .mapToLong(one -> one.head().availableAtMillis())
                .max()
                .orElse(Long.MAX_VALUE);
        if (isNew(item) && since < writtenMillis) {
            // Left by a run that did not end. Behind a row that is available from now, or that one would be served.
            lacking(item);
        } else {
            newest = new RowItem.Made(available(item.row(), since), item.loadedAtMillis());
        }
    }

    private void lacking(RowItem.Made item) {
        FeatureRow row = item.row();
        if (isNew(item)) {
            boolean isFromNow = row.availableAtMillis() == rules.loadedAtMillis();
            long since = isFromNow ? Math.max(clock.millis(), row.availableAtMillis()) : row.availableAtMillis();
            writtenMillis = Math.max(since, writtenMillis);
            row = available(row, writtenMillis);
            found.count(Of.WRITTEN);
            found.lacking(row);
        } else if (rules.isChanged()) {
            found.count(Of.PAST);
            found.past(row);
        } else {
            // It was written once, and the history has dropped it since.
            found.count(Of.GONE);
        }
        newest = new RowItem.Made(row, item.loadedAtMillis());
    }

    private boolean isNew(RowItem.Made item) {
        return item.loadedAtMillis() == rules.loadedAtMillis();
    }

    private static FeatureRow available(FeatureRow row, long sinceMillis) {
        @Nullable Object[] values = new Object[row.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.value(i);
        }
        return new FeatureRow(
                row.entity(),
                row.asOfMillis(),
                sinceMillis,
                row.seq(),
                row.completeSince(),
                row.ingestedAtMillis(),
                values);
    }

    private void conflict(FeatureRow row, List<byte[]> there) {
        if (firstConflict == null) {
            firstConflict = "column '" + match.difference(row, there).orElse("?") + "' of entity '" + row.entity()
                    + "' as of " + Instant.ofEpochMilli(row.asOfMillis()) + ", seq " + row.seq();
        }
    }
}
