/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import org.jspecify.annotations.Nullable;

/** Means of other kinds than the arithmetic one. */
final class Means {

    private Means() {}

    private static void plus(double[] into, double[] from) {
        for (int i = 0; i < into.length; i++) {
            into[i] += from[i];
        }
    }

    /** Number, sum of weight times value, sum of weights. */
    record Weighted() implements Doubles {

        @Override
        public int size() {
            return 3;
        }

        @Override
        public double[] add(double[] partial, Occurrence event) {
            double weight = event.number(1);
            partial[0]++;
            partial[1] += weight * event.number(0);
            partial[2] += weight;
            return partial;
        }

        @Override
        public double[] merge(double[] into, double[] from) {
            plus(into, from);
            return into;
        }

        /** Null where the weights sum to zero. */
        static @Nullable Object value(double[] partial, Reading at) {
            return partial[2] == 0 ? null : Moments.finite(partial[1] / partial[2], at);
        }
    }

    /** Number, sum of the logarithms of the values above zero, number of the others. */
    record Geometric() implements Doubles {

        @Override
        public int size() {
            return 3;
        }

        @Override
        public double[] add(double[] partial, Occurrence event) {
            double value = event.number(0);
            partial[0]++;
            if (value > 0) {
                // Math.log may differ in the last bit from one run to the next.
                partial[1] += StrictMath.log(value);
            } else {
                partial[2]++;
            }
            return partial;
        }

        @Override
        public double[] merge(double[] into, double[] from) {
            plus(into, from);
            return into;
        }

        /** Null where any value is not above zero. */
        static @Nullable Object value(double[] partial, Reading at) {
            return partial[0] == 0 || partial[2] > 0
                    ? null
                    : Moments.finite(StrictMath.exp(partial[1] / partial[0]), at);
        }
    }
}
