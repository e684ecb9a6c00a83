/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.drift;

import io.freshet.drift.Histogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bars of a histogram that suits two samples: one for each of few whole numbers, else of equal width, on a scale that is
 * logarithmic away from 0 where a straight one would heap most values on one bar. What lies below the first or above the last counts there.
 *
 * @param edges bounds of the bars, ascending, one more than bars
 * @param bent below which size the scale is about linear; 0 where all of it is
 */
record PlotScale(List<Double> edges, double bent) {

    private static final int BARS = 28;
    private static final int MOST_SINGLE = 40;
    private static final double TAIL = 0.005;
    /** A bent scale must do much better than a straight one, which reads more easily. */
    private static final double FLATTER = 0.7;

    private static final double BENT_AT = 0.1;

    PlotScale {
        edges = List.copyOf(edges);
    }

    static PlotScale of(Histogram one, Histogram other, boolean whole) {
        double low = Math.min(quantile(one, TAIL, whole), quantile(other, TAIL, whole));
        double high = Math.max(quantile(one, 1 - TAIL, whole), quantile(other, 1 - TAIL, whole));
        if (low == high) {
            double margin = low == 0 || whole ? 1 : Math.abs(low) / 2;
            return new PlotScale(
                    List.of(low - 1.5 * margin, low - margin / 2, low + margin / 2, low + 1.5 * margin), 0);
        }
        if (whole && high - low <= MOST_SINGLE) {
            return new PlotScale(linear(low - 0.5, high + 0.5, (int) (high - low) + 1), 0);
        }
        PlotScale straight = straight(low, high, whole);
        PlotScale bent = bent(low, high, bentAt(one, other));
        double most = Math.max(straight.greatest(one, whole), straight.greatest(other, whole));
        double mostBent = Math.max(bent.greatest(one, whole), bent.greatest(other, whole));
        return mostBent < FLATTER * most ? bent : straight;
    }

    private static PlotScale straight(double low, double high, boolean whole) {
        if (!whole) {
            return new PlotScale(linear(low, high, BARS), 0);
        }
        double step = Math.ceil((high - low + 1) / BARS);
        int bars = (int) Math.ceil((high - low + 1) / step);
        return new PlotScale(linear(low - 0.5, low - 0.5 + bars * step, bars), 0);
    }

    private static PlotScale bent(double low, double high, double at) {
        List<Double> edges = new ArrayList<>();
        double from = asinh(low / at);
        double to = asinh(high / at);
        for (int i = 0; i <= BARS; i++) {
            edges.add(at * Math.sinh(from + (to - from) * i / BARS));
        }
        return new PlotScale(edges, at);
    }

    private double greatest(Histogram of, boolean whole) {
        return Arrays.stream(shares(of, whole)).max().orElse(0);
    }

    private static double quantile(Histogram of, double quantile, boolean whole) {
        return of.quantile(quantile, whole);
    }

    private static List<Double> linear(double low, double high, int bars) {
        List<Double> edges = new ArrayList<>();
        for (int i = 0; i <= bars; i++) {
            edges.add(low + (high - low) * i / bars);
        }
        return edges;
    }

    /** The size that a tenth of all values other than 0 do not reach. */
    private static double bentAt(Histogram one, Histogram other) {
        TreeMap<Double, Double> sizes = new TreeMap<>();
        double all = addSizes(one, sizes) + addSizes(other, sizes);
        double below = 0;
        for (Map.Entry<Double, Double> each : sizes.entrySet()) {
            below += each.getValue();
            if (below >= BENT_AT * all) {
                return each.getKey();
            }
        }
        return 1;
    }

    private static double addSizes(Histogram of, TreeMap<Double, Double> sizes) {
        double all = 0;
        for (int i = 0; i < of.size(); i++) {
            double size = Math.abs(of.value(i, false));
            double share = of.count(i) / (double) of.total();
            if (size > 0) {
                sizes.merge(size, share, Double::sum);
                all += share;
            }
        }
        return all;
    }

    /** How many bars. */
    int bars() {
        return edges.size() - 1;
    }

    /** Share of a sample's values in each bar; a bin that lies in several is spread evenly. */
    double[] shares(Histogram of, boolean whole) {
        double[] shares = new double[bars()];
        for (int i = 0; i < of.size(); i++) {
            double share = of.count(i) / (double) of.total();
            double low = of.low(i);
            double high = of.high(i);
            int first = bar(low);
            int last = bar(high);
            if (first == last || whole && high - low < 1) {
                shares[bar(of.value(i, whole))] += share;
                continue;
            }
            for (int bar = first; bar <= last; bar++) {
                double from = bar == first ? low : edges.get(bar);
                double to = bar == last ? high : edges.get(bar + 1);
                shares[bar] += share * Math.max(0, to - from) / (high - low);
            }
        }
        return shares;
    }

    private int bar(double value) {
        int bar = 0;
        while (bar < bars() - 1 && value >= edges.get(bar + 1)) {
            bar++;
        }
        return bar;
    }

    /** Where a value lies between the first edge, 0, and the last, 1. */
    double place(double value) {
        double low = bend(edges.get(0));
        double high = bend(edges.get(bars()));
        return (bend(value) - low) / (high - low);
    }

    private double bend(double value) {
        return bent == 0 ? value : asinh(value / bent);
    }

    private static double asinh(double x) {
        double size = Math.abs(x);
        return Math.copySign(Math.log(size + Math.sqrt(size * size + 1)), x);
    }

    /** Round numbers between the edges, 0 first where it is one of them, the more important first. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        double low = edges.get(0);
        double high = edges.get(bars());
        if (bent == 0) {
            double step = Math.pow(10, Math.floor(Math.log10((high - low) / 2)));
            step *= (high - low) / step > 10 ? 5 : (high - low) / step > 5 ? 2 : 1;
            for (double tick = Math.ceil(low / step) * step; tick <= high; tick += step) {
                ticks.add(Math.rint(tick / step) * step);
            }
            return ticks;
        }
        if (low <= 0 && high >= 0) {
            ticks.add(0.0);
        }
        int from = (int) Math.ceil(Math.log10(bent));
        int to = (int) Math.floor(Math.log10(Math.max(Math.abs(low), Math.abs(high))));
        for (int power = to; power >= from; power--) {
            double size = Math.pow(10, power);
            if (size <= high) {
                ticks.add(size);
            }
            if (-size >= low) {
                ticks.add(-size);
            }
        }
        return ticks;
    }
}
