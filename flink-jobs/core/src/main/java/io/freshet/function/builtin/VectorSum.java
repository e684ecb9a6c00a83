/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.Algebra;
import io.freshet.function.Finish;
import io.freshet.function.Occurrence;
import io.freshet.function.PairSum;
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
 * Number and sum of vectors, each element as a {@link PairSum}. Vectors of another dimension, or with a null in them, are
 * passed over.
 *
 * @param dimension elements of a vector
 */
record VectorSum(int dimension) implements Algebra<VectorSum.Sums> {

    /** What is kept: of each element value and rest of its sum, in turn; zeros are nothing. */
    static final class Sums {
        private long vectors;
        private final double[] pairs;

        private Sums(double[] pairs) {
            this.pairs = pairs;
        }

        private PairSum sum(int element) {
            return new PairSum(pairs[2 * element], pairs[2 * element + 1]);
        }

        private void set(int element, PairSum sum) {
            pairs[2 * element] = sum.value();
            pairs[2 * element + 1] = sum.rest();
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
        int dimension = sums.pairs.length / 2;
        List<Object> vector = new ArrayList<>(dimension);
        for (int i = 0; i < dimension; i++) {
            double sum = sums.sum(i).value();
            if (!Double.isFinite(sum)) {
                return at.overflow();
            }
            vector.add(sum / divisor);
        }
        return Collections.unmodifiableList(vector);
    }

    @Override
    public Sums create() {
        return new Sums(new double[2 * dimension]);
    }

    @Override
    public Sums add(Sums sums, Occurrence event) {
        List<?> vector = (List<?>) event.value(0);
        if (vector.size() == dimension && vector.stream().allMatch(Number.class::isInstance)) {
            sums.vectors++;
            for (int i = 0; i < dimension; i++) {
                PairSum sum = sums.sum(i);
                sum.add((Number) vector.get(i));
                sums.set(i, sum);
            }
        }
        return sums;
    }

    @Override
    public Sums merge(Sums into, Sums from) {
        into.vectors += from.vectors;
        for (int i = 0; i < dimension; i++) {
            PairSum sum = into.sum(i);
            sum.add(from.sum(i));
            into.set(i, sum);
        }
        return into;
    }

    @Override
    public boolean evict(Sums from, Sums gone) {
        return gone.vectors == 0;
    }

    @Override
    public Sums copy(Sums sums) {
        Sums copy = new Sums(sums.pairs.clone());
        copy.vectors = sums.vectors;
        return copy;
    }

    @Override
    public void write(Sums sums, DataOutput out) throws IOException {
        Varint.write(sums.vectors, out);
        for (double half : sums.pairs) {
            out.writeDouble(half);
        }
    }

    @Override
    public Sums read(DataInput in) throws IOException {
        Sums sums = create();
        sums.vectors = Varint.read(in);
        for (int i = 0; i < sums.pairs.length; i++) {
            sums.pairs[i] = in.readDouble();
        }
        return sums;
    }

    @Override
    public boolean isExact() {
        return false;
    }
}
