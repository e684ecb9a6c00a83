/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.batch.BatchReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The report of a run over files for people and for machines. */
final class FilesRunText {

    private FilesRunText() {}

    /** For people; what is 0 and seldom is left out. */
    static String text(BatchReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("view " + report.view()
                + (report.reachedMillis().isPresent()
                        ? ", events up to "
                                + Instant.ofEpochMilli(report.reachedMillis().getAsLong())
                        : ", no events"));
        line(lines, report.files(), "files");
        line(lines, report.loaded(), "of them loaded now, the others before");
        line(lines, report.rows(), "rows of files read");
        report.deadLetters().forEach((reason, number) -> line(lines, number, "new ones put aside: " + reason));
        line(lines, report.made(), "feature rows");
        line(lines, report.there(), "of them there already");
        line(lines, report.written(), "of them written");
        unlessNone(lines, report.past(), "of them written as backfilled: of loads before the view was what it is");
        unlessNone(lines, report.gone(), "of them left out: older than the history keeps");
        line(lines, report.online(), "entities online");
        return String.join(System.lineSeparator(), lines);
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
    static Map<String, @Nullable Object> fields(BatchReport report) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("view", report.view());
        fields.put("at", report.atMillis());
        fields.put(
                "reached",
                report.reachedMillis().isPresent() ? report.reachedMillis().getAsLong() : null);
        fields.put("files", report.files());
        fields.put("loaded", report.loaded());
        fields.put("read", report.rows());
        fields.put("dead_letters", report.deadLetters());
        fields.put("rows", report.made());
        fields.put("there", report.there());
        fields.put("written", report.written());
        fields.put("backfilled", report.past());
        fields.put("gone", report.gone());
        fields.put("online", report.online());
        return fields;
    }
}
