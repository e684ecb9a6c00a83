/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.drift;

import io.freshet.cli.CommandFailedException;
import io.freshet.cli.HistoryReader;
import io.freshet.definition.ViewPlan;
import io.freshet.drift.LatestRows;
import io.freshet.drift.Profile;
import io.freshet.row.FeatureRow;
import io.freshet.row.HistoryRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Ranges of a view's history, read in one pass. */
public final class HistorySides {

    private final ViewPlan view;
    private final RowChoice choice;
    private final List<Collected> ranges = new ArrayList<>();
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;

    /** Of that view, and those rows. */
    public HistorySides(ViewPlan view, RowChoice choice) {
        this.view = view;
        this.choice = choice;
    }

    /** Reads these ranges; they may overlap. */
    public List<Side> read(HistoryReader history, List<TimeRange> wanted) throws CommandFailedException {
        wanted.forEach(range -> ranges.add(new Collected(range, new Profile(view), new LatestRows())));
        history.readWhere(head -> isWanted(head.asOfMillis()), this::add);
        List<Side> sides = new ArrayList<>();
        for (Collected each : ranges) {
            each.latest.rows().forEach(each.profile::add);
            if (each.profile.rows() == 0) {
                throw CommandFailedException.failed(nothing(each.range));
            }
            sides.add(new Side(each.range.text(), rows(each), each.profile));
        }
        return sides;
    }

    private boolean isWanted(long asOfMillis) {
        earliest = Math.min(earliest, asOfMillis);
        latest = Math.max(latest, asOfMillis);
        return ranges.stream().anyMatch(each -> each.range.covers(asOfMillis));
    }

    private void add(HistoryRow row) {
        if (choice == RowChoice.EVENTS && row.ingestedAtMillis() == FeatureRow.NO_EVENT) {
            return;
        }
        for (Collected each : ranges) {
            if (each.range.covers(row.asOfMillis())) {
                if (choice == RowChoice.ENTITIES) {
                    each.latest.add(row);
                } else {
                    each.profile.add(row);
                }
            }
        }
    }

    private String nothing(TimeRange range) {
        String history = earliest > latest
                ? "has no rows at all"
                : "has rows as of " + Instant.ofEpochMilli(earliest) + " to " + Instant.ofEpochMilli(latest);
        return "Cannot compare '" + range.text() + "': there are no " + choice.text()
                + " as of then; the history of view '" + view.view().name() + "' " + history;
    }

    private String rows(Collected range) {
        return range.latest.sampled() == 1
                ? choice.text()
                : choice.text() + String.format(Locale.ROOT, " (a sample of %.3g of them)", range.latest.sampled());
    }

    /** What is kept of a range. */
    private record Collected(TimeRange range, Profile profile, LatestRows latest) {}
}
