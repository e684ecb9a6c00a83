/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.Algebra;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** An algebra that keeps a count and some doubles, which are rounded, so that it is not exact. */
interface DoublesAlgebra extends Algebra<DoublesAlgebra.Sums> {

    /** What is kept; zeros are nothing. */
    final class Sums {
        long count;
        final double[] of;

        private Sums(double[] of) {
            this.of = of;
        }
    }

    /** How many doubles there are. */
    int size();

    @Override
    default Sums create() {
        return new Sums(new double[size()]);
    }

    @Override
    default Sums copy(Sums partial) {
        Sums copy = new Sums(partial.of.clone());
        copy.count = partial.count;
        return copy;
    }

    @Override
    default void write(Sums partial, DataOutput out) throws IOException {
        Varint.write(partial.count, out);
        if (partial.count != 0) {
            for (double each : partial.of) {
                out.writeDouble(each);
            }
        }
    }

    @Override
    default Sums read(DataInput in) throws IOException {
        Sums sums = create();
        sums.count = Varint.read(in);
        for (int i = 0; sums.count != 0 && i < sums.of.length; i++) {
            sums.of[i] = in.readDouble();
        }
        return sums;
    }

    @Override
    default boolean isExact() {
        return false;
    }
}
