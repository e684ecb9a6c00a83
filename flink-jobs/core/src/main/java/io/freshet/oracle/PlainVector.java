/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import static java.util.Objects.requireNonNull;

import io.freshet.oracle.PlainFunction.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Over a plain list of events: vectors of a fixed dimension, in exact decimals. */
final class PlainVector {

    /** By name. */
    static final Map<String, PlainFunction> FUNCTIONS = Map.of(
            "vector_sum", (question, events) -> sum(question, events, false),
            "vector_mean", (question, events) -> sum(question, events, true));

    private PlainVector() {}

    /**
     * Each element as the sum and the mean of numbers are. A sum that leaves the range of doubles, even of one element and
     * even where it comes back or a mean would be within, makes all of it null.
     */
    private static Answer sum(Question question, List<PlainEvent> events, boolean mean) {
        int dimension = question.count("dimension");
        List<List<?>> vectors = new ArrayList<>();
        for (PlainEvent event : events) {
            List<?> vector = (List<?>) event.value(0);
            if (vector.size() == dimension && vector.stream().noneMatch(Objects::isNull)) {
                vectors.add(vector);
            }
        }
        if (vectors.isEmpty()) {
            return Answer.exact(null);
        }
        List<Answer> elements = new ArrayList<>();
        boolean mayOverflow = false;
        for (int i = 0; i < dimension; i++) {
            List<Object> values = new ArrayList<>();
            for (List<?> vector : vectors) {
                values.add(requireNonNull(vector.get(i)));
            }
            Answer element = PlainBasics.ofPairs(values, mean ? values.size() : 1);
            if (element.value() == null) {
                return element;
            }
            mayOverflow |= PlainBasics.mayOverflow(values);
            elements.add(element);
        }
        Answer answer = Answer.list(elements);
        return mayOverflow ? answer.orNull() : answer;
    }
}
