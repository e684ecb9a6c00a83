/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Over a plain list of events: distinct values, frequencies and percentiles. */
final class PlainDistribution {

    /** By name. */
    static final Map<String, PlainFunction> FUNCTIONS = Map.ofEntries(
            Map.entry("count_distinct", bounded(values -> Answer.exact((long) new HashSet<>(values).size()))),
            Map.entry(
                    "approx_count_distinct",
                    (question, events) -> approximate(new HashSet<>(PlainBasics.distinctValues(events)).size())),
            Map.entry("histogram", bounded(ofSome(PlainDistribution::histogram))),
            Map.entry(
                    "mode",
                    bounded(ofSome(values -> Answer.exact(byFrequency(values).get(0))))),
            Map.entry("entropy", bounded(ofSome(PlainDistribution::entropy))),
            Map.entry("top_k", PlainDistribution::top),
            Map.entry("approx_percentile", (question, events) -> percentile(question, events, "at")),
            Map.entry("median", (question, events) -> percentile(question, events, "")));

    private PlainDistribution() {}

    /** A function of the values of the first input. */
    private interface OfValues {
        Answer answer(List<Object> values);
    }

    /** Null over none. */
    private static OfValues ofSome(OfValues function) {
        return values -> values.isEmpty() ? Answer.exact(null) : function.answer(values);
    }

    /** Null where there are more distinct values than the question allows. */
    private static PlainFunction bounded(OfValues function) {
        return (question, events) -> {
            List<Object> values = PlainBasics.distinctValues(events);
            boolean tooMany = new HashSet<>(values).size() > question.count("max_distinct");
            return tooMany ? Answer.exact(null) : function.answer(values);
        };
    }

    /** Five times the stated standard error of 1.6 %, and half for rounding to a whole number. */
    private static Answer approximate(long distinct) {
        return Answer.near(distinct, 0.5 + 5 * 0.016 * distinct);
    }

    private static Answer histogram(List<Object> values) {
        Map<String, Answer> bars = new TreeMap<>();
        values.forEach(value -> bars.put(value.toString(), Answer.exact((long) Collections.frequency(values, value))));
        return Answer.map(bars);
    }

    /** Distinct values, the most frequent first, and of those the least. */
    private static List<Object> byFrequency(List<Object> values) {
        List<Object> distinct = new ArrayList<>(new HashSet<>(values));
        distinct.sort((left, right) -> {
            int order = Collections.frequency(values, right) - Collections.frequency(values, left);
            return order != 0 ? order : compare(left, right);
        });
        return distinct;
    }

    private static int compare(Object left, Object right) {
        return left instanceof Boolean
                ? Boolean.compare((Boolean) left, (Boolean) right)
                : PlainBasics.compare(left, right);
    }

    private static Answer top(PlainFunction.Question question, List<PlainEvent> events) {
        int most = question.count("k");
        return bounded(ofSome(values ->
                        Answer.exact(byFrequency(values).stream().limit(most).toList())))
                .answer(question, events);
    }

    /**
     * log2 n - sum of c * log2 c / n over counts c. Terms here sum to log2 n or less, and each of d of them, and their sum,
     * is rounded a few times; on the other side terms sum to the entropy, which is no more than log2 n.
     */
    private static Answer entropy(List<Object> values) {
        Map<Object, Integer> counts = new HashMap<>();
        values.forEach(value -> counts.merge(value, 1, Integer::sum));
        double n = values.size();
        double sum = 0;
        for (int count : counts.values()) {
            sum += count * Math.log(count) / Math.log(2);
        }
        double bits = Math.log(n) / Math.log(2);
        return Answer.near(bits - sum / n, 4 * (counts.size() + 4) * Math.ulp(1.0) * bits);
    }

    /** Any value within the stated relative error of the order statistic; a billionth of that is left for rounding. */
    private static Answer percentile(PlainFunction.Question question, List<PlainEvent> events, String rank) {
        if (events.isEmpty()) {
            return Answer.exact(null);
        }
        double[] sorted = events.stream()
                .mapToDouble(event -> ((Number) event.value(0)).doubleValue())
                .sorted()
                .toArray();
        BigDecimal at =
                new BigDecimal(rank.isEmpty() ? "0.5" : question.arguments().get(rank));
        double truth = sorted[
                at.multiply(BigDecimal.valueOf(sorted.length - 1))
                        .toBigInteger()
                        .intValueExact()];
        double error = Double.parseDouble(question.arguments().get("relative_error"));
        // Half of the least double is lost where the value itself is hardly greater.
        double tolerance = error * (1 + 1e-9) * Math.abs(truth) + Double.MIN_VALUE;
        return Answer.accepting(
                truth,
                truth + " (+- " + tolerance + ")",
                actual -> actual instanceof Double value && Math.abs(value - truth) <= tolerance);
    }
}
