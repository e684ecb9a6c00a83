/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.Algebra;
import io.freshet.function.Finish;
import io.freshet.function.Occurrence;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * How many values are in each of bins whose bounds are powers of a gamma a little above 1, in the mapping of DDSketch
 * (Masson, Rim, Lee, VLDB 2019): the bin of x is ceil(log_gamma(x)), with gamma = (1 + a) / (1 - a) for a relative error
 * a. Bins of negative values mirror them, zeros have a bin of their own. Other than there, counts are exact and bins are
 * never collapsed, so that order never shows and tiles can be taken out. Values are taken as doubles; their range bounds
 * the number of bins, at 1 % to 145 thousand.
 *
 * @param logGamma natural logarithm of gamma
 */
public record LogarithmicBins(double logGamma) implements Algebra<SortedCounts> {

    /** No logarithm of a double is further from 0: that of the least one is -744.44. */
    private static final double GREATEST_LOG = 745;

    /**
     * Bins for that relative error.
     *
     * @param relativeError between 0 and 1
     */
    public static LogarithmicBins within(double relativeError) {
        return new LogarithmicBins(StrictMath.log1p(2 * relativeError / (1 - relativeError)));
    }

    /**
     * The middle of the bin that holds the order statistic of the lower nearest rank floor(q * (n - 1)), from 0; null of
     * nothing.
     *
     * @param quantile q, 0 to 1
     */
    Finish<SortedCounts> percentile(double quantile) {
        // As the view writes it: in doubles, 0.29 * 100 is less than 29.
        BigDecimal exact = BigDecimal.valueOf(quantile);
        return (counts, at) -> {
            long total = counts.total();
            if (total == 0) {
                return null;
            }
            return middle(counts.at(
                    exact.multiply(BigDecimal.valueOf(total - 1)).toBigInteger().longValueExact()));
        };
    }

    /** What makes the number of each bin positive; those of negative values are negative then, that of zeros is 0. */
    private int offset() {
        return 1 + (int) Math.ceil(GREATEST_LOG / logGamma);
    }

    /** Number of the bin that holds a finite value; numbers are in order of values, and those of negative values negative. */
    public int bin(double value) {
        if (value == 0) {
            return 0;
        }
        // The same bits on every machine, which Math.log does not promise.
        int bin = offset() + (int) Math.ceil(StrictMath.log(Math.abs(value)) / logGamma);
        return value > 0 ? bin : -bin;
    }

    /** 2 * gamma^i / (gamma + 1), which is within the relative error of both bounds, gamma^(i-1) and gamma^i. */
    public double middle(int bin) {
        if (bin == 0) {
            return 0.0;
        }
        double log = (Math.abs(bin) - offset()) * logGamma - StrictMath.log1p(StrictMath.expm1(logGamma) / 2);
        double middle = Math.max(Double.MIN_VALUE, Math.min(Double.MAX_VALUE, StrictMath.exp(log)));
        return bin > 0 ? middle : -middle;
    }

    /** The bound of a bin that is further from 0, gamma^i; the other is that of its neighbour. 0 for the bin of zeros. */
    public double outerBound(int bin) {
        if (bin == 0) {
            return 0.0;
        }
        double bound = Math.min(Double.MAX_VALUE, StrictMath.exp((Math.abs(bin) - offset()) * logGamma));
        return bin > 0 ? bound : -bound;
    }

    /**
     * Bins of twice the width, each of which holds two whole ones of these: gamma becomes its square. This is the step of
     * UDDSketch (Epicoco, Melle, Cafaro, Pulimeno, Morleo, IEEE Access 2020), which keeps a sketch small over any range.
     */
    public LogarithmicBins doubled() {
        return new LogarithmicBins(2 * logGamma);
    }

    /** Number of the bin of {@link #doubled()} that holds a bin of these. */
    public int inDoubled(int bin) {
        if (bin == 0) {
            return 0;
        }
        int power = Math.abs(bin) - offset();
        int wider = doubled().offset() + (power > 0 ? (power + 1) / 2 : power / 2);
        return bin > 0 ? wider : -wider;
    }

    @Override
    public SortedCounts create() {
        return new SortedCounts();
    }

    @Override
    public SortedCounts add(SortedCounts partial, Occurrence event) {
        partial.add(bin(event.number(0)));
        return partial;
    }

    @Override
    public SortedCounts merge(SortedCounts into, SortedCounts from) {
        into.add(from);
        return into;
    }

    @Override
    public boolean evict(SortedCounts from, SortedCounts gone) {
        return from.subtract(gone);
    }

    @Override
    public SortedCounts copy(SortedCounts partial) {
        return merge(create(), partial);
    }

    @Override
    public void write(SortedCounts partial, DataOutput out) throws IOException {
        partial.write(out);
    }

    @Override
    public SortedCounts read(DataInput in) throws IOException {
        return SortedCounts.read(in);
    }
}
