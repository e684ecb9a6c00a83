/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.definition.ViewPlan;
import io.freshet.row.FeatureRow;
import io.freshet.row.HistoryRow;
import io.freshet.verify.Replay.Given;
import io.freshet.verify.Replay.Steps;
import io.freshet.verify.Tally.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the events and the logged rows of one entity after the other, moment by moment, and holds each row
 * against what the engine gives.
 *
 * <p>A row says when Kafka took in the event that caused it, so the log tells the order in which events were applied
 * ({@link Ways}). The engine applies them in that order and must give each row bit for bit. A row is equal where that
 * order is the order of event time, in which any replay applies them. Where it is not, the row depends on the order in
 * which events came: it is out of order, if events can have come so ({@link Arrivals}), and wrong otherwise.
 */
final class EntityWalk {

    private static final String TILE_LEAVES = "a row: a tile leaves a window";
    private static final int MOST_ADRIFT = 1_000;

    private final LiveJob live;
    private final Tally tally;
    private final RowVerdict verdict;
    private final OracleSample sample;
    private final Replay replay;
    private final Arrivals arrivals;
    private final Ways ways;
    private final WithoutRow withoutRow;
    private final long memoryMillis;
    private final long longestExpiryMillis;
    private final boolean coalesces;

    private String entity = "";
    /** All that give the rows up to here, at least one. */
    private List<Course> courses;

    private @Nullable HistoryRow last;
    /** What is added to the engine's numbers of rows. */
    private long seqShift;
    /** From when on all events are known. */
    private long completeSinceMillis;

    private boolean isBeginningUnknown;
    /** Whether it is not known which events the last rows count: the course stands where it was known. */
    private boolean isAdrift;

    EntityWalk(ViewPlan plan, LiveJob live, OracleSample sample, Tally tally) {
        this.live = live;
        this.tally = tally;
        this.sample = sample;
        verdict = new RowVerdict(plan, tally);
        replay = new Replay(plan);
        arrivals = new Arrivals(plan.view());
        ways = new Ways(replay, arrivals, plan.view());
        withoutRow = new WithoutRow(plan, live, verdict, tally);
        coalesces = plan.view().coalesce().isPresent();
        memoryMillis = Memory.ofEvents(plan);
        longestExpiryMillis = Memory.ofExpiries(plan);
        courses = List.of(new Course(replay));
    }

    /** What follows is of that entity, from its beginning. */
    void begin(String next) {
        entity = next;
        courses = List.of(new Course(replay));
        sample.begin(next);
        withoutRow.begin(next);
        last = null;
        seqShift = 0;
        completeSinceMillis = live.topicSinceMillis();
        isBeginningUnknown = live.hasLostItsBeginning();
        isAdrift = false;
    }

    /** Rows before those that follow were written by another definition of the view, and are not told here. */
    void beganWithAnotherDefinition() {
        if (last == null) {
            isBeginningUnknown = true;
            withoutRow.beganWithAnotherDefinition();
        }
    }

    /**
     * The next moment of the entity.
     *
     * @param timeMillis later than all before
     * @param events all of that time
     * @param rows all committed ones as of that time, in any order
     */
    void at(long timeMillis, List<Item.Event> events, List<HistoryRow> rows) {
        quietUntil(Math.min(timeMillis - 1, Math.max(course().clockMillis(), live.watermarkMillis())));
        events.forEach(event -> sample.event(event.event()));
        List<Item.Event> owed = new ArrayList<>(events.size());
        for (Item.Event event : events) {
            if (live.excuses(event.event())) {
                courses.forEach(course -> course.unapplied().addExcused(event));
            } else {
                owed.add(event);
            }
        }
        courses.forEach(course -> course.unapplied().addOwed(owed));
        rows.stream().sorted(Comparator.comparingLong(HistoryRow::seq)).forEach(this::row);
        if (courses.size() == 1 && memoryMillis != Long.MAX_VALUE && course().clockMillis() != Long.MIN_VALUE) {
            course().unapplied().retire(course().clockMillis() - memoryMillis, withoutRow::settle);
        }
    }

    private Course course() {
        return courses.get(0);
    }

    private void quietUntil(long timeMillis) {
        boolean isKnown = courses.size() == 1 && !isAdrift;
        // A tile that leaves a window gives a row, even if it is not committed yet.
        long quiet = isAdrift ? timeMillis : Math.min(timeMillis, course().nextExpiryMillis() - 1);
        sample.quietUntil(quiet, isKnown ? Optional.of(course().unapplied()) : Optional.empty());
    }

