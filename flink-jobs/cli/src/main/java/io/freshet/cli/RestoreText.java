/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.restore.RestoreReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report of a restore for people and for machines. */
final class RestoreText {

    private RestoreText() {}

    /** What the user should know of though all went well. */
    static List<String> warnings(RestoreReport report) {
        List<String> warnings = new ArrayList<>();
        if (!report.isComplete()) {
            warnings.add(
                    "Warning: rows of view '" + report.view() + "' are in transactions that are still open and were"
                            + " left out. A job that runs commits them at its next checkpoint: run it again then. Those of a job"
                            + " that was lost are made again once it goes on.");
        }
        if (report.deleted() > 0) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "Warning: up to %,d rows of view '%s' were deleted from its history by its retention; entities that"
                            + " had no row since are restored from an archive only: --archive DIR",
                    report.deleted(),
                    report.view()));
        }
        return warnings;
    }

    /** For people: what is 0 and seldom is left out. */
    static List<String> lines(RestoreReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("view " + report.view());
        line(lines, report.read(), "rows read");
        unlessNone(lines, report.archived(), "of them of the archive");
        unlessNone(lines, report.backfilled(), "of them of backfills, which were never in Redis");
        unlessNone(lines, report.otherVersions(), "of them of other versions of the view");
        line(lines, report.entities(), "entities");
        line(lines, report.written(), "of them written");
        line(lines, report.there(), "there already, as new or newer");
        unlessNone(lines, report.expired(), "whose time to live is over");
        unlessNone(lines, report.late(), "rows committed meanwhile");
        unlessNone(lines, report.lateWritten(), "of them written");
        return lines;
    }

    private static void unlessNone(List<String> lines, long number, String what) {
        if (number > 0) {
            line(lines, number, what);
        }
    }

    private static void line(List<String> lines, long number, String what) {
        lines.add(String.format(Locale.ROOT, "%,14d  %s", number, what));
    }

    /** For machines. */
    static Map<String, Object> fields(RestoreReport report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("view", report.view());
        fields.put("read", report.read());
        fields.put("archived", report.archived());
        fields.put("backfilled", report.backfilled());
        fields.put("other_versions", report.otherVersions());
        fields.put("entities", report.entities());
        fields.put("written", report.written());
        fields.put("there", report.there());
        fields.put("expired", report.expired());
        fields.put("late_rows", report.late());
        fields.put("late_written", report.lateWritten());
        fields.put("deleted_rows_at_most", report.deleted());
        fields.put("complete", report.isComplete());
        return fields;
    }
}
