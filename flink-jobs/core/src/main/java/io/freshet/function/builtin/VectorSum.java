/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.Finish;
import io.freshet.function.Occurrence;
import io.freshet.function.PairSum;
import io.freshet.function.Reading;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Number and sum of vectors: of each element value and rest of a {@link PairSum}. Vectors of another dimension, or with a
 * null in them, are passed over.
 *
 * @param dimension elements of a vector
 */
record VectorSum(int dimension) implements DoublesAlgebra {

    /** The sum, divided by the number of vectors for a mean. */
    static Finish<Sums> mean() {
        return (sums, at) -> value(sums, sums.count, at);
    }

    /** The sum. */
    static Finish<Sums> sum() {
        return (sums, at) -> value(sums, 1, at);
    }

    private static @Nullable Object value(Sums sums, long divisor, Reading at) {
        if (sums.count == 0) {
            return null;
        }
        int dimension = sums.of.length / 2;
        List<Object> vector = new ArrayList<>(dimension);
        for (int i = 0; i < dimension; i++) {
            double sum = sum(sums, i).value();
            if (!Double.isFinite(sum)) {
                return at.overflow();
            }
            vector.add(sum / divisor);
        }
        return Collections.unmodifiableList(vector);
    }

    private static PairSum sum(Sums sums, int element) {
        return new PairSum(sums.of[2 * element], sums.of[2 * element + 1]);
    }

    private static void set(Sums sums, int element, PairSum sum) {
        sums.of[2 * element] = sum.value();
        sums.of[2 * element + 1] = sum.rest();
    }

    @Override
    public int size() {
        return 2 * dimension;
    }

    @Override
    public Sums add(Sums sums, Occurrence event) {
        List<?> vector = (List<?>) event.value(0);
        if (vector.size() == dimension && vector.stream().allMatch(Number.class::isInstance)) {
            sums.count++;
            for (int i = 0; i < dimension; i++) {
                PairSum sum = sum(sums, i);
                sum.add((Number) vector.get(i));
                set(sums, i, sum);
            }
        }
        return sums;
    }

    @Override
    public Sums merge(Sums into, Sums from) {
        into.count += from.count;
        for (int i = 0; i < dimension; i++) {
            PairSum sum = sum(into, i);
            sum.add(sum(from, i));
            set(into, i, sum);
        }
        return into;
    }

    @Override
    public boolean evict(Sums from, Sums gone) {
        return gone.count == 0;
    }
}
