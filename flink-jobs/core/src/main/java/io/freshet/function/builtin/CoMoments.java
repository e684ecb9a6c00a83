/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import org.jspecify.annotations.Nullable;

/**
 * Number, means, and sums of the squared distances and of the products of distances from the means, of pairs of values x
 * and y taken as doubles. Merged by the formulas of Pébay (2008), SAND2008-6212, equation 3.11.
 */
record CoMoments() implements DoublesAlgebra {

    /** Below that, a sum of squares has lost bits to the end of the range of doubles. */
    private static final double LEAST_SQUARES = 1e-290;

    private static final int MEAN_X = 0;
    private static final int MEAN_Y = 1;
    private static final int SQUARES_X = 2;
    private static final int SQUARES_Y = 3;
    private static final int PRODUCTS = 4;

    /** products / (n - 1); null below two pairs. */
    static @Nullable Object covariance(Sums sums, Reading at) {
        return sums.count < 2 ? null : NamedFunction.finite(sums.of[PRODUCTS] / (sums.count - 1), at);
    }

    /** products / n; null of nothing. */
    static @Nullable Object covariancePop(Sums sums, Reading at) {
        return sums.count < 1 ? null : NamedFunction.finite(sums.of[PRODUCTS] / sums.count, at);
    }

    /** products / sqrt(squaresX * squaresY), from -1 to 1; null where all x or all y are equal. */
    static @Nullable Object correlation(Sums sums, Reading at) {
        if (sums.of[SQUARES_X] < LEAST_SQUARES || sums.of[SQUARES_Y] < LEAST_SQUARES) {
            return null;
        }
        double value = sums.of[PRODUCTS] / Math.sqrt(sums.of[SQUARES_X]) / Math.sqrt(sums.of[SQUARES_Y]);
        boolean known = Double.isFinite(sums.of[SQUARES_X]) && Double.isFinite(sums.of[SQUARES_Y]);
        // Rounding may lead just out of the range of a correlation.
        return NamedFunction.finite(known ? Math.max(-1, Math.min(1, value)) : Double.NaN, at);
    }

    @Override
    public int size() {
        return 5;
    }

    @Override
    public Sums add(Sums partial, Occurrence event) {
        step(partial, 1, event.number(0), event.number(1));
        return partial;
    }

    @Override
    public Sums merge(Sums into, Sums from) {
        if (from.count != 0) {
            step(into, from.count, from.of[MEAN_X], from.of[MEAN_Y]);
            into.of[SQUARES_X] += from.of[SQUARES_X];
            into.of[SQUARES_Y] += from.of[SQUARES_Y];
            into.of[PRODUCTS] += from.of[PRODUCTS];
        }
        return into;
    }

    /** Takes that many pairs that are all equal. */
    private static void step(Sums own, long count, double x, double y) {
        if (own.count == 0) {
            own.count = count;
            own.of[MEAN_X] = x;
            own.of[MEAN_Y] = y;
            return;
        }
        double share = count / ((double) own.count + count);
        double weight = own.count * share;
        double distanceX = x - own.of[MEAN_X];
        double distanceY = y - own.of[MEAN_Y];
        own.count += count;
        own.of[MEAN_X] += distanceX * share;
        own.of[MEAN_Y] += distanceY * share;
        own.of[SQUARES_X] += distanceX * distanceX * weight;
        own.of[SQUARES_Y] += distanceY * distanceY * weight;
        own.of[PRODUCTS] += distanceX * distanceY * weight;
    }
}
