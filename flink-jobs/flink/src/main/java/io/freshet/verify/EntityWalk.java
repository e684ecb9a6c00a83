/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.definition.ViewPlan;
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

    private static final int MOST_ADRIFT = 1_000;

    private final LiveJob live;
    private final Tally tally;
    private final RowVerdict verdict;
    private final OracleSample sample;
    private final Replay replay;
    private final Arrivals arrivals;
    private final Ways ways;
    private final WithoutRow withoutRow;
    private final Bearings bearings;
    private final Findings findings;
    private final long memoryMillis;
    private final long longestExpiryMillis;

    private String entity = "";
    /** All that give the rows up to here, at least one. */
    private List<Course> courses;

    private @Nullable HistoryRow last;
    private boolean isBeginningUnknown;
    /** Whether it is not known which events the last rows count: the course stands where it was known. */
    private boolean isAdrift;

    EntityWalk(ViewPlan plan, LiveJob live, OracleSample sample, Tally tally) {
        this.live = live;
        this.tally = tally;
        this.sample = sample;
        memoryMillis = Memory.ofEvents(plan);
        longestExpiryMillis = Memory.ofExpiries(plan);
        verdict = new RowVerdict(plan, tally);
        replay = new Replay(plan);
        arrivals = new Arrivals(plan.view());
        ways = new Ways(replay, arrivals, plan.view());
        withoutRow = new WithoutRow(plan, live, verdict, tally);
        bearings = new Bearings(longestExpiryMillis);
        findings = new Findings(plan, verdict, withoutRow, bearings, tally);
        courses = List.of(new Course(replay));
    }

    /** What follows is of that entity, from its beginning. */
    void begin(String next) {
        entity = next;
        courses = List.of(new Course(replay));
        sample.begin(next);
        withoutRow.begin(next);
        bearings.begin(live.topicSinceMillis());
        last = null;
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
            findings.duplicate(row);
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
        if (course().isSpent() && !bearings.isInDoubt(row.asOfMillis())) {
            bearings.renumber(0, 0); // engine and job both start a new count
        }
        Nearest found = find(row, isFirstOfUnknown);
        if (!found.isFound() && ways.isOpen(course(), row, bearings.engineNumber(row.seq()))) {
            isAdrift = true;
            findings.notVerifiable();
        } else if (found.isNothing()) {
            if (isFirstOfUnknown) {
                bearings.lostUpTo(row.asOfMillis());
            }
            findings.unfounded(row);
            if (bearings.isInDoubt(row.asOfMillis())) {
                bearings.renumber(row.seq(), course().seq());
            }
        } else {
            take(row, found, isFirstOfUnknown);
        }
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
            if (isFirstOfUnknown || bearings.isInDoubt(given.asOfMillis())) {
                findings.notVerifiable();
                bearings.skip();
            } else {
                findings.missingExpiry(entity, given);
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
                ways.withOthersBefore(course, row, bearings.engineNumber(row.seq()))
                        .forEach(nearest::consider);
            }
        }
        return nearest;
    }

    /** How far steps are from giving the row, in an order that can be; 0 where they do. */
    private int distance(HistoryRow row, Steps steps) {
        int distance = 2 * verdict.differing(steps.values(), row, bearings.completeSinceMillis());
        Given given = steps.last();
        if (given == null || given.asOfMillis() != row.asOfMillis() || bearings.number(given.seq()) != row.seq()) {
            distance += 2 * row.values().size() + 2;
        }
        return distance == 0 && arrivals.objection(steps, row).isPresent() ? 1 : distance;
    }

    /** Compares the row with what the steps gave, and goes on from there. */
    private void take(HistoryRow row, Nearest found, boolean isFirstOfUnknown) {
        Steps steps = found.steps();
        Optional<String> objection = arrivals.objection(steps, row);
        boolean isInOrder = Arrivals.overtaken(steps, row.asOfMillis()).isEmpty()
                && (steps.cause() == null || steps.cause().timeMillis() == row.asOfMillis());
        findings.lacking(entity, steps, isFirstOfUnknown);
        courses = found.take();
        if (isFirstOfUnknown && verdict.differing(steps.values(), row, bearings.completeSinceMillis()) > 0) {
            bearings.lostUpTo(row.asOfMillis());
        }
        if (findings.compare(row, steps, objection, isInOrder, !isFirstOfUnknown)) {
            sample.row(row);
        }
    }

    /** Goes on from a row that counts all events up to it. */
    private void rejoin(HistoryRow row) {
        Steps steps = ways.all(course(), row);
        if (steps.isAt(row.asOfMillis())
                && verdict.differing(steps.values(), row, bearings.completeSinceMillis()) == 0) {
            findings.equal();
        } else {
            findings.notVerifiable();
            if (course().unapplied().owed().size() < MOST_ADRIFT) {
                return;
            }
            // From here on as if the beginning were not known.
            bearings.lostUpTo(row.asOfMillis());
        }
        course().take(steps);
        bearings.renumber(row.seq(), course().seq());
        isAdrift = false;
    }

    /** Nothing more comes of the entity. */
    Ending end() {
        Course course = course();
        HistoryRow row = last;
        if (row != null && isAdrift) {
            course.take(ways.all(course, row));
            bearings.renumber(row.seq(), course.seq());
        } else if (row != null) {
            long known = Math.max(course.clockMillis(), live.watermarkMillis());
            quietUntil(Math.min(known, course.clockMillis() + longestExpiryMillis));
        }
        return withoutRow.end(course, row != null && !isAdrift, bearings, replay);
    }
}
