/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.drift;

import io.freshet.function.builtin.LogarithmicBins;
import io.freshet.function.builtin.SortedCounts;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Counts of numbers in bins as wide as they are great: every value is known to within {@link #relativeError()} of itself,
 * 0.1 % unless the values span more than 16,384 such bins (a factor of ten million); then bins double until they fit, up to
 * 30 % for values over the whole range of doubles and both signs. So it never takes more than some 200 kB, and holds the
 * same counts whatever the order of adding and merging. Used by one thread at a time.
 */
public final class Histogram {

    private static final double FINEST = 0.0005;
    private static final int MOST_BINS = 16_384;
    private static final int MOST_DIGITS = 7;
    /** Bounds of bins are rounded; whole numbers that lie on one count as within. */
    private static final double ROUNDING = 1e-9;

    private LogarithmicBins bins;
    private SortedCounts counts;
    private long total;

    /** Of nothing. */
    public Histogram() {
        this(LogarithmicBins.within(FINEST), new SortedCounts(), 0);
    }

    private Histogram(LogarithmicBins bins, SortedCounts counts, long total) {
        this.bins = bins;
        this.counts = counts;
        this.total = total;
    }

    /**
     * Counts a value.
     *
     * @param value finite
     */
    void add(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("Cannot place " + value + " in a histogram, expected a finite number");
        }
        counts.add(bins.bin(value));
        total++;
        fit();
    }

    /** Counts all that the other has, which stays as it is. */
    void merge(Histogram other) {
        Histogram same = other.withBinsOf(this);
        while (bins.logGamma() < same.bins.logGamma()) {
            coarsen();
        }
        counts.add(same.counts);
        total += same.total;
        fit();
    }

    private void fit() {
        while (counts.size() > MOST_BINS) {
            coarsen();
        }
    }

    private void coarsen() {
        SortedCounts wider = new SortedCounts();
        for (int i = 0; i < counts.size(); i++) {
            wider.add(bins.inDoubled(counts.key(i)), counts.count(i));
        }
        counts = wider;
        bins = bins.doubled();
    }

    /** The same counts in bins no finer than those of the other: this itself where they are not. */
    Histogram withBinsOf(Histogram other) {
        if (bins.logGamma() >= other.bins.logGamma()) {
            return this;
        }
        SortedCounts copy = new SortedCounts();
        copy.add(counts);
        Histogram result = new Histogram(bins, copy, total);
        while (result.bins.logGamma() < other.bins.logGamma()) {
            result.coarsen();
        }
        return result;
    }

    /** A histogram of all that both have. */
    public static Histogram of(Histogram one, Histogram other) {
        Histogram both = new Histogram();
        both.merge(one);
        both.merge(other);
        return both;
    }

    /** How many values were counted. */
    public long total() {
        return total;
    }

    /** How many bins hold values. */
    public int size() {
        return counts.size();
    }

    /** How many values are in the bin at a place, from 0, in order of values. */
    public long count(int place) {
        return counts.count(place);
    }

    /** The number of the bin at a place; bins of equal {@link #relativeError()} of two histograms are the same. */
    int key(int place) {
        return counts.key(place);
    }

    /** The lower bound of the bin at a place. */
    public double low(int place) {
        int bin = key(place);
        return bin > 0 ? bins.outerBound(bin - 1) : bins.outerBound(bin);
    }

    /** The upper bound of the bin at a place. */
    public double high(int place) {
        return upperBound(key(place));
    }

    /** The upper bound of the bin of a number. */
    double upperBound(int bin) {
        return bin >= 0 ? bins.outerBound(bin) : bins.outerBound(bin + 1);
    }

    /**
     * A value that stands for the bin at a place, within the relative error of all in it.
     *
     * @param whole whether all values are whole numbers: it then is one, and exact where the bin holds a single one
     */
    public double value(int place, boolean whole) {
        return valueOfBin(key(place), whole);
    }

    /** As {@link #value}, of the bin of a number. */
    double valueOfBin(int bin, boolean whole) {
        double outer = Math.abs(bins.outerBound(bin)) * (1 + ROUNDING);
        double inner = Math.abs(bins.outerBound(bin > 0 ? bin - 1 : bin + 1));
        double middle = Math.abs(bins.middle(bin));
        double size;
        if (bin == 0) {
            size = 0;
        } else if (whole) {
            size = outer - inner < 1 ? Math.floor(outer) : Math.rint(middle);
        } else {
            size = roundest(middle, inner, outer);
        }
        return bin < 0 ? -size : size;
    }

    /** The number of fewest digits: many values are round, such as 1 or 0.25, and read best as what they are. */
    private static double roundest(double middle, double low, double high) {
        BigDecimal exact = new BigDecimal(middle);
        for (int digits = 1; digits < MOST_DIGITS; digits++) {
            double rounded = exact.round(new MathContext(digits)).doubleValue();
            if (rounded >= low && rounded <= high) {
                return rounded;
            }
        }
        return middle;
    }

    /**
     * The order statistic of the lower nearest rank floor(q * (n - 1)), from 0, to within the relative error; NaN of
     * nothing.
     *
     * @param quantile q, 0 to 1
     * @param whole as in {@link #value}
     */
    public double quantile(double quantile, boolean whole) {
        return total == 0 ? Double.NaN : valueOfBin(counts.at((long) Math.floor(quantile * (total - 1))), whole);
    }

    /** How far {@link #value} and {@link #quantile} may be from the true value, as a share of it: no further than a bin is wide. */
    public double relativeError() {
        return Math.expm1(bins.logGamma());
    }
}
