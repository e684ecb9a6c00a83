/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import org.jspecify.annotations.Nullable;

/**
 * Number, mean and sums of the second, third and fourth powers of the distances from the mean, of values taken as
 * doubles. Merged by the formulas of Pébay (2008), Formulas for robust, one-pass parallel computation of covariances and
 * arbitrary-order statistical moments, Sandia report SAND2008-6212, equations 2.1 and 3.1, which lose nothing where the
 * mean is great and the distances small.
 */
record CentralMoments() implements DoublesAlgebra {

    /** Below that sum of squared distances, the sum of their fourth powers leaves the range of doubles. */
    private static final double LEAST_SQUARES = 1e-140;

    private static final int MEAN = 0;
    private static final int SQUARES = 1;
    private static final int CUBES = 2;
    private static final int FOURTHS = 3;

    /** Population skewness g1 = (cubes / n) / (squares / n)^1.5; null where all values are equal. */
    static @Nullable Object skewness(Sums sums, Reading at) {
        if (sums.of[SQUARES] < LEAST_SQUARES) {
            return null;
        }
        double value = sums.of[CUBES] / sums.of[SQUARES] / Math.sqrt(sums.of[SQUARES] / sums.count);
        return NamedFunction.finite(Double.isFinite(sums.of[SQUARES]) ? value : Double.NaN, at);
    }

    /** Population excess kurtosis g2 = (fourths / n) / (squares / n)^2 - 3; null where all values are equal. */
    static @Nullable Object kurtosis(Sums sums, Reading at) {
        if (sums.of[SQUARES] < LEAST_SQUARES) {
            return null;
        }
        double value = sums.of[FOURTHS] / sums.of[SQUARES] / (sums.of[SQUARES] / sums.count) - 3;
        return NamedFunction.finite(Double.isFinite(sums.of[SQUARES]) ? value : Double.NaN, at);
    }

    @Override
    public int size() {
        return 4;
    }

    @Override
    public Sums add(Sums partial, Occurrence event) {
        plus(partial, 1, event.number(0), 0, 0, 0);
        return partial;
    }

    @Override
    public Sums merge(Sums into, Sums from) {
        plus(into, from.count, from.of[MEAN], from.of[SQUARES], from.of[CUBES], from.of[FOURTHS]);
        return into;
    }

    private static void plus(Sums own, long count, double mean, double squares, double cubes, double fourths) {
        if (own.count == 0 || count == 0) {
            if (own.count == 0) {
                set(own, count, mean, squares, cubes, fourths);
            }
            return;
        }
        double a = own.count;
        double b = count;
        double distance = mean - own.of[MEAN];
        double part = distance / (a + b);
        double between = distance * distance * (a * (b / (a + b)));
        set(
                own,
                own.count + count,
                own.of[MEAN] + part * b,
                own.of[SQUARES] + squares + between,
                own.of[CUBES] + cubes + between * part * (a - b) + 3 * part * (a * squares - b * own.of[SQUARES]),
                own.of[FOURTHS]
                        + fourths
                        + between * (part * part) * (a * a - a * b + b * b)
                        + 6 * (part * part) * (a * a * squares + b * b * own.of[SQUARES])
                        + 4 * part * (a * cubes - b * own.of[CUBES]));
    }

    private static void set(Sums sums, long count, double mean, double squares, double cubes, double fourths) {
        sums.count = count;
        sums.of[MEAN] = mean;
        sums.of[SQUARES] = squares;
        sums.of[CUBES] = cubes;
        sums.of[FOURTHS] = fourths;
    }
}
