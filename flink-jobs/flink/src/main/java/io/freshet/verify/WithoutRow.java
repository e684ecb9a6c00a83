/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.definition.Emit;
import io.freshet.definition.ViewPlan;
import io.freshet.event.SelectedEvent;
import io.freshet.verify.Replay.Given;
import io.freshet.window.EntityState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Decides about events that no row tells of, and about rows that are not there yet. */
final class WithoutRow {

    /** Of an entity whose job is further behind nothing is foretold. */
    private static final int MOST_TO_COME = 500;

    private static final Comparator<Item.Event> ARRIVAL = Comparator.comparingLong(Item.Event::ingestedAtMillis)
            .thenComparingInt(Item.Event::partition)
            .thenComparingLong(Item.Event::offset);

    private final LiveJob live;
    private final RowVerdict verdict;
    private final Tally tally;
    private final boolean holds;

    private String entity = "";
    private boolean isOfAnotherDefinition;

    WithoutRow(ViewPlan plan, LiveJob live, RowVerdict verdict, Tally tally) {
        this.live = live;
        this.verdict = verdict;
        this.tally = tally;
        holds = plan.view().emit() == Emit.ON_WATERMARK;
    }

    /** What follows is of that entity. */
    void begin(String next) {
        entity = next;
        isOfAnotherDefinition = false;
    }

    /** The rows up to the first that is told are of another definition of the view. */
    void beganWithAnotherDefinition() {
        isOfAnotherDefinition = true;
    }

    /** A row of the view's own definition is there. */
    void hasRow() {
        isOfAnotherDefinition = false;
    }

    /** Decides about an event that no row has told of, and none will. */
    void settle(Item.Event item) {
        SelectedEvent event = item.event();
        if (isOwed(event)) {
            missing(event);
        } else if (live.letters().isLate(event.partition(), event.offset())) {
            explain(Cause.LATE, event);
        } else if (live.letters().isRefused(event.partition(), event.offset())) {
            explain(Cause.DEAD_LETTER, event);
        } else {
            tally.count(isBehind(event) ? Cause.NOT_YET_WRITTEN : Cause.NOT_VERIFIABLE, 1);
        }
    }

    /** An event should have a row, and has none. */
    void missing(SelectedEvent event) {
        tally.add(missingRow(event));
    }

    /** Whether there must be a row of an event. */
    private boolean isOwed(SelectedEvent event) {
        return !live.excuses(event)
                && !isOfAnotherDefinition
                && event.ingestedAtMillis() >= live.historySinceMillis()
                && !isBehind(event);
    }

    /** Whether the job has not come to the event. */
    private boolean isBehind(SelectedEvent event) {
        return !live.hasTakenIn(event.partition(), event.offset())
                || holds && event.timeMillis() > live.watermarkMillis();
    }

    private void explain(Cause cause, SelectedEvent event) {
        String owed = "a row of " + place(event);
        tally.add(verdict.difference(cause, entity, event.timeMillis(), "", owed, "among the dead letters"));
    }

    private Difference missingRow(SelectedEvent event) {
        return verdict.difference(
                Cause.MISSING_ROW, entity, event.timeMillis(), "", "a row of " + place(event), "none");
    }

    private static String place(SelectedEvent event) {
        return "the event at offset " + event.offset() + " of partition " + event.partition();
    }

    /**
     * Decides about all that is left of an entity.
     *
     * @param isFollowed whether it has rows, and the course leads to the last of them
     * @param bearings say how the job numbers its rows
     */
    Ending end(Course course, boolean isFollowed, Bearings bearings, Replay replay) {
        List<Ending.Next> next = new ArrayList<>();
        for (Given given : toCome(course, replay)) {
            next.add(new Ending.Next(given.asOfMillis(), bearings.number(given.seq()), replay.values(given)));
        }
        List<Difference> served = new ArrayList<>();
        if (isFollowed) {
            for (Given given : course.expire(live.watermarkMillis())) {
                served.add(verdict.difference(
                        Cause.MISSING_ROW, entity, given.asOfMillis(), "", "a row: a tile leaves a window", "none"));
            }
        }
        course.unapplied().retire(Long.MAX_VALUE, item -> {
            // What is held is served with the watermark, and committed later.
            if (holds && isOwed(item.event())) {
                served.add(missingRow(item.event()));
            } else {
                settle(item);
            }
        });
        return new Ending(served, next);
    }

    /** The rows that the engine gives next, of events in the order in which they will be applied. */
    private List<Given> toCome(Course course, Replay replay) {
        List<Item.Event> events = new ArrayList<>();
        for (Item.Event event : course.unapplied().owed()) {
            if (!holds || event.timeMillis() <= live.watermarkMillis()) {
                events.add(event);
            }
        }
        if (events.size() > MOST_TO_COME || events.isEmpty() && course.nextExpiryMillis() > live.watermarkMillis()) {
            return List.of();
        }
        if (!holds) {
            events.sort(ARRIVAL);
        }
        EntityState state = course.stateToTry();
        return replay.expire(course, state, events, live.watermarkMillis()).rows();
    }
}
