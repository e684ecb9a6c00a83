/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Results as tables in Markdown: medians, the least and the most in brackets, and ratios of medians both ways. */
final class Report {

    private Report() {}

    /** What stands above all tables: when, where, how often. */
    static String preface(Instant start, Machine machine, Options options) {
        return String.format(
                Locale.ROOT,
                "%s; %s; medians of %d interleaved rounds after one that warms up (least to most)",
                start,
                machine.line(),
                options.rounds());
    }

    /** A table for each group of results. */
    static String markdown(List<Result> results) {
        Map<String, List<Result>> groups =
                results.stream().collect(Collectors.groupingBy(Result::group, LinkedHashMap::new, Collectors.toList()));
        StringBuilder text = new StringBuilder();
        groups.forEach((group, members) -> {
            text.append("\n### ").append(group).append("\n\n").append(table(members));
            if (members.size() > 1 && members.get(0).has(Figure.CPU_MICROS_PER_EVENT)) {
                text.append('\n').append(ratios(members));
            }
        });
        return text.toString();
    }

    private static String table(List<Result> results) {
        List<Figure> columns = new ArrayList<>();
        for (Figure figure : Figure.values()) {
            if (results.stream().anyMatch(result -> result.has(figure))) {
                columns.add(figure);
            }
        }
        StringBuilder text =
                new StringBuilder(row("", columns.stream().map(Figure::label).toList()));
        text.append(row("---", columns.stream().map(column -> "---:").toList()));
        for (Result result : results) {
            text.append(row(
                    result.name(),
                    columns.stream().map(column -> cell(result, column)).toList()));
        }
        return text.toString();
    }

    private static String cell(Result result, Figure figure) {
        List<Double> raw = result.figures().getOrDefault(figure, List.of());
        if (raw.isEmpty()) {
            return "";
        }
        String median = figure.text(Statistics.median(raw));
        return raw.size() == 1
                ? median
                : median + " (" + figure.text(Statistics.least(raw)) + " to " + figure.text(Statistics.most(raw)) + ")";
    }

    /** Each row over each column: how many times its events per second, how many times less CPU per event. */
    private static String ratios(List<Result> results) {
        StringBuilder text = new StringBuilder(row(
                "row over column: events/s, CPU saved",
                results.stream().map(Result::name).toList()));
        text.append(row("---", results.stream().map(result -> "---:").toList()));
        for (Result of : results) {
            text.append(row(of.name(), results.stream().map(to -> ratio(of, to)).toList()));
        }
        return text.toString();
    }

    private static String ratio(Result of, Result to) {
        if (of == to) {
            return "";
        }
        double pace = of.median(Figure.EVENTS_PER_SECOND) / to.median(Figure.EVENTS_PER_SECOND);
        if (!of.has(Figure.CPU_MICROS_PER_EVENT) || !to.has(Figure.CPU_MICROS_PER_EVENT)) {
            return times(pace);
        }
        return times(pace) + ", "
                + times(to.median(Figure.CPU_MICROS_PER_EVENT) / of.median(Figure.CPU_MICROS_PER_EVENT));
    }

    private static String times(double ratio) {
        return String.format(Locale.ROOT, ratio >= 10 ? "%,.0fx" : ratio >= 0.1 ? "%.2fx" : "%.4fx", ratio);
    }

    private static String row(String first, List<String> cells) {
        return "| " + first + " | " + String.join(" | ", cells) + " |\n";
    }
}
