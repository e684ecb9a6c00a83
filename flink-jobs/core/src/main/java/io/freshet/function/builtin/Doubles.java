/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.Algebra;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Partial states that are a few doubles, of which the first is the number of events; zeros are nothing. */
interface Doubles extends Algebra<double[]> {

    /** How many doubles. */
    int size();

    @Override
    default double[] create() {
        return new double[size()];
    }

    @Override
    default double[] copy(double[] partial) {
        return partial.clone();
    }

    @Override
    default void write(double[] partial, DataOutput out) throws IOException {
        for (double each : partial) {
            out.writeDouble(each);
        }
    }

    @Override
    default double[] read(DataInput in) throws IOException {
        double[] partial = create();
        for (int i = 0; i < partial.length; i++) {
            partial[i] = in.readDouble();
        }
        return partial;
    }

    @Override
    default boolean evict(double[] from, double[] gone) {
        return gone[0] == 0;
    }

    @Override
    default boolean isExact() {
        return false;
    }
}
