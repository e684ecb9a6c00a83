/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.training.TrainingReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report of a training set as a table: views across, counts down. */
final class TrainingTable {

    private static final int NAMES = 26;

    private TrainingTable() {}

    /** The text, without a line break at its end. */
    static String of(TrainingReport report, String out) {
        List<String> lines = new ArrayList<>();
        lines.add(out + ": " + number(report.rows()) + " rows"
                + (report.withoutTime() > 0 ? ", " + number(report.withoutTime()) + " of them without a time" : ""));
        lines.add("");
        line(lines, "", report, TrainingReport.OfView::view);
        line(lines, "matched", report, view -> number(view.matched()));
        line(lines, "  from a backfill", report, view -> number(view.backfilled()));
        line(lines, "unmatched, never seen", report, view -> number(view.unmatched()));
        line(lines, "stale", report, view -> number(view.stale()));
        line(lines, "expired online", report, view -> number(view.expired()));
        line(lines, "without a key", report, view -> number(view.withoutKey()));
        line(lines, "warming values left out", report, view -> number(view.warming()));
        line(lines, "  filled by a backfill", report, view -> number(view.filled()));
        line(lines, "history rows read", report, view -> number(view.historyRows()));
        line(lines, "  of other versions", report, view -> number(view.otherVersions()));
        return String.join(System.lineSeparator(), lines);
    }

    private interface Cell {
        String of(TrainingReport.OfView view);
    }

    private static void line(List<String> lines, String name, TrainingReport report, Cell cell) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-" + NAMES + "s", name));
        for (TrainingReport.OfView view : report.views()) {
            line.append(String.format(
                    Locale.ROOT, "%" + (2 + Math.max(14, view.view().length())) + "s", cell.of(view)));
        }
        lines.add(line.toString().stripTrailing());
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
