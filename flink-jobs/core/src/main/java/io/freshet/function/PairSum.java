/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * A sum of doubles held as an unevaluated pair of doubles (about 106 bits), so that great values that cancel leave the
 * small ones whole. Once it left the range of doubles it stays outside. Zeros are nothing. Mutable.
 */
public final class PairSum {

    private static final int HALF = Integer.SIZE;
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private double high;
    private double low;

    /** The sum of nothing. */
    public PairSum() {}

    /** A sum as {@link #value} and {@link #rest} tell it. */
    public PairSum(double value, double rest) {
        high = value;
        low = rest;
    }

    /** Adds a double. */
    public void add(double value) {
        add(value, 0);
    }

    /** Adds a number: a long whole, of a decimal the first 106 bits. */
    public void add(Number value) {
        if (value instanceof Long whole) {
            double upper = (double) (whole >> HALF) * (1L << HALF);
            double lower = whole & LOW_HALF;
            double nearest = upper + lower;
            add(nearest, lower - (nearest - upper));
        } else if (value instanceof BigDecimal decimal) {
            double nearest = decimal.doubleValue();
            boolean finite = Double.isFinite(nearest);
            add(nearest, finite ? decimal.subtract(new BigDecimal(nearest)).doubleValue() : 0);
        } else {
            add(value.doubleValue());
        }
    }

    /** Adds a product, rounded to a pair and not to a double. */
    public void addProduct(double left, double right) {
        double product = left * right;
        add(product, Math.fma(left, right, -product));
    }

    /** Adds another sum. */
    public void add(PairSum other) {
        add(other.high, other.low);
    }

    /**
     * Adds another sum, given as its {@link #value} and {@link #rest}. Knuth's TwoSum on both halves, then two
     * renormalizations: relative error below 2^-100 without cancellation.
     */
    public void add(double otherHigh, double otherLow) {
        double sum = high + otherHigh;
        double rest = 0;
        if (Double.isFinite(sum)) {
            double tail = low + otherLow;
            double carried = error(high, otherHigh, sum) + tail;
            double middle = sum + carried;
            double last = error(low, otherLow, tail) + (carried - (middle - sum));
            sum = middle + last;
            rest = last - (sum - middle);
        }
        high = sum;
        low = Double.isFinite(sum) ? rest : 0;
    }

    /** What was lost when {@code sum = a + b} was rounded, exactly. */
    private static double error(double a, double b, double sum) {
        double part = sum - a;
        return (a - (sum - part)) + (b - part);
    }

    /** Multiplies by {@code factor * 2^exponent}: relative error below 2^-100 down to the normal doubles. */
    public void scale(double factor, int exponent) {
        double product = high * factor;
        if (Double.isFinite(product)) {
            double rest = Math.fma(high, factor, -product) + low * factor;
            double sum = product + rest;
            low = Math.scalb(rest - (sum - product), exponent);
            high = Math.scalb(sum, exponent);
        } else {
            high = product;
        }
        low = Double.isFinite(high) ? low : 0;
    }

    /** A copy. */
    public PairSum copy() {
        return new PairSum(high, low);
    }

    /** The sum, rounded once; infinite or not a number once it left the range of doubles. */
    public double value() {
        return high;
    }

    /** What {@link #value} leaves out. */
    public double rest() {
        return low;
    }

    /** Writes both halves. */
    public void write(DataOutput out) throws IOException {
        out.writeDouble(high);
        out.writeDouble(low);
    }

    /** Reads what {@link #write} wrote. */
    public static PairSum read(DataInput in) throws IOException {
        return new PairSum(in.readDouble(), in.readDouble());
    }
}
