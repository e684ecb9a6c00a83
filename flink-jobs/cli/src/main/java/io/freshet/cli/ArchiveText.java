/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.archive.ArchiveReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an archive holds, for people and for programs. */
final class ArchiveText {

    private static final long KILO = 1000;

    private ArchiveText() {}

    static String line(ArchiveReport report) {
        String dates = report.first()
                .flatMap(first ->
                        report.last().map(last -> first.equals(last) ? " " + last : " " + first + " to " + last))
                .orElse("");
        return String.format(
                Locale.ROOT,
                "%-24s +%,d rows: %,d rows, %s, %s, %s%s%s",
                report.view(),
                report.added(),
                report.rows(),
                counted(report.files(), "file"),
                bytes(report.bytes()),
                counted(report.dates(), "date"),
                dates,
                report.compacted() == 0 ? "" : "; compacted " + report.compacted());
    }

    private static String counted(int count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }

    private static String bytes(long bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB"};
        double value = bytes;
        int unit = 0;
        while (value >= KILO && unit < units.length - 1) {
            value /= KILO;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    }

    static Map<String, Object> fields(String directory, List<ArchiveReport> reports) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("dir", directory);
        fields.put("views", reports.stream().map(ArchiveText::fields).toList());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(ArchiveReport report) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("view", report.view());
        fields.put("rows_added", report.added());
        fields.put("rows", report.rows());
        fields.put("files", report.files());
        fields.put("bytes", report.bytes());
        fields.put("dates", report.dates());
        fields.put("first_date", report.first().map(Object::toString).orElse(null));
        fields.put("last_date", report.last().map(Object::toString).orElse(null));
        fields.put("dates_compacted", report.compacted());
        fields.put("rows_lost_at_most", report.lost());
        return fields;
    }
}