    private void row(HistoryRow row) {
        HistoryRow before = last;
        quietUntil(row.asOfMillis());
        if (before != null && before.asOfMillis() == row.asOfMillis() && before.seq() == row.seq()) {
            differ(Cause.DUPLICATE_ROW, row.asOfMillis(), "", "one row with number " + row.seq(), "another one");
            return;
        }
        tally.count(Count.ROWS);
        last = row;
        withoutRow.hasRow();
        if (isAdrift) {
            rejoin(row);
        } else {
            follow(row, before == null && isBeginningUnknown);
        }
    }

    private void follow(HistoryRow row, boolean isFirstOfUnknown) {
        expireWithoutRow(row.asOfMillis() - 1, isFirstOfUnknown);
        if (course().isSpent() && !isInDoubt(row.asOfMillis())) {
            seqShift = 0; // engine and job both start a new count
        }
        Nearest found = find(row, isFirstOfUnknown);
        if (!found.isFound() && ways.isOpen(course(), row, row.seq() - seqShift)) {
            isAdrift = true;
            tally.count(Cause.NOT_VERIFIABLE, 1);
        } else if (found.isNothing()) {
            unfounded(row, isFirstOfUnknown);
        } else {
            take(row, found, isFirstOfUnknown);
        }
    }

    /** Goes on from a row that counts all events up to it. */
    private void rejoin(HistoryRow row) {
        Steps steps = ways.all(course(), row);
        Given given = steps.last();
        if (given == null
                || given.asOfMillis() != row.asOfMillis()
                || verdict.differing(steps.values(), row, completeSinceMillis) > 0) {
            tally.count(Cause.NOT_VERIFIABLE, 1);
            if (course().unapplied().owed().size() < MOST_ADRIFT) {
                return;
            }
            // From here on as if the beginning were not known.
            completeSinceMillis = Math.max(completeSinceMillis, row.asOfMillis());
        } else {
            tally.count(Count.EQUAL);
        }
        course().take(steps);
        seqShift = row.seq() - course().seq();
        isAdrift = false;
    }

    /** Lets tiles leave whose rows should have come by now, and did not. */
    private void expireWithoutRow(long limitMillis, boolean isFirstOfUnknown) {
        if (courses.size() > 1) {
            List<Course> timely = courses.stream()
                    .filter(course -> course.nextExpiryMillis() > limitMillis)
                    .toList();
            courses = timely.isEmpty() ? List.of(course()) : timely;
        }
        for (Given given : course().expire(limitMillis)) {
            if (isFirstOfUnknown || isInDoubt(given.asOfMillis())) {
                tally.count(Cause.NOT_VERIFIABLE, 1);
                seqShift--;
            } else {
                differ(Cause.MISSING_ROW, given.asOfMillis(), "", TILE_LEAVES, "none");
            }
        }
    }

    private Nearest find(HistoryRow row, boolean isFirstOfUnknown) {
        Nearest nearest = new Nearest(steps -> distance(row, steps));
        if (isFirstOfUnknown) {
            ways.fromUnknown(course(), row).forEach(nearest::consider);
            return nearest;
        }
        boolean isOnlyWay = courses.size() == 1 && ways.isOnlyWay(course(), row);
        for (Course course : courses) {
            ways.direct(course, row, isOnlyWay).forEach(nearest::consider);
        }
        if (!nearest.isFound() && !isOnlyWay) {
            for (Course course : courses) {
                ways.withOthersBefore(course, row, row.seq() - seqShift).forEach(nearest::consider);
            }
        }
        return nearest;
    }

    /** How far steps are from giving the row, in an order that can be; 0 where they do. */
    private int distance(HistoryRow row, Steps steps) {
        int distance = 2 * verdict.differing(steps.values(), row, completeSinceMillis);
        if (!isNumbered(row, steps)) {
            distance += 2 * row.values().size() + 2;
        }
        return distance == 0 && arrivals.objection(steps, row).isPresent() ? 1 : distance;
    }

    private boolean isNumbered(HistoryRow row, Steps steps) {
        Given given = steps.last();
        return given != null && given.asOfMillis() == row.asOfMillis() && given.seq() + seqShift == row.seq();
    }

    /** Whether a row as of then may be of tiles whose events are not known. */
    private boolean isInDoubt(long asOfMillis) {
        return asOfMillis - longestExpiryMillis < completeSinceMillis;
    }

