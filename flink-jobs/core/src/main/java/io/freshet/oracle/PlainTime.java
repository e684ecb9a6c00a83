/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import io.freshet.oracle.PlainFunction.Question;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Over a plain list of events: ages, rates and decayed sums. */
final class PlainTime {

    /** By name. */
    static final Map<String, PlainFunction> FUNCTIONS = Map.ofEntries(
            Map.entry(
                    "rate",
                    (question, events) -> Answer.exact(
                            events.size() / (question.windowMillis().getAsLong() / 1000.0))),
            Map.entry("time_since_first", (question, events) -> age(question, events, 0)),
            Map.entry("time_since_last", (question, events) -> age(question, events, events.size() - 1)),
            Map.entry("decayed_sum", (question, events) -> sum(question, events)),
            Map.entry("decayed_count", (question, events) -> count(question, events)),
            Map.entry("decayed_mean", (question, events) -> mean(question, events)));

    private static final double EPSILON = Math.ulp(1.0);
    private static final Map<String, Long> UNITS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L, "w", 604_800_000L);

    private PlainTime() {}

    private static Answer age(Question question, List<PlainEvent> events, int position) {
        if (events.isEmpty()) {
            return Answer.exact(null);
        }
        BigInteger age = BigInteger.valueOf(question.asOfMillis())
                .subtract(BigInteger.valueOf(events.get(position).timeMillis()));
        return Answer.exact(age.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact());
    }

    private static double halfLife(Question question) {
        String text = question.arguments().getOrDefault("half_life", "");
        String unit = text.replaceAll("[0-9]", "");
        return (double) Long.parseLong(text.replaceAll("[a-z]", "")) * UNITS.getOrDefault(unit, 0L);
    }

    private static double weight(Question question, PlainEvent event, long asOfMillis) {
        double age = (double) asOfMillis - (double) event.timeMillis();
        if (Math.abs(age) < 1e15) {
            age = asOfMillis - event.timeMillis();
        }
        return Math.pow(2, -age / halfLife(question));
    }

    /** Each of n steps may round by an epsilon of the sum, and of an exponent of up to 1074. */
    private static double tolerance(double size, int events) {
        return size * 2000 * EPSILON * (events + 4) + events * Double.MIN_NORMAL;
    }

    private static Answer sum(Question question, List<PlainEvent> events) {
        if (events.isEmpty()) {
            return Answer.exact(null);
        }
        double sum = 0;
        double size = 0;
        double plain = 0;
        for (PlainEvent event : events) {
            double value = ((Number) event.value(0)).doubleValue();
            double weight = weight(question, event, question.asOfMillis());
            sum += value * weight;
            size += Math.abs(value) * weight;
            plain += Math.abs(value);
        }
        return plain > 1e300 ? Answer.nullOrAny() : Answer.near(sum, tolerance(size, events.size()));
    }

    private static Answer count(Question question, List<PlainEvent> events) {
        double count = 0;
        for (PlainEvent event : events) {
            count += weight(question, event, question.asOfMillis());
        }
        return Answer.near(count, tolerance(count, events.size()));
    }

    /** As of the latest event, whose weight then is one: the mean is the same at any later moment. */
    private static Answer mean(Question question, List<PlainEvent> events) {
        if (events.isEmpty()) {
            return Answer.exact(null);
        }
        long latest = events.get(events.size() - 1).timeMillis();
        double sum = 0;
        double size = 0;
        double count = 0;
        for (PlainEvent event : events) {
            double value = ((Number) event.value(0)).doubleValue();
            double weight = weight(question, event, latest);
            sum += value * weight;
            size += Math.abs(value);
            count += weight;
        }
        return size > 1e300 ? Answer.nullOrAny() : Answer.near(sum / count, tolerance(size, events.size()));
    }
}
