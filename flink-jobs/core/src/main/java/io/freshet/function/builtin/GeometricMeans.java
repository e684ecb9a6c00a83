/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.Algebra;
import io.freshet.function.Occurrence;
import io.freshet.function.PairSum;
import io.freshet.function.Reading;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Number of values, of those that are not positive, and sum of the natural logarithms of those that are. */
record GeometricMeans() implements Algebra<GeometricMeans.Logs> {

    /** What is kept; zeros are nothing. */
    static final class Logs {
        private long positive;
        private long others;
        private PairSum sum = new PairSum();
    }

    /** exp(sum of ln x / n); null of nothing and where a value is 0 or below. */
    static @Nullable Object mean(Logs logs, Reading at) {
        return logs.positive == 0 || logs.others != 0
                ? null
                : NamedFunction.finite(StrictMath.exp(logs.sum.value() / logs.positive), at);
    }

    @Override
    public Logs create() {
        return new Logs();
    }

    @Override
    public Logs add(Logs partial, Occurrence event) {
        double value = event.number(0);
        if (value > 0) {
            partial.positive++;
            // The same bits on every machine, which Math.log does not promise.
            partial.sum.add(StrictMath.log(value));
        } else {
            partial.others++;
        }
        return partial;
    }

    @Override
    public Logs merge(Logs into, Logs from) {
        into.positive += from.positive;
        into.others += from.others;
        into.sum.add(from.sum);
        return into;
    }

    @Override
    public Logs copy(Logs partial) {
        return merge(create(), partial);
    }

    @Override
    public void write(Logs partial, DataOutput out) throws IOException {
        Varint.write(partial.positive, out);
        Varint.write(partial.others, out);
        partial.sum.write(out);
    }

    @Override
    public Logs read(DataInput in) throws IOException {
        Logs logs = create();
        logs.positive = Varint.read(in);
        logs.others = Varint.read(in);
        logs.sum = PairSum.read(in);
        return logs;
    }

    @Override
    public boolean isExact() {
        return false;
    }
}
