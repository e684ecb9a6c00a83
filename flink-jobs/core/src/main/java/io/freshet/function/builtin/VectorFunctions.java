/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.expression.ValueType;
import io.freshet.function.Computation;
import io.freshet.function.Description;
import io.freshet.function.Description.Group;
import io.freshet.function.FeatureFunction;
import io.freshet.function.Finish;
import io.freshet.function.Parameter;
import io.freshet.function.Parameter.Kind;
import java.util.List;

/** Functions of the group: vectors of a fixed dimension. */
final class VectorFunctions {

    private static final String DIMENSION = "dimension";
    private static final int GREATEST_DIMENSION = 10_000;

    private VectorFunctions() {}

    static List<FeatureFunction> all() {
        return List.of(
                vector("vector_sum", "Sum of vectors, element by element", VectorSum.sum()),
                vector("vector_mean", "Mean of vectors, element by element", VectorSum.mean()));
    }

    private static FeatureFunction vector(String label, String summary, Finish<DoublesAlgebra.Sums> finish) {
        Description description = new Description(
                Group.VECTOR,
                summary,
                "vectors of another dimension, or with a null in them, are passed over; the latest vector is last, the cosine"
                        + " of two is cosine(a, b) in a derived column",
                "list of long, double or decimal",
                "list<double>",
                "null",
                "rounding of the result: sums have 106 bits, of which longs need 64 and decimals of more than 31 digits lose"
                        + " the last; null and counted where one leaves the range of doubles",
                "16 B for each element, shared by vector_sum and vector_mean");
        Parameter dimension = Parameter.required(DIMENSION, Kind.COUNT, "elements of each vector, up to 10000");
        return new NamedFunction(
                label,
                List.of(dimension),
                call -> {
                    ValueType input = call.input();
                    call.require(
                            input.kind() == ValueType.Kind.LIST
                                    && input.element().isNumber(),
                            "a list of numbers");
                    VectorSum algebra = new VectorSum(call.count(DIMENSION, GREATEST_DIMENSION));
                    return Computation.of(ValueType.list(ValueType.DOUBLE), algebra, finish);
                },
                description);
    }
}
