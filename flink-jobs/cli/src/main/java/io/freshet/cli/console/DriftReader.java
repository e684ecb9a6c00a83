/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.console;

import io.freshet.cli.CommandFailedException;
import io.freshet.cli.Freshet;
import io.freshet.cli.HistoryReader;
import io.freshet.cli.drift.Comparison;
import io.freshet.cli.drift.DriftJson;
import io.freshet.cli.drift.HistorySides;
import io.freshet.cli.drift.PlotJson;
import io.freshet.cli.drift.RowChoice;
import io.freshet.cli.drift.Side;
import io.freshet.cli.drift.TimeRange;
import io.freshet.cli.drift.TrainingSet;
import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import io.freshet.drift.ColumnDrift;
import io.freshet.drift.DriftReport;
import io.freshet.server.Refusal;
import io.freshet.table.TableFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Compares what columns of a view are distributed like, as {@code freshet drift} does, of so many records and no more. */
final class DriftReader {

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final long MOST_RECORDS = 2_000_000;

    private final ConsoleViews views;
    private final List<String> files;

    /**
     * A reader.
     *
     * @param baselines what the server was started with: of files no others are opened
     */
    DriftReader(ConsoleViews views, List<String> baselines) {
        this.views = views;
        files = baselines.stream()
                .filter(each -> TableFormat.of(each).isPresent())
                .toList();
    }

    /** How far reading may go. */
    private static final class Budget {
        private final long deadline = System.nanoTime() + LONGEST.toNanos();
        private long records;
        private boolean spent;

        boolean goesOn() {
            spent |= records >= MOST_RECORDS || System.nanoTime() > deadline;
            if (!spent) {
                records++;
            }
            return !spent;
        }
    }

    Map<String, @Nullable Object> read(ViewPlan plan, String baseline, String against, OptionalLong watermark) {
        Instant end = watermark.isPresent() ? Instant.ofEpochMilli(watermark.getAsLong() + 1) : Instant.now();
        Budget budget = new Budget();
        try {
            List<Side> sides = sides(plan, List.of(baseline, against), end, budget);
            DriftReport report = DriftReport.compare(
                    sides.get(0).profile(), sides.get(1).profile(), plan.view().drift());
            Comparison comparison = new Comparison(plan.view().name(), sides.get(0), sides.get(1), report);
            return json(comparison, budget);
        } catch (CommandFailedException e) {
            // Where reading was cut, rows of a range may lie in what was not looked at.
            String cut = cut(budget);
            throw Refusal.of(
                    e.exitCode() == Freshet.WRONG_INPUT ? 400 : 422,
                    "not_compared",
                    cut == null ? String.valueOf(e.getMessage()) : e.getMessage() + ". " + cut);
        }
    }

    private List<Side> sides(ViewPlan plan, List<String> sources, Instant end, Budget budget)
            throws CommandFailedException {
        List<TimeRange> ranges = new ArrayList<>();
        for (String source : sources) {
            if (!isFile(source)) {
                ranges.add(range(source, end));
            }
        }
        List<Side> histories = ranges.isEmpty()
                ? List.of()
                : new HistorySides(plan, RowChoice.ALL).read(history(plan, ranges, budget), ranges);
        List<Side> sides = new ArrayList<>();
        int next = 0;
        for (String source : sources) {
            sides.add(
                    isFile(source)
                            ? TrainingSet.read(plan, source, Optional.empty(), Optional.empty())
                            : histories.get(next++));
        }
        return sides;
    }

    /** No row is written before it is true, but for clocks that disagree: earlier records need not be looked at. */
    private HistoryReader history(ViewPlan plan, List<TimeRange> ranges, Budget budget) {
        long first = ranges.stream().mapToLong(TimeRange::fromMillis).min().orElse(Long.MIN_VALUE);
        long ahead = plan.view().sources().stream()
                .map(FeatureView.Source::maxFuture)
                .mapToLong(Duration::toMillis)
                .max()
                .orElse(0);
        Optional<Instant> since = first <= ahead ? Optional.empty() : Optional.of(Instant.ofEpochMilli(first - ahead));
        return new HistoryReader(views.kafka(), views.namespace(), plan).limitedTo(since, budget::goesOn);
    }

    private boolean isFile(String source) {
        boolean isFile = TableFormat.of(source).isPresent();
        if (isFile && !files.contains(source)) {
            throw Refusal.of(400, "unknown_file", "The file '" + source + "' is none that this server was started with")
                    .help("Start it with --baseline " + source);
        }
        return isFile;
    }

    private static TimeRange range(String source, Instant end) {
        try {
            return TimeRange.parse(source, end);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(400, "bad_range", String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, @Nullable Object> json(Comparison comparison, Budget budget) {
        Map<String, @Nullable Object> fields = DriftJson.of(comparison);
        Map<String, ColumnDrift> byName = new LinkedHashMap<>();
        comparison.report().columns().forEach(column -> byName.put(column.name(), column));
        List<Map<String, @Nullable Object>> columns = new ArrayList<>();
        for (Map<String, @Nullable Object> column : DriftJson.columns(comparison)) {
            Map<String, @Nullable Object> more = new LinkedHashMap<>(column);
            ColumnDrift drift = byName.get(String.valueOf(column.get("column")));
            more.put("plot", drift == null ? null : PlotJson.of(drift).orElse(null));
            columns.add(more);
        }
        fields.put("columns", columns);
        fields.put("now", System.currentTimeMillis());
        fields.put("cut", cut(budget));
        return fields;
    }

    /** What to tell where not all was read; null where it was. */
    private static @Nullable String cut(Budget budget) {
        return budget.spent
                ? String.format(
                        Locale.ROOT,
                        "Only the first %,d records of the history were looked at, written since the ranges began:"
                                + " 'freshet drift' reads all",
                        budget.records)
                : null;
    }
}
