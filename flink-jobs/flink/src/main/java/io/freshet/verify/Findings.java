/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.definition.ViewPlan;
import io.freshet.row.FeatureRow;
import io.freshet.row.HistoryRow;
import io.freshet.verify.Replay.Given;
import io.freshet.verify.Replay.Steps;
import io.freshet.verify.Tally.Count;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what is found of the rows of an entity, and tells of what is wrong. */
final class Findings {

    private final RowVerdict verdict;
    private final WithoutRow withoutRow;
    private final Bearings bearings;
    private final Tally tally;
    private final boolean coalesces;

    Findings(ViewPlan plan, RowVerdict verdict, WithoutRow withoutRow, Bearings bearings, Tally tally) {
        this.verdict = verdict;
        this.withoutRow = withoutRow;
        this.bearings = bearings;
        this.tally = tally;
        coalesces = plan.view().coalesce().isPresent();
    }

    /** A row is there again. */
    void duplicate(HistoryRow row) {
        differ(row, Cause.DUPLICATE_ROW, "", "one row with number " + row.seq(), "another one");
    }

    /** Nothing can be said of a row or an event. */
    void notVerifiable() {
        tally.count(Cause.NOT_VERIFIABLE, 1);
    }

    /** A row is as a replay in the order of event time has it. */
    void equal() {
        tally.count(Count.EQUAL);
    }

    /** The history lacks the row of a tile that left a window. */
    void missingExpiry(String entity, Given given) {
        tally.add(verdict.difference(
                Cause.MISSING_ROW, entity, given.asOfMillis(), "", "a row: a tile leaves a window", "none"));
    }

    /** No event and no expiry gives the row. */
    void unfounded(HistoryRow row) {
        if (bearings.isInDoubt(row.asOfMillis())) {
            notVerifiable();
            return;
        }
        String expected = row.ingestedAtMillis() == FeatureRow.NO_EVENT
                ? "no row: no tile leaves a window then"
                : "no row: no event that Kafka took in at " + row.ingestedAtMillis() + " is left";
        differ(row, Cause.EXTRA_ROW, "", expected, "row number " + row.seq());
    }

    /** Tells of the rows of steps before the last, which the log lacks. */
    void lacking(String entity, Steps steps, boolean isBeginningUnknown) {
        int before = steps.rows().size() - 1;
        for (Given given : steps.rows().subList(0, Math.max(0, before))) {
            if (isBeginningUnknown) {
                notVerifiable();
            } else if (given.cause() == null) {
                missingExpiry(entity, given);
            } else if (coalesces) {
                tally.count(Cause.COALESCED, 1);
            } else {
                withoutRow.missing(given.cause());
            }
        }
    }

    /**
     * Compares a row with what steps gave.
     *
     * @param objection why it cannot have come next
     * @param isInOrder whether a replay in the order of event time takes these steps
     * @param isNumberKnown whether its number is known beforehand
     * @return whether the row is right
     */
    boolean compare(HistoryRow row, Steps steps, Optional<String> objection, boolean isInOrder, boolean isNumberKnown) {
        Given given = steps.last();
        if (given == null || given.asOfMillis() != row.asOfMillis()) {
            otherTime(row, given);
            return false;
        }
        boolean isNumbered = isNumbered(row, given, isNumberKnown);
        Optional<Cause> cause = verdict.judge(steps.values(), row, bearings.completeSinceMillis());
        if (cause.isPresent()) {
            tally.count(cause.get(), 1);
            return false;
        }
        if (!isNumbered) {
            tally.count(Cause.WRONG_VALUE, 1);
            return false;
        }
        if (objection.isPresent()) {
            differ(row, Cause.WRONG_ORDER, "", objection.get(), "row number " + row.seq());
        } else if (isInOrder) {
            equal();
        } else {
            tally.count(Cause.OUT_OF_ORDER, 1);
        }
        return true;
    }

    private void otherTime(HistoryRow row, @Nullable Given given) {
        if (bearings.isInDoubt(row.asOfMillis())) {
            notVerifiable();
        } else {
            String expected = given == null ? "no row: the event is too late" : String.valueOf(given.asOfMillis());
            differ(row, Cause.WRONG_VALUE, "_as_of", expected, String.valueOf(row.asOfMillis()));
        }
    }

    /** Whether the row's number is right; one that is not is kept as an example, and holds from here on. */
    private boolean isNumbered(HistoryRow row, Given given, boolean isNumberKnown) {
        long expected = bearings.number(given.seq());
        if (expected == row.seq()) {
            return true;
        }
        bearings.renumber(row.seq(), given.seq());
        if (!isNumberKnown || bearings.isInDoubt(row.asOfMillis())) {
            tally.count(Count.OTHER_SEQ);
            return true;
        }
        tally.keep(verdict.difference(
                Cause.WRONG_VALUE,
                row.entity(),
                row.asOfMillis(),
                "_seq",
                String.valueOf(expected),
                String.valueOf(row.seq())));
        return false;
    }

    private void differ(HistoryRow row, Cause cause, String column, String expected, String found) {
        tally.add(verdict.difference(cause, row.entity(), row.asOfMillis(), column, expected, found));
    }
}
