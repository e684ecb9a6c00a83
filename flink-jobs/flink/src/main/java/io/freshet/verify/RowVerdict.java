/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.row.HistoryRow;
import io.freshet.row.Warming;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares values of rows, bit for bit, and tells of those that differ. */
final class RowVerdict {

    private final String view;
    private final List<Column> columns;
    private final Tally tally;

    RowVerdict(ViewPlan plan, Tally tally) {
        this.view = plan.view().name();
        this.columns = plan.columns();
        this.tally = tally;
    }

    /** In how many of the columns that are judged values differ; in all where there are none. */
    int differing(@Nullable Object[] expected, HistoryRow found, long completeSinceMillis) {
        int differing = 0;
        for (int i = 0; i < columns.size(); i++) {
            boolean differs = i >= expected.length
                    || !Objects.equals(expected[i], found.values().get(i)) && isJudged(i, found, completeSinceMillis);
            if (differs) {
                differing++;
            }
        }
        return differing;
    }

    /** Whether all events that the value draws on are known, to the job and here. */
    private boolean isJudged(int column, HistoryRow row, long completeSinceMillis) {
        return Warming.isComplete(columns.get(column).window(), row.asOfMillis(), completeSinceMillis)
                && !row.warming().contains(columns.get(column).name());
    }

    /**
     * The cause of a row's difference, with its columns told; empty where there is none. A column that is warming or draws
     * on events before {@code completeSinceMillis} is not judged.
     *
     * @param expected one value per column
     */
    Optional<Cause> judge(@Nullable Object[] expected, HistoryRow found, long completeSinceMillis) {
        boolean isUnverifiable = false;
        Optional<Cause> cause = Optional.empty();
        for (int i = 0; i < columns.size(); i++) {
            if (Objects.equals(expected[i], found.values().get(i))) {
                continue;
            }
            if (!isJudged(i, found, completeSinceMillis)) {
                isUnverifiable = true;
            } else if (differs(i, expected[i], found) == Cause.WRONG_VALUE) {
                cause = Optional.of(Cause.WRONG_VALUE);
            } else if (cause.isEmpty()) {
                cause = Optional.of(Cause.FLOAT_ROUNDING);
            }
        }
        return cause.isEmpty() && isUnverifiable ? Optional.of(Cause.NOT_VERIFIABLE) : cause;
    }

    private Cause differs(int column, @Nullable Object expected, HistoryRow row) {
        Object found = row.values().get(column);
        Cause cause = Values.isRounding(expected, found) ? Cause.FLOAT_ROUNDING : Cause.WRONG_VALUE;
        Difference difference = difference(
                cause,
                row.entity(),
                row.asOfMillis(),
                columns.get(column).name(),
                String.valueOf(expected),
                String.valueOf(found));
        tally.keep(difference);
        double distance = Values.distance(expected, found);
        if (!Double.isNaN(distance)) {
            tally.distance(distance, difference);
        }
        return cause;
    }

    /** A difference of this view. */
    Difference difference(Cause cause, String entity, long asOfMillis, String column, String expected, String found) {
        return new Difference(cause, view, entity, asOfMillis, column, expected, found);
    }
}
