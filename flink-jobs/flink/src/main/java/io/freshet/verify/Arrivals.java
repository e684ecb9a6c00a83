/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.definition.Emit;
import io.freshet.definition.FeatureView;
import io.freshet.row.HistoryRow;
import io.freshet.verify.Replay.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the events of an entity can have come in the order in which a log has them applied. Partitions may be read at
 * any pace, but each in order. A watermark is never ahead of what its partitions allow.
 */
final class Arrivals {

    private final boolean holds;
    private final boolean isByOffset;
    private final boolean mayBeByTime;

    /** For the events of a view. */
    Arrivals(FeatureView view) {
        holds = view.emit() == Emit.ON_WATERMARK;
        // Coalesced events are sorted by time.
        isByOffset = !holds && view.coalesce().isEmpty();
        // So are all of a bounded job over several topics, which holds them.
        mayBeByTime = view.sources().size() > 1;
    }

    /** Whether events of a partition are always applied as they came. */
    boolean isByOffset() {
        return isByOffset && !mayBeByTime;
    }

    /** Why that row cannot have come next, by these steps; empty if it can. */
    Optional<String> objection(Steps steps, HistoryRow row) {
        if (holds) {
            return objectionOfHeld(steps, row.asOfMillis());
        }
        Item.Event cause = steps.cause();
        if (cause == null) {
            return Optional.empty();
        }
        if (isByOffset
                && (steps.from().isBeyond(cause) || leavesBehind(steps, cause))
                && !(mayBeByTime && overtaken(steps, row.asOfMillis()).isEmpty())) {
            return Optional.of("the events of partition " + cause.partition() + " in the order of their offsets");
        }
        return hasOvertakenTheWatermark(steps, cause, row.asOfMillis())
                ? Optional.of("a watermark of at most " + cause.watermarkLimitMillis() + ", by what came before")
                : Optional.empty();
    }

    private static boolean leavesBehind(Steps steps, Item.Event cause) {
        return steps.from().unapplied().ahead(cause).stream()
                .anyMatch(other -> !steps.before().contains(other));
    }

    /** Only a watermark moves the clock of an entity beyond the times of its events. */
    private static boolean hasOvertakenTheWatermark(Steps steps, Item.Event cause, long asOfMillis) {
        int rows = steps.rows().size();
        long clock = rows > 1
                ? steps.rows().get(rows - 2).asOfMillis()
                : steps.from().clockMillis();
        long greatest = steps.before().stream()
                .mapToLong(Item.Event::timeMillis)
                .reduce(steps.from().greatestMillis(), Math::max);
        boolean movedNow = asOfMillis > clock && cause.timeMillis() < asOfMillis;
        boolean movedBefore = cause.timeMillis() < clock && greatest <= cause.timeMillis();
        long watermark = movedNow ? asOfMillis - 1 : clock;
        return (movedNow || movedBefore) && cause.watermarkLimitMillis() < watermark;
    }

    /** Held events are applied in order, but for those that came behind the watermark. */
    private static Optional<String> objectionOfHeld(Steps steps, long asOfMillis) {
        for (Item.Event event : overtaken(steps, asOfMillis)) {
            if (event.watermarkLimitMillis() < asOfMillis) {
                return Optional.of("the event at " + event.timeMillis() + " before: no watermark can have passed it");
            }
        }
        Item.Event cause = steps.cause();
        return cause != null && cause.timeMillis() < asOfMillis && cause.watermarkLimitMillis() < cause.timeMillis()
                ? Optional.of("the event in order: no watermark can have passed it")
                : Optional.empty();
    }

    /** The events that a replay would have applied before the last of these steps, and that were not. */
    static List<Item.Event> overtaken(Steps steps, long asOfMillis) {
        Unapplied unapplied = steps.from().unapplied();
        Item.Event cause = steps.cause();
        List<Item.Event> earlier =
                new ArrayList<>(cause == null ? unapplied.before(asOfMillis) : unapplied.before(cause));
        earlier.removeAll(steps.before());
        return earlier;
    }
}
