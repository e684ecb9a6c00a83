/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import org.jspecify.annotations.Nullable;

/**
 * Number, means, squared distances from them and their product, of two inputs as doubles. Merged by the formulas of Pébay
 * (SAND2008-6212).
 */
record CoMoments() implements Doubles {

    private static final int MEAN_X = 1;
    private static final int MEAN_Y = 2;
    private static final int SQUARES_X = 3;
    private static final int SQUARES_Y = 4;
    private static final int PRODUCT = 5;

    @Override
    public int size() {
        return PRODUCT + 1;
    }

    @Override
    public double[] add(double[] partial, Occurrence event) {
        return merge(partial, new double[] {1, event.number(0), event.number(1), 0, 0, 0});
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
        double n = into[0] + from[0];
        double share = from[0] / n;
        double x = from[MEAN_X] - into[MEAN_X];
        double y = from[MEAN_Y] - into[MEAN_Y];
        double weight = into[0] * share;
        into[SQUARES_X] += from[SQUARES_X] + x * x * weight;
        into[SQUARES_Y] += from[SQUARES_Y] + y * y * weight;
        into[PRODUCT] += from[PRODUCT] + x * y * weight;
        into[MEAN_X] += x * share;
        into[MEAN_Y] += y * share;
        into[0] = n;
        return into;
    }

    /** Sum of (x - mean x)(y - mean y) / (n - 1); null below two pairs. */
    static @Nullable Object sample(double[] partial, Reading at) {
        return partial[0] < 2 ? null : Moments.finite(partial[PRODUCT] / (partial[0] - 1), at);
    }

    /** Sum of (x - mean x)(y - mean y) / n. */
    static @Nullable Object population(double[] partial, Reading at) {
        return partial[0] == 0 ? null : Moments.finite(partial[PRODUCT] / partial[0], at);
    }

    /** Pearson's coefficient, from -1 to 1; null where the values of an input are all equal. */
    static @Nullable Object correlation(double[] partial, Reading at) {
        if (partial[SQUARES_X] == 0 || partial[SQUARES_Y] == 0) {
            return null;
        }
        double value = partial[PRODUCT] / (Math.sqrt(partial[SQUARES_X]) * Math.sqrt(partial[SQUARES_Y]));
        return Moments.finite(Double.isNaN(value) ? value : Math.max(-1, Math.min(1, value)), at);
    }
}
