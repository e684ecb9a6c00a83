/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import org.jspecify.annotations.Nullable;

/**
 * Number, mean and the sums of the second to fourth power of the distance from it, of one input as doubles. Merged by the
 * formulas of Pébay, "Formulas for Robust, One-Pass Parallel Computation of Covariances and Arbitrary-Order Statistical
 * Moments" (Sandia report SAND2008-6212).
 */
record Moments() implements Doubles {

    private static final int MEAN = 1;
    private static final int SECOND = 2;
    private static final int THIRD = 3;
    private static final int FOURTH = 4;

    @Override
    public int size() {
        return FOURTH + 1;
    }

    @Override
    public double[] add(double[] partial, Occurrence event) {
        return merge(partial, new double[] {1, event.number(0), 0, 0, 0});
    }

    @Override
    public double[] merge(double[] into, double[] from) {
        if (from[0] == 0) {
            return into;
        }
        if (into[0] == 0) {
            System.arraycopy(from, 0, into, 0, into.length);
            return into;
        }
        double a = into[0];
        double b = from[0];
        double n = a + b;
        double step = (from[MEAN] - into[MEAN]) / n;
        double step2 = step * step;
        double second = into[SECOND];
        double third = into[THIRD];
        into[FOURTH] += from[FOURTH]
                + step2 * step2 * n * a * b * (a * a - a * b + b * b)
                + 6 * step2 * (a * a * from[SECOND] + b * b * second)
                + 4 * step * (a * from[THIRD] - b * third);
        into[THIRD] += from[THIRD] + step2 * step * n * a * b * (a - b) + 3 * step * (a * from[SECOND] - b * second);
        into[SECOND] += from[SECOND] + step2 * n * a * b;
        into[MEAN] += step * b;
        into[0] = n;
        return into;
    }

    /** Population skewness g1 = m3 / m2^(3/2), with central moments m; null where all values are equal. */
    static @Nullable Object skewness(double[] partial, Reading at) {
        double variance = partial[SECOND] / partial[0];
        return partial[SECOND] == 0 || partial[0] == 0
                ? null
                : finite(partial[THIRD] / partial[0] / (variance * Math.sqrt(variance)), at);
    }

    /** Population excess kurtosis g2 = m4 / m2^2 - 3; null where all values are equal. */
    static @Nullable Object kurtosis(double[] partial, Reading at) {
        double variance = partial[SECOND] / partial[0];
        return partial[SECOND] == 0 || partial[0] == 0
                ? null
                : finite(partial[FOURTH] / partial[0] / (variance * variance) - 3, at);
    }

    /** The value, or null and counted where it is beyond the doubles. */
    static @Nullable Object finite(double value, Reading at) {
        return Double.isFinite(value) ? (Object) value : at.overflow();
    }
}