    /** A row that no event and no expiry gives. */
    private void unfounded(HistoryRow row, boolean isFirstOfUnknown) {
        if (isFirstOfUnknown) {
            completeSinceMillis = Math.max(completeSinceMillis, row.asOfMillis());
        }
        if (isInDoubt(row.asOfMillis())) {
            tally.count(Cause.NOT_VERIFIABLE, 1);
            seqShift = row.seq() - course().seq();
        } else {
            String expected = row.ingestedAtMillis() == FeatureRow.NO_EVENT
                    ? "no row: no tile leaves a window then"
                    : "no row: no event that Kafka took in at " + row.ingestedAtMillis() + " is left";
            differ(Cause.EXTRA_ROW, row.asOfMillis(), "", expected, "row number " + row.seq());
        }
    }

    /** Compares the row with what the steps gave, and goes on from there. */
    private void take(HistoryRow row, Nearest found, boolean isFirstOfUnknown) {
        Steps steps = found.steps();
        Optional<String> objection = arrivals.objection(steps, row);
        boolean isInOrder = Arrivals.overtaken(steps, row.asOfMillis()).isEmpty()
                && (steps.cause() == null || steps.cause().timeMillis() == row.asOfMillis());
        rowsThatAreNot(steps, isFirstOfUnknown);
        courses = found.take();
        Given given = steps.last();
        if (given == null || given.asOfMillis() != row.asOfMillis()) {
            otherTime(row, given);
            return;
        }
        if (isFirstOfUnknown && verdict.differing(steps.values(), row, completeSinceMillis) > 0) {
            completeSinceMillis = Math.max(completeSinceMillis, row.asOfMillis());
        }
        number(row, given, isFirstOfUnknown);
        Optional<Cause> cause = verdict.judge(steps.values(), row, completeSinceMillis);
        if (cause.isPresent()) {
            tally.count(cause.get(), 1);
            return;
        }
        if (objection.isPresent()) {
            differ(Cause.WRONG_ORDER, row.asOfMillis(), "", objection.get(), "row number " + row.seq());
        } else if (isInOrder) {
            tally.count(Count.EQUAL);
        } else {
            tally.count(Cause.OUT_OF_ORDER, 1);
        }
        sample.row(row);
    }

    private void otherTime(HistoryRow row, @Nullable Given given) {
        if (isInDoubt(row.asOfMillis())) {
            tally.count(Cause.NOT_VERIFIABLE, 1);
        } else {
            String expected = given == null ? "no row: the event is too late" : String.valueOf(given.asOfMillis());
            differ(Cause.WRONG_VALUE, row.asOfMillis(), "_as_of", expected, String.valueOf(row.asOfMillis()));
        }
    }

    private void number(HistoryRow row, Given given, boolean isFirstOfUnknown) {
        long expected = given.seq() + seqShift;
        if (expected == row.seq()) {
            return;
        }
        seqShift = row.seq() - given.seq();
        if (isFirstOfUnknown || isInDoubt(row.asOfMillis())) {
            tally.count(Count.OTHER_SEQ);
        } else {
            differ(Cause.WRONG_VALUE, row.asOfMillis(), "_seq", String.valueOf(expected), String.valueOf(row.seq()));
        }
    }

    /** Tells of the rows of steps before the last, which the log lacks. */
    private void rowsThatAreNot(Steps steps, boolean isBeginningUnknownHere) {
        int before = steps.rows().size() - 1;
        for (Given given : steps.rows().subList(0, Math.max(0, before))) {
            if (isBeginningUnknownHere) {
                tally.count(Cause.NOT_VERIFIABLE, 1);
            } else if (given.cause() == null) {
                differ(Cause.MISSING_ROW, given.asOfMillis(), "", TILE_LEAVES, "none");
            } else if (coalesces) {
                tally.count(Cause.COALESCED, 1);
            } else {
                withoutRow.missing(given.cause());
            }
        }
    }

    /** Nothing more comes of the entity. */
    Ending end() {
        Course course = course();
        HistoryRow row = last;
        if (row != null && isAdrift) {
            course.take(ways.all(course, row));
            seqShift = row.seq() - course.seq();
        } else if (row != null) {
            long known = Math.max(course.clockMillis(), live.watermarkMillis());
            quietUntil(Math.min(known, course.clockMillis() + longestExpiryMillis));
        }
        return withoutRow.end(course, row != null && !isAdrift, seqShift, replay);
    }

    private void differ(Cause cause, long asOfMillis, String column, String expected, String found) {
        tally.add(verdict.difference(cause, entity, asOfMillis, column, expected, found));
    }
}
