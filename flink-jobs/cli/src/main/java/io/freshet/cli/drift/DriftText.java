/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.drift;

import io.freshet.drift.ColumnDrift;
import io.freshet.drift.ColumnProfile;
import io.freshet.drift.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A comparison as a table for a terminal: a line for each column, the worst first. */
public final class DriftText {

    private static final int WIDEST_TEXT = 14;
    private static final double HALF = 0.5;

    private DriftText() {}

    /** The table, with what was compared above and what its marks mean below. */
    public static String of(Comparison comparison) {
        List<List<String>> lines = new ArrayList<>();
        boolean labels = comparison.hasLabels();
        lines.add(head(labels));
        comparison.compared().forEach(column -> lines.add(line(column, labels)));
        StringBuilder text = new StringBuilder();
        text.append(comparison.view()).append(": ").append(comparison.verdict()).append('\n');
        text.append("  baseline  ").append(comparison.baseline().text()).append('\n');
        text.append("  against   ").append(comparison.against().text()).append("\n\n");
        lines.forEach(line -> text.append(aligned(line, lines)).append('\n'));
        text.append(marks(comparison));
        return text.toString();
    }

    private static List<String> head(boolean labels) {
        List<String> head = new ArrayList<>(List.of("STATUS", "COLUMN", "PSI", "JS", "KS"));
        if (labels) {
            head.add("LABEL");
        }
        head.addAll(List.of("NULLS", "MEDIAN OR MOST FREQUENT", "MEAN"));
        return head;
    }

    private static List<String> line(ColumnDrift column, boolean labels) {
        List<String> line = new ArrayList<>();
        line.add(status(column.status()));
        line.add(column.name());
        line.add(measure(column, Measure.Name.PSI));
        line.add(measure(column, Measure.Name.JS));
        line.add(measure(column, Measure.Name.KS));
        if (labels) {
            line.add(measure(column, Measure.Name.LABEL));
        }
        String nulls = pair(
                Numbers.percent(column.baseline().nullShare()),
                Numbers.percent(column.against().nullShare()));
        line.add(nulls + mark(column, Measure.Name.NULLS));
        boolean texts = column.baseline().kind() == ColumnProfile.Kind.CATEGORY;
        line.add(pair(middle(column, column.baseline()), middle(column, column.against())));
        line.add(
                texts
                        ? "-"
                        : pair(
                                Numbers.of(column, column.baseline().moments().mean()),
                                Numbers.of(column, column.against().moments().mean())));
        return line;
    }

    private static String middle(ColumnDrift column, ColumnProfile of) {
        if (of.kind() == ColumnProfile.Kind.CATEGORY) {
            List<String> top = of.categories().top(1);
            return top.isEmpty() ? "-" : Numbers.cut(top.get(0), WIDEST_TEXT);
        }
        return Numbers.of(column, of.quantile(HALF));
    }

    private static String pair(String before, String after) {
        return before.equals(after) ? before : before + " -> " + after;
    }

    static String status(ColumnDrift.Status status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String measure(ColumnDrift column, Measure.Name name) {
        return column.measure(name)
                .map(measure -> Numbers.measure(measure.value()) + mark(column, name))
                .orElse("-");
    }

    private static String mark(ColumnDrift column, Measure.Name name) {
        return column.measure(name)
                .map(measure -> measure.isCrossed() ? "!" : measure.isChance() ? "~" : "")
                .orElse("");
    }

    private static String aligned(List<String> line, List<List<String>> all) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < line.size(); i++) {
            int place = i;
            int width = all.stream()
                    .mapToInt(each -> each.get(place).length())
                    .max()
                    .orElse(0);
            text.append(String.format(Locale.ROOT, "%-" + (width + 2) + "s", line.get(i)));
        }
        return text.toString().stripTrailing();
    }

    private static String marks(Comparison comparison) {
        List<ColumnDrift> columns = comparison.report().columns();
        StringBuilder text = new StringBuilder();
        if (comparison.report().isDrift()) {
            text.append("\n! above the threshold, and more than chance: ")
                    .append(crossed(columns))
                    .append('\n');
        }
        if (columns.stream().flatMap(column -> column.measures().stream()).anyMatch(Measure::isChance)) {
            text.append(
                    "~ above the threshold, but of so few rows chance alone reaches as much in 1 of 1,000 comparisons\n");
        }
        String not = comparison.notCompared();
        return text + (not.isEmpty() ? "" : "\n" + not + "\n");
    }

    /** The thresholds that were crossed; columns may have their own. */
    private static String crossed(List<ColumnDrift> columns) {
        return columns.stream()
                .flatMap(column -> column.measures().stream())
                .filter(Measure::isCrossed)
                .map(measure -> measure.name().key() + " " + Numbers.limit(measure.threshold()))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
