/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.drift;

import io.freshet.drift.ColumnDrift;
import io.freshet.drift.ColumnProfile;
import io.freshet.drift.LabelDrift;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The plots of a column: the baseline filled, what it is held against as an outline, so that they differ without colour. */
final class Plots {

    private static final double WIDTH = 330;
    private static final double HEIGHT = 132;
    private static final double LEFT = 38;
    private static final double RIGHT = 6;
    private static final double TOP = 10;
    private static final double BOTTOM = 20;
    private static final double PLOT = WIDTH - LEFT - RIGHT;
    private static final double FLOOR = HEIGHT - BOTTOM;
    private static final double DEEP = FLOOR - TOP;
    private static final double LETTER = 6.2;
    private static final double LEAST_WHOLE = 0.0995;
    private static final int MOST_TEXTS = 8;
    private static final double ROW = 22;
    private static final int LONGEST_TEXT = 18;

    private Plots() {}

    /** The distributions of a column; empty where one side has no values. */
    static String distribution(ColumnDrift column) {
        if (column.baseline().values() == 0 || column.against().values() == 0) {
            return "";
        }
        return column.baseline().kind() == ColumnProfile.Kind.CATEGORY ? texts(column) : numbers(column);
    }

    private static String numbers(ColumnDrift column) {
        boolean whole = column.baseline().isWhole();
        PlotScale scale =
                PlotScale.of(column.baseline().histogram(), column.against().histogram(), whole);
        double[] before = scale.shares(column.baseline().histogram(), whole);
        double[] after = scale.shares(column.against().histogram(), whole);
        double top = Math.max(greatest(before), greatest(after));
        Svg svg = new Svg(
                "d-" + column.name(),
                WIDTH,
                HEIGHT,
                "Distribution of " + column.name(),
                "Share of values by value" + (scale.bent() > 0 ? ", on a scale logarithmic away from 0" : "")
                        + ". Median of the baseline "
                        + Numbers.of(column, column.baseline().quantile(0.5))
                        + ", against it " + Numbers.of(column, column.against().quantile(0.5)) + ".");
        frame(svg, percent(top));
        StringBuilder outline = new StringBuilder();
        for (int i = 0; i < scale.bars(); i++) {
            double x = LEFT + PLOT * scale.place(scale.edges().get(i));
            double next = LEFT + PLOT * scale.place(scale.edges().get(i + 1));
            double height = DEEP * before[i] / top;
            if (height > 0) {
                svg.rectangle("before", x + 0.4, FLOOR - height, Math.max(0.6, next - x - 0.8), height);
            }
            double y = FLOOR - DEEP * after[i] / top;
            outline.append(i == 0 ? "M" + Svg.number(x) + " " + Svg.number(FLOOR) : "")
                    .append("V")
                    .append(Svg.number(y))
                    .append("H")
                    .append(Svg.number(next));
        }
        svg.path("after", outline + "V" + Svg.number(FLOOR));
        ticks(svg, scale, column);
        return svg.toString();
    }

    private static void frame(Svg svg, String top) {
        svg.line("axis", LEFT, FLOOR, WIDTH - RIGHT, FLOOR);
        svg.line("axis", LEFT, TOP, WIDTH - RIGHT, TOP);
        svg.text("end", LEFT - 4, TOP + 4, top);
        svg.text("end", LEFT - 4, FLOOR + 4, "0");
    }

    /** Writes what there is room for. */
    private static void ticks(Svg svg, PlotScale scale, ColumnDrift column) {
        List<double[]> taken = new ArrayList<>();
        for (double tick : scale.ticks()) {
            String text = Numbers.of(column, tick);
            double half = LETTER * text.length() / 2;
            double at = LEFT + PLOT * scale.place(tick);
            double x = Math.max(LEFT + half - 4, Math.min(WIDTH - half, at));
            if (at >= LEFT
                    && at <= WIDTH - RIGHT
                    && taken.stream().noneMatch(each -> x + half + LETTER > each[0] && x - half - LETTER < each[1])) {
                taken.add(new double[] {x - half, x + half});
                svg.line("axis", at, FLOOR, at, FLOOR + 3);
                svg.text("middle", x, HEIGHT - 5, text);
            }
        }
    }

