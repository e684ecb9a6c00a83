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
 * Number, means, and sums of the squared distances and of the products of distances from the means, of pairs of values x
 * and y taken as doubles. Merged by the formulas of Pébay (2008), SAND2008-6212, equation 3.11.
 */
record CoMoments() implements Algebra<CoMoments.Sums> {

    /** Below that, a sum of squares has lost bits to the end of the range of doubles. */
    private static final double LEAST_SQUARES = 1e-290;

    /** What is kept; zeros are nothing. */
    static final class Sums {
        private long count;
        private double meanX;
        private double meanY;
        private double squaresX;
        private double squaresY;
        private double products;
    }

    /** products / (n - 1); null below two pairs. */
    static @Nullable Object covariance(Sums sums, Reading at) {
        return sums.count < 2 ? null : NamedFunction.finite(sums.products / (sums.count - 1), at);
    }

    /** products / n; null of nothing. */
    static @Nullable Object covariancePop(Sums sums, Reading at) {
        return sums.count < 1 ? null : NamedFunction.finite(sums.products / sums.count, at);
    }

    /** products / sqrt(squaresX * squaresY), from -1 to 1; null where all x or all y are equal. */
    static @Nullable Object correlation(Sums sums, Reading at) {
        if (sums.squaresX < LEAST_SQUARES || sums.squaresY < LEAST_SQUARES) {
            return null;
        }
        double value = sums.products / Math.sqrt(sums.squaresX) / Math.sqrt(sums.squaresY);
        boolean known = Double.isFinite(sums.squaresX) && Double.isFinite(sums.squaresY);
        // Rounding may lead just out of the range of a correlation.
        return NamedFunction.finite(known ? Math.max(-1, Math.min(1, value)) : Double.NaN, at);
    }

    @Override
    public Sums create() {
        return new Sums();
    }

    @Override
    public Sums add(Sums partial, Occurrence event) {
        step(partial, 1, event.number(0), event.number(1));
        return partial;
    }

    @Override
    public Sums merge(Sums into, Sums from) {
        if (from.count != 0) {
            step(into, from.count, from.meanX, from.meanY);
            into.squaresX += from.squaresX;
            into.squaresY += from.squaresY;
            into.products += from.products;
        }
        return into;
    }

    /** Takes that many pairs that are all equal. */
    private static void step(Sums own, long count, double x, double y) {
        if (own.count == 0) {
            own.count = count;
            own.meanX = x;
            own.meanY = y;
            return;
        }
        double share = count / ((double) own.count + count);
        double weight = own.count * share;
        double distanceX = x - own.meanX;
        double distanceY = y - own.meanY;
        own.count += count;
        own.meanX += distanceX * share;
        own.meanY += distanceY * share;
        own.squaresX += distanceX * distanceX * weight;
        own.squaresY += distanceY * distanceY * weight;
        own.products += distanceX * distanceY * weight;
    }

    @Override
    public Sums copy(Sums partial) {
        return merge(create(), partial);
    }

    @Override
    public void write(Sums partial, DataOutput out) throws IOException {
        Varint.write(partial.count, out);
        if (partial.count != 0) {
            out.writeDouble(partial.meanX);
            out.writeDouble(partial.meanY);
            out.writeDouble(partial.squaresX);
            out.writeDouble(partial.squaresY);
            out.writeDouble(partial.products);
        }
    }

    @Override
    public Sums read(DataInput in) throws IOException {
        Sums sums = create();
        sums.count = Varint.read(in);
        if (sums.count != 0) {
            sums.meanX = in.readDouble();
            sums.meanY = in.readDouble();
            sums.squaresX = in.readDouble();
            sums.squaresY = in.readDouble();
            sums.products = in.readDouble();
        }
        return sums;
    }

    @Override
    public boolean isExact() {
        return false;
    }
}
