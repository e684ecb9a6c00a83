/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.definition.Emit;
import io.freshet.definition.FeatureView;
import io.freshet.row.FeatureRow;
import io.freshet.row.HistoryRow;
import io.freshet.verify.Replay.Given;
import io.freshet.verify.Replay.Steps;
import io.freshet.window.EntityState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The steps by which the engine can come from a course to a row of the log. A row says when Kafka took in the event that
 * caused it; its number says how many events before it have no row.
 */
final class Ways {

    /** Of many ways to choose events without a row, so many are tried. */
    private static final int MOST_CHOICES = 300;

    private final Replay replay;
    private final Arrivals arrivals;
    private final boolean holds;
    private final boolean coalesces;

    Ways(Replay replay, Arrivals arrivals, FeatureView view) {
        this.replay = replay;
        this.arrivals = arrivals;
        holds = view.emit() == Emit.ON_WATERMARK;
        coalesces = view.coalesce().isPresent();
    }

    /** Whether there is one way at most to a row: then its steps may change the course's state. */
    boolean isOnlyWay(Course from, HistoryRow row) {
        if (row.ingestedAtMillis() == FeatureRow.NO_EVENT) {
            return from.unapplied().owed().isEmpty();
        }
        List<Item.Event> causes = causes(from, row);
        return causes.size() == 1
                && causes.get(0).timeMillis() == row.asOfMillis()
                && from.unapplied().isOnly(causes.get(0));
    }

    /**
     * Steps to a row with no event before it that has none.
     *
     * @param isOnlyWay whether they may change the course's state
     */
    List<Steps> direct(Course from, HistoryRow row, boolean isOnlyWay) {
        Supplier<EntityState> state = isOnlyWay ? from::state : from::stateToTry;
        if (row.ingestedAtMillis() == FeatureRow.NO_EVENT) {
            return from.nextExpiryMillis() == row.asOfMillis()
                    ? List.of(replay.expire(from, state.get(), List.of(), row.asOfMillis()))
                    : List.of();
        }
        List<Steps> ways = new ArrayList<>();
        for (Item.Event cause : causes(from, row)) {
            // Of a partition the first is next. Where none is, rows are in the wrong order, which the others show.
            if (!arrivals.isByOffset() || !from.unapplied().leavesBehind(cause) || isOnlyWay) {
                ways.add(replay.apply(from, state.get(), List.of(), cause, row.asOfMillis()));
            }
        }
        return ways;
    }

    /** Events that Kafka took in when it took in the row's, the likeliest first. */
    private static List<Item.Event> causes(Course from, HistoryRow row) {
        List<Item.Event> causes = new ArrayList<>(from.unapplied().takenInAt(row.ingestedAtMillis()));
        if (causes.size() > 1) {
            causes.sort(Comparator.comparing(cause -> cause.timeMillis() != row.asOfMillis()));
        }
        return causes;
    }

    /**
     * Steps to a row with others before it that have no row.
     *
     * @param number of the row, as the engine counts
     */
    List<Steps> withOthersBefore(Course from, HistoryRow row, long number) {
        return row.ingestedAtMillis() == FeatureRow.NO_EVENT
                ? expiryBehindOthers(from, row, number)
                : eventBehindOthers(from, row, number);
    }

    private List<Steps> eventBehindOthers(Course from, HistoryRow row, long number) {
        List<Steps> ways = new ArrayList<>();
        for (Item.Event cause : causes(from, row)) {
            Steps alone = replay.apply(from, from.stateToTry(), List.of(), cause, row.asOfMillis());
            if (arrivals.isByOffset() && from.unapplied().leavesBehind(cause)) {
                ways.add(alone);
            }
            Given direct = alone.last();
            // Of an event that is late without the others nothing is known.
            long lacking = direct == null ? 1 : number - direct.seq();
            for (List<Item.Event> before : choices(from, cause, row.asOfMillis(), lacking)) {
                ways.add(replay.apply(from, from.stateToTry(), before, cause, row.asOfMillis()));
            }
            if (cause.timeMillis() < row.asOfMillis() && from.nextExpiryMillis() <= row.asOfMillis()) {
                // The clock was moved by an expiry that has no row.
                ways.add(replay.expireAndApply(from, from.stateToTry(), cause, row.asOfMillis()));
            }
        }
        return ways;
    }