    private static String texts(ColumnDrift column) {
        Set<String> shown = new LinkedHashSet<>(column.baseline().categories().top(MOST_TEXTS / 2));
        shown.addAll(column.against().categories().top(MOST_TEXTS / 2));
        column.baseline().categories().top(MOST_TEXTS).stream()
                .filter(text -> shown.size() < MOST_TEXTS)
                .forEach(shown::add);
        List<String> names = new ArrayList<>(shown);
        List<double[]> shares = new ArrayList<>();
        double[] others = {1, 1};
        for (String name : names) {
            double before = column.baseline().categories().count(name)
                    / (double) column.baseline().values();
            double after = column.against().categories().count(name)
                    / (double) column.against().values();
            shares.add(new double[] {before, after});
            others[0] -= before;
            others[1] -= after;
        }
        if (Math.max(others[0], others[1]) > 1e-9) {
            names.add("all others");
            shares.add(others);
        }
        Svg svg = new Svg(
                "d-" + column.name(),
                WIDTH,
                names.size() * ROW + 4,
                "Values of " + column.name(),
                "Share of the most frequent texts, baseline above and against it below. They are in the table too.");
        double left = 128;
        double room = WIDTH - left - 44;
        double top = shares.stream().mapToDouble(Plots::greatest).max().orElse(1);
        for (int i = 0; i < names.size(); i++) {
            double y = i * ROW + 4;
            double[] pair = shares.get(i);
            svg.text(
                    "end",
                    left - 6,
                    y + 12,
                    names.get(i).isEmpty() ? "(empty)" : Numbers.cut(names.get(i), LONGEST_TEXT));
            svg.rectangle("before", left, y, Math.max(0.5, room * pair[0] / top), 8);
            svg.rectangle("after", left, y + 9, Math.max(0.5, room * pair[1] / top), 7);
            svg.text("start", left + room * greatest(pair) / top + 5, y + 12, percent(pair[1]));
        }
        return svg.toString();
    }

    /** A share in little room. */
    private static String percent(double share) {
        return share < LEAST_WHOLE ? Numbers.percent(share) : Math.round(100 * share) + " %";
    }

    private static double greatest(double[] values) {
        return Arrays.stream(values).max().orElse(0);
    }

    /** The share of ones of a label by bins of a column. */
    static String rates(ColumnDrift column, LabelDrift label) {
        List<LabelDrift.Rate> rates = label.rates();
        double top = rates.stream()
                .flatMap(rate -> List.of(rate.baselineRate(), rate.againstRate()).stream())
                .filter(rate -> !rate.isNaN())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        top = top == 0 ? 1 : top;
        Svg svg = new Svg(
                "r-" + column.name(),
                WIDTH,
                HEIGHT,
                "Share of labels 1 by " + column.name(),
                "Dashed with circles: baseline. Solid with squares: against it. Bins and shares are in the table.");
        frame(svg, percent(top));
        double step = PLOT / rates.size();
        StringBuilder before = new StringBuilder();
        StringBuilder after = new StringBuilder();
        for (int i = 0; i < rates.size(); i++) {
            double x = LEFT + step * (i + 0.5);
            // Texts have no order, and nulls no place in that of numbers.
            if (column.baseline().kind() != ColumnProfile.Kind.CATEGORY
                    && !rates.get(i).name().equals("null")) {
                append(before, x, rates.get(i).baselineRate() / top);
                append(after, x, rates.get(i).againstRate() / top);
            }
        }
        if (before.length() > 0 && after.length() > 0) {
            svg.path("beforeLine", before.toString());
            svg.path("after", after.toString());
        }
        for (int i = 0; i < rates.size(); i++) {
            double x = LEFT + step * (i + 0.5);
            if (rates.get(i).baseline() != 0) {
                svg.circle("beforeDot", x, FLOOR - DEEP * rates.get(i).baselineRate() / top, 3.2);
            }
            if (rates.get(i).against() != 0) {
                svg.rectangle("afterDot", x - 3, FLOOR - DEEP * rates.get(i).againstRate() / top - 3, 6, 6);
            }
        }
        svg.text("start", LEFT, HEIGHT - 5, Numbers.cut(rates.get(0).name(), LONGEST_TEXT));
        svg.text(
                "end",
                WIDTH - 2,
                HEIGHT - 5,
                Numbers.cut(rates.get(rates.size() - 1).name(), LONGEST_TEXT));
        return svg.toString();
    }

    private static void append(StringBuilder path, double x, double share) {
        if (!Double.isNaN(share)) {
            path.append(path.length() == 0 ? "M" : "L")
                    .append(Svg.number(x))
                    .append(' ')
                    .append(Svg.number(FLOOR - DEEP * share));
        }
    }
}
