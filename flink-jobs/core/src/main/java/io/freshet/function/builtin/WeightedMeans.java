/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.Algebra;
import io.freshet.function.Occurrence;
import io.freshet.function.PairSum;
import io.freshet.function.Reading;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Sum of weights w, and of products w * x, of values x and weights taken as doubles. */
record WeightedMeans() implements Algebra<WeightedMeans.Sums> {

    /**
     * What is kept; sums of nothing are nothing.
     *
     * @param products sum of w * x
     * @param weights sum of w
     */
    record Sums(PairSum products, PairSum weights) {}

    /** products / weights; null where the weights sum to 0. */
    static @Nullable Object mean(Sums sums, Reading at) {
        double weights = sums.weights.value();
        if (weights == 0) {
            return null;
        }
        return NamedFunction.finite(Double.isFinite(weights) ? sums.products.value() / weights : Double.NaN, at);
    }

    @Override
    public Sums create() {
        return new Sums(new PairSum(), new PairSum());
    }

    @Override
    public Sums add(Sums partial, Occurrence event) {
        partial.products.addProduct(event.number(1), event.number(0));
        partial.weights.add(event.number(1));
        return partial;
    }

    @Override
    public Sums merge(Sums into, Sums from) {
        into.products.add(from.products);
        into.weights.add(from.weights);
        return into;
    }

    @Override
    public Sums copy(Sums partial) {
        return merge(create(), partial);
    }

    @Override
    public void write(Sums partial, DataOutput out) throws IOException {
        partial.products.write(out);
        partial.weights.write(out);
    }

    @Override
    public Sums read(DataInput in) throws IOException {
        return new Sums(PairSum.read(in), PairSum.read(in));
    }

    @Override
    public boolean isExact() {
        return false;
    }
}
