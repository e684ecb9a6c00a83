/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.Algebra;
import io.freshet.function.Finish;
import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Number and sum of vectors. What rounding takes from each sum is kept beside it (Neumaier 1974), so that great values that
 * cancel leave the small ones whole. Vectors of another dimension, or with a null in them, are passed over.
 *
 * @param dimension elements of a vector
 */
record VectorSum(int dimension) implements Algebra<VectorSum.Sums> {

    /** The sums, and what rounding took from them. */
    static final class Sums {
        private long vectors;
        private final double[] sums;
        private final double[] lost;

        private Sums(double[] sums, double[] lost) {
            this.sums = sums;
            this.lost = lost;
        }

        private void plus(int element, double value) {
            double sum = sums[element];
            double next = sum + value;
            lost[element] += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
            sums[element] = next;
        }
    }

    /** The sum, divided by the number of vectors for a mean. */
    static Finish<Sums> mean() {
        return (sums, at) -> value(sums, sums.vectors, at);
    }

    /** The sum. */
    static Finish<Sums> sum() {
        return (sums, at) -> value(sums, 1, at);
    }

    private static @Nullable Object value(Sums sums, long divisor, Reading at) {
        if (sums.vectors == 0) {
            return null;
        }
        List<Object> vector = new ArrayList<>(sums.sums.length);
        for (int i = 0; i < sums.sums.length; i++) {
            double value = (sums.sums[i] + sums.lost[i]) / divisor;
            if (!Double.isFinite(value)) {
                return at.overflow();
            }
            vector.add(value);
        }
        return Collections.unmodifiableList(vector);
    }

    @Override
    public Sums create() {
        return new Sums(new double[dimension], new double[dimension]);
    }

    @Override
    public Sums add(Sums sums, Occurrence event) {
        List<?> vector = (List<?>) event.value(0);
        if (vector.size() == dimension && vector.stream().allMatch(Number.class::isInstance)) {
            sums.vectors++;
            for (int i = 0; i < dimension; i++) {
                sums.plus(i, ((Number) vector.get(i)).doubleValue());
            }
        }
        return sums;
    }

    @Override
    public Sums merge(Sums into, Sums from) {
        into.vectors += from.vectors;
        for (int i = 0; i < dimension; i++) {
            into.plus(i, from.sums[i]);
            into.lost[i] += from.lost[i];
        }
        return into;
    }

    @Override
    public boolean evict(Sums from, Sums gone) {
        return gone.vectors == 0;
    }

    @Override
    public Sums copy(Sums sums) {
        Sums copy = new Sums(sums.sums.clone(), sums.lost.clone());
        copy.vectors = sums.vectors;
        return copy;
    }

    @Override
    public void write(Sums sums, DataOutput out) throws IOException {
        Varint.write(sums.vectors, out);
        for (int i = 0; i < dimension; i++) {
            out.writeDouble(sums.sums[i]);
            out.writeDouble(sums.lost[i]);
        }
    }

    @Override
    public Sums read(DataInput in) throws IOException {
        Sums sums = create();
        sums.vectors = Varint.read(in);
        for (int i = 0; i < dimension; i++) {
            sums.sums[i] = in.readDouble();
            sums.lost[i] = in.readDouble();
        }
        return sums;
    }

    @Override
    public boolean isExact() {
        return false;
    }
}