    private List<Steps> expiryBehindOthers(Course from, HistoryRow row, long number) {
        List<Steps> ways = new ArrayList<>();
        long lacking = number - from.seq() - 1;
        for (List<Item.Event> before : choices(from, null, row.asOfMillis(), lacking)) {
            Steps steps = replay.expire(from, from.stateToTry(), before, row.asOfMillis());
            if (steps.isExpiryAt(row.asOfMillis())) {
                ways.add(steps);
            }
        }
        return ways;
    }

    /** Which events may have been applied before, by what is known of the order in which they come. */
    private List<List<Item.Event>> choices(Course from, Item.@Nullable Event cause, long asOfMillis, long lacking) {
        Unapplied unapplied = from.unapplied();
        List<Item.Event> inOrder = cause == null ? unapplied.before(asOfMillis) : unapplied.before(cause);
        List<List<Item.Event>> choices = new ArrayList<>();
        if (holds) {
            // Those that no watermark can have passed come first by all means.
            add(
                    choices,
                    inOrder.stream()
                            .filter(event -> event.watermarkLimitMillis() < event.timeMillis())
                            .toList());
            add(choices, inOrder);
            return choices;
        }
        List<Item.Event> ahead = cause == null || !arrivals.isByOffset() ? List.of() : unapplied.ahead(cause);
        if (lacking >= ahead.size() && lacking > 0) {
            List<List<Item.Event>> queues = unapplied.queues(asOfMillis, cause);
            if (cause != null && arrivals.isByOffset()) {
                // Of its own partition just those ahead of it.
                queues.removeIf(queue -> queue.isEmpty() || queue.get(0).partition() == cause.partition());
            }
            choose(queues, 0, lacking - ahead.size(), ahead, choices);
            if (coalesces) {
                queues.forEach(queue -> queue.sort(Unapplied.ORDER));
                choose(queues, 0, lacking, List.of(), choices);
            }
        }
        if (arrivals.isByOffset()) {
            add(choices, ahead);
        } else {
            add(choices, inOrder);
        }
        return choices;
    }

    /** So many of the queues' first events, in all ways there are. */
    private static void choose(
            List<List<Item.Event>> queues,
            int queue,
            long count,
            List<Item.Event> chosen,
            List<List<Item.Event>> choices) {
        if (choices.size() >= MOST_CHOICES) {
            return;
        }
        if (count == 0) {
            add(choices, chosen.stream().sorted(Unapplied.ORDER).toList());
            return;
        }
        if (queue == queues.size()) {
            return;
        }
        List<Item.Event> of = queues.get(queue);
        for (int taken = (int) Math.min(count, of.size()); taken >= 0; taken--) {
            List<Item.Event> more = new ArrayList<>(chosen);
            more.addAll(of.subList(0, taken));
            choose(queues, queue + 1, count - taken, more, choices);
        }
    }

    private static void add(List<List<Item.Event>> choices, List<Item.Event> choice) {
        if (!choice.isEmpty() && !choices.contains(choice)) {
            choices.add(choice);
        }
    }

    /**
     * Whether a row that no steps give may yet be right: its number tells of events without a row, of which some came from
     * one partition and some from another. Tasks coalesce each their own, and no log tells which.
     */
    boolean isOpen(Course from, HistoryRow row, long number) {
        long lacking = number - from.seq() - 1;
        return coalesces
                && lacking > 0
                && from.unapplied().queues(row.asOfMillis(), null).stream()
                                .filter(queue -> !queue.isEmpty())
                                .count()
                        > 1;
    }

    /** Steps by which all events up to a row are applied, in the order of a replay. */
    Steps all(Course from, HistoryRow row) {
        List<Item.Event> all = from.unapplied().before(row.asOfMillis() + 1);
        return replay.expire(from, from.stateToTry(), all, row.asOfMillis());
    }

    /** Steps to the first row that is known of an entity whose beginning is not: all that is known of goes before. */
    List<Steps> fromUnknown(Course from, HistoryRow row) {
        if (row.ingestedAtMillis() == FeatureRow.NO_EVENT) {
            List<Item.Event> before = from.unapplied().before(row.asOfMillis());
            Steps steps = replay.expire(from, from.stateToTry(), before, row.asOfMillis());
            return steps.isExpiryAt(row.asOfMillis()) ? List.of(steps) : List.of();
        }
        List<Item.Event> causes = causes(from, row);
        if (causes.isEmpty()) {
            return List.of();
        }
        Item.Event likely = causes.get(0);
        return List.of(
                replay.apply(from, from.stateToTry(), from.unapplied().before(likely), likely, row.asOfMillis()));
    }
}
