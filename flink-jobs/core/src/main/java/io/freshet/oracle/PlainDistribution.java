/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Over a plain list of events: distinct values, frequencies and percentiles, by sorting. */
final class PlainDistribution {

    /** By name. */
    static final Map<String, PlainFunction> FUNCTIONS = Map.ofEntries(
            Map.entry("count_distinct", ofRuns((question, runs) -> Answer.exact((long) runs.size()))),
            Map.entry("histogram", ofRuns((question, runs) -> histogram(runs))),
            Map.entry(
                    "mode",
                    ofRuns((question, runs) ->
                            runs.isEmpty() ? Answer.exact(null) : top(runs, 1).get(0))),
            Map.entry("entropy", ofRuns((question, runs) -> entropy(runs))),
            Map.entry(
                    "top_k",
                    ofRuns((question, runs) ->
                            runs.isEmpty() ? Answer.exact(null) : Answer.list(top(runs, question.count("k"))))),
            Map.entry(
                    "approx_percentile",
                    (question, events) -> percentile(
                            question,
                            events,
                            new BigDecimal(question.arguments().get("at")))),
            Map.entry("median", (question, events) -> percentile(question, events, new BigDecimal("0.5"))));

    private static final double EPSILON = Math.ulp(1.0);

    private PlainDistribution() {}

    /** Equal values side by side. */
    private record Run(Object value, int times) {}

    private interface OfRuns {
        Answer answer(PlainFunction.Question question, List<Run> runs);
    }

    /** Null where there are more distinct values than allowed. */
    private static PlainFunction ofRuns(OfRuns function) {
        return (question, events) -> {
            List<Run> runs = runs(sorted(events));
            return runs.size() > question.count("max_distinct") ? Answer.exact(null) : function.answer(question, runs);
        };
    }

    private static List<Object> sorted(List<PlainEvent> events) {
        List<Object> values = new ArrayList<>();
        for (PlainEvent event : events) {
            Object value = event.value(0);
            values.add(value instanceof Double && (Double) value == 0 ? (Object) 0.0 : value);
        }
        values.sort(PlainDistribution::compare);
        return values;
    }

    @SuppressWarnings("unchecked") // values of one type
    private static int compare(Object left, Object right) {
        if (left instanceof String) {
            return Arrays.compare(
                    ((String) left).codePoints().toArray(),
                    ((String) right).codePoints().toArray());
        }
        return ((Comparable<Object>) left).compareTo(right);
    }

    private static List<Run> runs(List<Object> sorted) {
        List<Run> runs = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= sorted.size(); i++) {
            if (i == sorted.size() || !sorted.get(i).equals(sorted.get(from))) {
                runs.add(new Run(sorted.get(from), i - from));
                from = i;
            }
        }
        return runs;
    }

    private static Answer histogram(List<Run> runs) {
        Map<String, Answer> histogram = new TreeMap<>();
        for (Run run : runs) {
            String text = run.value instanceof BigDecimal
                    ? ((BigDecimal) run.value).toPlainString()
                    : String.valueOf(run.value);
            histogram.put(text, Answer.exact((long) run.times));
        }
        return Answer.map(histogram);
    }

    /** A stable sort keeps the least value first among equally frequent ones. */
    private static List<Answer> top(List<Run> runs, int most) {
        List<Run> frequent = new ArrayList<>(runs);
        frequent.sort(Comparator.comparingInt((Run run) -> -run.times));
        return frequent.stream().limit(most).map(run -> Answer.exact(run.value)).toList();
    }

    /** Each of the terms rounds by a few epsilons of at most the whole, which is below the logarithm of their number. */
    private static Answer entropy(List<Run> runs) {
        if (runs.isEmpty()) {
            return Answer.exact(null);
        }
        double total = runs.stream().mapToInt(Run::times).sum();
        double entropy = 0;
        for (Run run : runs) {
            double share = run.times / total;
            entropy -= share * Math.log(share) / Math.log(2);
        }
        return Answer.near(entropy + 0.0, 64 * EPSILON * runs.size());
    }

    /** Within the stated relative error of the value at that place of the sorted list, and the rounding of a logarithm. */
    private static Answer percentile(PlainFunction.Question question, List<PlainEvent> events, BigDecimal share) {
        if (events.isEmpty()) {
            return Answer.exact(null);
        }
        List<Double> sorted = events.stream()
                .map(event -> ((Number) event.value(0)).doubleValue())
                .sorted()
                .toList();
        int place = share.multiply(BigDecimal.valueOf(sorted.size() - 1))
                .setScale(0, RoundingMode.FLOOR)
                .intValueExact();
        double value = sorted.get(place);
        double error = Double.parseDouble(question.arguments().get("relative_error"));
        return Answer.near(value, Math.abs(value) * (error + 1e-9) + Double.MIN_VALUE);
    }
}
