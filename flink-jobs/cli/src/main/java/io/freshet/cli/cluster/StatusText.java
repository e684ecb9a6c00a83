/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.cluster;

import io.freshet.cli.Ages;
import io.freshet.rest.Checkpoints;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The status of a job for people and for programs. */
public final class StatusText {

    private static final String UNKNOWN = "-";
    private static final long MEGABYTE = 1 << 20;

    private final DeploymentStatus status;
    private final URI flink;
    private final long nowMillis;

    /**
     * A text.
     *
     * @param flink address of the cluster
     * @param nowMillis what ages are counted to, ms since 1970
     */
    public StatusText(DeploymentStatus status, URI flink, long nowMillis) {
        this.status = status;
        this.flink = flink;
        this.nowMillis = nowMillis;
    }

    /** Lines, without a break at the end. */
    public String table() {
        List<String> lines = new ArrayList<>();
        lines.add("%s: %s for %s, parallelism %d, job %s"
                .formatted(
                        status.job().name(),
                        status.allRun()
                                ? "running"
                                : status.job().state().toLowerCase(Locale.ROOT) + ", not all tasks run",
                        Ages.text(nowMillis - status.job().startedAtMillis()),
                        status.parallelism(),
                        status.job().id()));
        lines.add("Flink %s at %s: %d TaskManagers, %d of %d slots free"
                .formatted(
                        status.cluster().flinkVersion(),
                        flink,
                        status.cluster().taskManagers(),
                        status.cluster().freeSlots(),
                        status.cluster().slots()));
        lines.add(checkpoints());
        status.checkpoints().restored().ifPresent(path -> lines.add("restored from " + path));
        status.failure()
                .ifPresent(last -> lines.add(
                        "last failure: " + Ages.text(nowMillis - last.atMillis()) + " ago, " + last.reason()));
        lines.add("dead letters: " + number(status.deadLetters()));
        lines.add("");
        lines.addAll(views());
        return String.join(System.lineSeparator(), lines);
    }

    private String checkpoints() {
        Checkpoints checkpoints = status.checkpoints();
        String counts = "checkpoints: " + count(checkpoints.completed()) + " complete, " + count(checkpoints.failed())
                + " failed";
        return checkpoints
                .last()
                .map(last -> "%s; the last %s ago, %s, took %s"
                        .formatted(
                                counts,
                                Ages.text(Math.max(0, nowMillis - last.completedAtMillis())),
                                size(last.bytes()),
                                Ages.text(last.durationMillis())))
                .orElse(counts);
    }

    private List<String> views() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "VIEW", "VERSION", "ROWS/S", "ROWS", "LAG", "FRESHNESS", "99 IN 100", "TARGET", "WATERMARK", "LATE"));
        for (ViewStatus view : status.views()) {
            rows.add(List.of(
                    view.view(),
                    Integer.toString(view.version()),
                    view.rowsPerSecond().isPresent()
                            ? String.format(
                                    Locale.ROOT, "%,.1f", view.rowsPerSecond().getAsDouble())
                            : UNKNOWN,
                    count(view.rows()),
                    number(view.lag()),
                    millis(view.freshnessMedianMillis()),
                    millis(view.freshnessHighMillis()) + (isBehind(view) ? "!" : ""),
                    Ages.text(view.targetMillis()),
                    view.watermarkMillis().isPresent()
                            ? Instant.ofEpochMilli(view.watermarkMillis().getAsLong())
                                    .toString()
                            : UNKNOWN,
                    count(view.late())));
        }
        return aligned(rows);
    }

    private static boolean isBehind(ViewStatus view) {
        return view.freshnessHighMillis().orElse(0) > view.targetMillis();
    }

    /** The first column to the left, the others to the right. */
    private static List<String> aligned(List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        int columns = rows.get(0).size();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                int column = i;
                int width = rows.stream()
                        .mapToInt(each -> each.get(column).length())
                        .max()
                        .orElse(0);
                line.append(i == 0 ? "" : "  ").append(("%" + (i == 0 ? "-" : "") + width + "s").formatted(row.get(i)));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static String number(OptionalLong number) {
        return number.isPresent() ? count(number.getAsLong()) : UNKNOWN;
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String millis(OptionalDouble millis) {
        return millis.isPresent() ? Ages.text(Math.round(millis.getAsDouble())) : UNKNOWN;
    }

    private static String size(long bytes) {
        return bytes < MEGABYTE ? count((bytes + 1023) / 1024) + " kB" : count(bytes / MEGABYTE) + " MB";
    }

    /** The same as fields; what is not known is not there. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("job", status.job().id());
        fields.put("name", status.job().name());
        fields.put("state", status.job().state());
        fields.put("all_tasks_run", status.allRun());
        fields.put("started_at", status.job().startedAtMillis());
        fields.put("parallelism", status.parallelism());
        fields.put("flink", flink.toString());
        fields.put("flink_version", status.cluster().flinkVersion());
        fields.put("task_managers", status.cluster().taskManagers());
        fields.put("slots", status.cluster().slots());
        fields.put("slots_free", status.cluster().freeSlots());
        fields.put("checkpoints", checkpointFields());
        status.failure().ifPresent(last -> {
            fields.put("last_failure", last.reason());
            fields.put("last_failure_at", last.atMillis());
        });
        status.deadLetters().ifPresent(count -> fields.put("dead_letters", count));
        fields.put("views", status.views().stream().map(StatusText::fields).toList());
        return fields;
    }

    private Map<String, Object> checkpointFields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("completed", status.checkpoints().completed());
        fields.put("failed", status.checkpoints().failed());
        status.checkpoints().last().ifPresent(last -> {
            fields.put("last_completed_at", last.completedAtMillis());
            fields.put("last_duration_ms", last.durationMillis());
            fields.put("last_bytes", last.bytes());
            fields.put("last_path", last.path());
        });
        status.checkpoints().restored().ifPresent(path -> fields.put("restored_from", path));
        return fields;
    }

    private static Map<String, Object> fields(ViewStatus view) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("view", view.view());
        fields.put("version", view.version());
        fields.put("rows", view.rows());
        view.rowsPerSecond().ifPresent(rate -> fields.put("rows_per_second", rate));
        view.lag().ifPresent(lag -> fields.put("lag", lag));
        view.freshnessMedianMillis().ifPresent(millis -> fields.put("freshness_median_ms", millis));
        view.freshnessHighMillis().ifPresent(millis -> fields.put("freshness_p99_ms", millis));
        fields.put("freshness_target_ms", view.targetMillis());
        view.watermarkMillis().ifPresent(millis -> fields.put("watermark", millis));
        fields.put("late", view.late());
        return fields;
    }
}
