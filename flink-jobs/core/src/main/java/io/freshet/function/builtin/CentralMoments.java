/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.Algebra;
import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Number, mean and sums of the second, third and fourth powers of the distances from the mean, of values taken as
 * doubles. Merged by the formulas of Pébay (2008), Formulas for robust, one-pass parallel computation of covariances and
 * arbitrary-order statistical moments, Sandia report SAND2008-6212, equations 2.1 and 3.1, which lose nothing where the
 * mean is great and the distances small.
 */
record CentralMoments() implements Algebra<CentralMoments.Sums> {

    /** Below that sum of squared distances, the sum of their fourth powers leaves the range of doubles. */
    private static final double LEAST_SQUARES = 1e-140;

    /** What is kept; zeros are nothing. */
    static final class Sums {
        private long count;
        private double mean;
        private double squares;
        private double cubes;
        private double fourths;
    }

    /** Population skewness g1 = (cubes / n) / (squares / n)^1.5; null where all values are equal. */
    static @Nullable Object skewness(Sums sums, Reading at) {
        if (sums.squares < LEAST_SQUARES) {
            return null;
        }
        double value = sums.cubes / sums.squares / Math.sqrt(sums.squares / sums.count);
        return NamedFunction.finite(Double.isFinite(sums.squares) ? value : Double.NaN, at);
    }

    /** Population excess kurtosis g2 = (fourths / n) / (squares / n)^2 - 3; null where all values are equal. */
    static @Nullable Object kurtosis(Sums sums, Reading at) {
        if (sums.squares < LEAST_SQUARES) {
            return null;
        }
        double value = sums.fourths / sums.squares / (sums.squares / sums.count) - 3;
        return NamedFunction.finite(Double.isFinite(sums.squares) ? value : Double.NaN, at);
    }

    @Override
    public Sums create() {
        return new Sums();
    }

    @Override
    public Sums add(Sums partial, Occurrence event) {
        plus(partial, 1, event.number(0), 0, 0, 0);
        return partial;
    }

    @Override
    public Sums merge(Sums into, Sums from) {
        plus(into, from.count, from.mean, from.squares, from.cubes, from.fourths);
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
        double distance = mean - own.mean;
        double part = distance / (a + b);
        double between = distance * distance * (a * (b / (a + b)));
        set(
                own,
                own.count + count,
                own.mean + part * b,
                own.squares + squares + between,
                own.cubes + cubes + between * part * (a - b) + 3 * part * (a * squares - b * own.squares),
                own.fourths
                        + fourths
                        + between * (part * part) * (a * a - a * b + b * b)
                        + 6 * (part * part) * (a * a * squares + b * b * own.squares)
                        + 4 * part * (a * cubes - b * own.cubes));
    }

    private static void set(Sums sums, long count, double mean, double squares, double cubes, double fourths) {
        sums.count = count;
        sums.mean = mean;
        sums.squares = squares;
        sums.cubes = cubes;
        sums.fourths = fourths;
    }

    @Override
    public Sums copy(Sums partial) {
        return merge(create(), partial);
    }

    @Override
    public void write(Sums partial, DataOutput out) throws IOException {
        Varint.write(partial.count, out);
        if (partial.count != 0) {
            out.writeDouble(partial.mean);
            out.writeDouble(partial.squares);
            out.writeDouble(partial.cubes);
            out.writeDouble(partial.fourths);
        }
    }

    @Override
    public Sums read(DataInput in) throws IOException {
        Sums sums = create();
        sums.count = Varint.read(in);
        if (sums.count != 0) {
            sums.mean = in.readDouble();
            sums.squares = in.readDouble();
            sums.cubes = in.readDouble();
            sums.fourths = in.readDouble();
        }
        return sums;
    }

    @Override
    public boolean isExact() {
        return false;
    }
}
