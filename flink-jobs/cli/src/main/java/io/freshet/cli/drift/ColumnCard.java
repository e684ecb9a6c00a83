/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.drift;

import static io.freshet.cli.drift.Svg.escape;

import io.freshet.drift.ColumnDrift;
import io.freshet.drift.ColumnProfile;
import io.freshet.drift.LabelDrift;
import io.freshet.drift.Measure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The part of the page that tells of one column. */
final class ColumnCard {

    private static final double[] QUANTILES = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
    private static final int MOST_TEXTS = 6;
    private static final int LONGEST_TEXT = 40;

    private ColumnCard() {}

    static String of(ColumnDrift column) {
        StringBuilder html = new StringBuilder();
        html.append("<article class=\"card %s\" id=\"c-%s\"><header><h3>%s</h3>%s</header>"
                .formatted(
                        column.status().name().toLowerCase(Locale.ROOT),
                        escape(column.name()),
                        escape(column.name()),
                        status(column.status())));
        html.append("<p class=\"why quiet\">").append(escape(why(column))).append("</p>");
        String plot = Plots.distribution(column);
        if (!plot.isEmpty()) {
            html.append("<figure>")
                    .append(plot)
                    .append("<figcaption>")
                    .append(caption(column))
                    .append("</figcaption></figure>");
        }
        html.append(measures(column));
        column.label().ifPresent(label -> html.append(relation(column, label)));
        html.append(column.baseline().kind() == ColumnProfile.Kind.CATEGORY ? texts(column) : quantiles(column));
        return html.append("</article>\n").toString();
    }

    /** A status by a word and a shape: colour only repeats it. */
    static String status(ColumnDrift.Status status) {
        String mark = switch (status) {
            case DRIFT -> "&#9650;";
            case CHANCE -> "&#9670;";
            case NO_DATA -> "&#8211;";
            case OK -> "&#9679;";
        };
        return "<span class=\"status %s\"><span aria-hidden=\"true\">%s</span> %s</span>"
                .formatted(status.name().toLowerCase(Locale.ROOT), mark, DriftText.status(status));
    }

    private static String why(ColumnDrift column) {
        String above = column.measures().stream()
                .filter(measure -> measure.isCrossed() || measure.isChance())
                .map(measure -> (measure.name() == Measure.Name.NULLS ? "Change of nulls" : title(measure.name()))
                        + " is " + value(measure) + ", above " + threshold(measure)
                        + (measure.isChance() ? " but within chance (" + value(measure.chance(), measure) + ")" : ""))
                .collect(Collectors.joining("; "));
        return above.isEmpty() ? "Below all thresholds" : above;
    }

    private static String caption(ColumnDrift column) {
        return switch (column.baseline().kind()) {
            case NUMBER -> "Share of values by value";
            case AGE -> "Share of values by age at as_of, in seconds";
            case SIZE -> "Share of values by number of elements";
            case CATEGORY -> "Most frequent values; the number is the share against";
        };
    }

    static String title(Measure.Name name) {
        return switch (name) {
            case PSI -> "PSI";
            case JS -> "JS";
            case KS -> "KS";
            case NULLS -> "Nulls";
            case LABEL -> "Label";
        };
    }

    static String value(Measure measure) {
        return value(measure.value(), measure);
    }

    private static String value(double value, Measure measure) {
        return measure.name() == Measure.Name.NULLS ? Numbers.percent(value) : Numbers.measure(value);
    }

    private static String threshold(Measure measure) {
        return measure.name() == Measure.Name.NULLS && !Double.isInfinite(measure.threshold())
                ? Numbers.percent(measure.threshold())
                : Numbers.limit(measure.threshold());
    }

    /** How a cell of a measure is marked. */
    static String mark(Measure measure) {
        return measure.isCrossed() ? " class=\"crossed\"" : measure.isChance() ? " class=\"byChance\"" : "";
    }

    private static String measures(ColumnDrift column) {
        StringBuilder html = new StringBuilder(
                "<div class=\"narrow\"><table><thead><tr><th scope=\"col\">Measure</th><th scope=\"col\">value</th>"
                        + "<th scope=\"col\">threshold</th><th scope=\"col\">chance</th></tr></thead><tbody>");
        for (Measure measure : column.measures()) {
            html.append("<tr><th scope=\"row\">%s</th><td%s>%s</td><td>%s</td><td>%s</td></tr>"
                    .formatted(
                            title(measure.name()),
                            mark(measure),
                            value(measure) + (measure.isCrossed() ? " !" : measure.isChance() ? " ~" : ""),
                            threshold(measure),
                            measure.isKnown() ? value(measure.chance(), measure) : "-"));
        }
        return html.append("</tbody></table></div>").toString();
    }

