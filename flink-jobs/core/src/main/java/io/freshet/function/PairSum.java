/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A sum of doubles held as an unevaluated pair of doubles (about 106 bits), so that great values that cancel leave the
 * small ones whole. Once it left the range of doubles it stays outside. Zeros are nothing.
 */
final class PairSum {

    private double high;
    private double low;

    /** Adds a double. */
    void add(double value) {
        add(value, 0);
    }

    /** Adds a product, rounded to a pair and not to a double. */
    void addProduct(double left, double right) {
        double product = left * right;
        add(product, Math.fma(left, right, -product));
    }

    /** Adds another sum. */
    void add(PairSum other) {
        add(other.high, other.low);
    }

    /** Knuth's TwoSum on both halves, then two renormalizations: relative error below 2^-100 without cancellation. */
    private void add(double otherHigh, double otherLow) {
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

    /** The sum, rounded once; infinite or not a number once it left the range of doubles. */
    double value() {
        return high;
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(high);
        out.writeDouble(low);
    }

    static PairSum read(DataInput in) throws IOException {
        PairSum sum = new PairSum();
        sum.high = in.readDouble();
        sum.low = in.readDouble();
        return sum;
    }
}
