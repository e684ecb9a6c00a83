/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import io.freshet.oracle.PlainFunction.Question;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Over a plain list of events: vectors of a fixed dimension, in exact decimals. */
final class PlainVector {

    /** By name. */
    static final Map<String, PlainFunction> FUNCTIONS = Map.of(
            "vector_sum", (question, events) -> sum(question, events, false),
            "vector_mean", (question, events) -> sum(question, events, true));

    private PlainVector() {}

    /** Two roundings of the result, and one part in 2^90 of all magnitudes for what compensated sums may lose. */
    private static Answer sum(Question question, List<PlainEvent> events, boolean mean) {
        int dimension = question.count("dimension");
        List<List<?>> vectors = new ArrayList<>();
        for (PlainEvent event : events) {
            List<?> vector = (List<?>) event.value(0);
            if (vector.size() == dimension && !vector.contains(null)) {
                vectors.add(vector);
            }
        }
        if (vectors.isEmpty()) {
            return Answer.exact(null);
        }
        BigDecimal divisor = BigDecimal.valueOf(mean ? vectors.size() : 1);
        List<Answer> elements = new ArrayList<>();
        for (int i = 0; i < dimension; i++) {
            BigDecimal sum = BigDecimal.ZERO;
            double size = 0;
            for (List<?> vector : vectors) {
                sum = sum.add(PlainBasics.decimal(vector.get(i)));
                size += Math.abs(((Number) vector.get(i)).doubleValue());
            }
            double value = sum.divide(divisor, PlainBasics.DIGITS).doubleValue();
            elements.add(Answer.near(value, 2 * Math.ulp(value) + size * 0x1p-90));
        }
        return Answer.list(elements);
    }
}