    private static String relation(ColumnDrift column, LabelDrift label) {
        String strength = Numbers.measure(label.strength().baseline()) + " in the baseline, "
                + Numbers.measure(label.strength().against()) + " against it";
        if (!label.isBinary()) {
            return "<p>Correlation with the label: " + strength + "</p>";
        }
        return "<figure>" + Plots.rates(column, label)
                + "<figcaption>Share of labels 1 by value: circles baseline, squares"
                + " against it. Information value: " + strength + "</figcaption></figure>" + rates(label);
    }

    private static String rates(LabelDrift label) {
        List<List<String>> rows = new ArrayList<>();
        for (LabelDrift.Rate rate : label.rates()) {
            rows.add(List.of(
                    Numbers.cut(rate.name(), LONGEST_TEXT),
                    Numbers.percent(rate.baselineRate()) + " of " + Numbers.text(rate.baseline()),
                    Numbers.percent(rate.againstRate()) + " of " + Numbers.text(rate.against())));
        }
        return details("Labels by value", table(List.of("Value", "baseline", "against"), rows), false);
    }

    private static String quantiles(ColumnDrift column) {
        List<List<String>> rows = new ArrayList<>();
        ColumnProfile before = column.baseline();
        ColumnProfile after = column.against();
        rows.add(counts("Rows", before.rows(), after.rows()));
        rows.add(List.of("Nulls", Numbers.percent(before.nullShare()), Numbers.percent(after.nullShare())));
        for (double quantile : QUANTILES) {
            rows.add(List.of(
                    quantile == 0.5 ? "Median" : Numbers.text(100 * quantile) + " %",
                    Numbers.of(column, before.quantile(quantile)),
                    Numbers.of(column, after.quantile(quantile))));
        }
        rows.add(List.of(
                "Mean",
                Numbers.of(column, before.moments().mean()),
                Numbers.of(column, after.moments().mean())));
        rows.add(List.of(
                "Deviation",
                Numbers.of(column, before.moments().stddev()),
                Numbers.of(column, after.moments().stddev())));
        addRest(rows, before, after);
        return details("Quantiles", table(List.of("", "baseline", "against"), rows), true);
    }

    private static String texts(ColumnDrift column) {
        List<List<String>> rows = new ArrayList<>();
        ColumnProfile before = column.baseline();
        ColumnProfile after = column.against();
        rows.add(counts("Rows", before.rows(), after.rows()));
        rows.add(List.of("Nulls", Numbers.percent(before.nullShare()), Numbers.percent(after.nullShare())));
        rows.add(counts(
                "Different values, about",
                before.categories().distinct(),
                after.categories().distinct()));
        Set<String> shown = new LinkedHashSet<>(before.categories().top(MOST_TEXTS));
        shown.addAll(after.categories().top(MOST_TEXTS));
        for (String text : shown) {
            rows.add(List.of(
                    "\u201c" + Numbers.cut(text, LONGEST_TEXT) + "\u201d",
                    Numbers.percent(before.categories().count(text) / (double) before.values()),
                    Numbers.percent(after.categories().count(text) / (double) after.values())));
        }
        addRest(rows, before, after);
        return details("Values", table(List.of("", "baseline", "against"), rows), true);
    }

    private static void addRest(List<List<String>> rows, ColumnProfile before, ColumnProfile after) {
        if (before.warming() + after.warming() > 0) {
            rows.add(counts("Warming, left out", before.warming(), after.warming()));
        }
        if (before.notFinite() + after.notFinite() > 0) {
            rows.add(counts("Not finite, left out", before.notFinite(), after.notFinite()));
        }
    }

    private static List<String> counts(String what, long before, long after) {
        return List.of(what, Numbers.text(before), Numbers.text(after));
    }

    private static String details(String summary, String inner, boolean open) {
        return "<details" + (open ? " open" : "") + "><summary>" + summary + "</summary>" + inner + "</details>";
    }

    private static String table(List<String> head, List<List<String>> rows) {
        StringBuilder html = new StringBuilder("<div class=\"narrow\"><table><thead><tr>");
        head.forEach(
                cell -> html.append("<th scope=\"col\">").append(escape(cell)).append("</th>"));
        html.append("</tr></thead><tbody>");
        for (List<String> row : rows) {
            html.append("<tr><th scope=\"row\">").append(escape(row.get(0))).append("</th>");
            row.stream()
                    .skip(1)
                    .forEach(cell -> html.append("<td>").append(escape(cell)).append("</td>"));
            html.append("</tr>");
        }
        return html.append("</tbody></table></div>").toString();
    }
}
