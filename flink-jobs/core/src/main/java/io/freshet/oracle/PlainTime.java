/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import static java.util.Objects.requireNonNull;

import io.freshet.oracle.PlainFunction.Question;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.Map;

/** Over a plain list of events: ages, rates and decayed sums. */
final class PlainTime {

    /** By name. */
    static final Map<String, PlainFunction> FUNCTIONS = Map.of(
            "rate",
            (question, events) -> rate(question, events.size()),
            "time_since_first",
            (question, events) -> age(question, events, 0),
            "time_since_last",
            (question, events) -> age(question, events, events.size() - 1),
            "decayed_sum",
            PlainTime::sum,
            "decayed_count",
            PlainTime::count,
            "decayed_mean",
            PlainTime::mean);

    private static final double EPSILON = Math.ulp(1.0);
    private static final MathContext DIGITS = new MathContext(50);

    /** Half-lives after which a weight takes any sum of doubles to 0. */
    private static final BigInteger ENDLESS = BigInteger.valueOf(3_000);

    private static final Map<String, Long> UNITS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L, "w", 604_800_000L);

    private PlainTime() {}

    private static Answer rate(Question question, int events) {
        return Answer.exact(events * 1000.0 / question.windowMillis().getAsLong());
    }

    private static Answer age(Question question, List<PlainEvent> events, int position) {
        if (events.isEmpty()) {
            return Answer.exact(null);
        }
        BigInteger age = BigInteger.valueOf(question.asOfMillis())
                .subtract(BigInteger.valueOf(events.get(position).timeMillis()));
        return Answer.exact(age.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact());
    }

    private static Answer sum(Question question, List<PlainEvent> events) {
        if (events.isEmpty()) {
            return Answer.exact(null);
        }
        Weighted weighted = new Weighted(question, events, question.asOfMillis(), true);
        return near(weighted.values, weighted.magnitudes, 1, weighted, events.size());
    }

    private static Answer count(Question question, List<PlainEvent> events) {
        if (events.isEmpty()) {
            return Answer.exact(0.0);
        }
        Weighted weighted = new Weighted(question, events, question.asOfMillis(), false);
        return near(weighted.weights, weighted.weights, 1, weighted, events.size());
    }

    /** As of the latest event, whose weight then is one: the mean is the same at any later moment. */
    private static Answer mean(Question question, List<PlainEvent> events) {
        if (events.isEmpty()) {
            return Answer.exact(null);
        }
        long latest = events.get(events.size() - 1).timeMillis();
        Weighted weighted = new Weighted(question, events, latest, true);
        BigDecimal mean = weighted.values.divide(weighted.weights, DIGITS);
        return near(mean, weighted.magnitudes.divide(weighted.weights, DIGITS), 2, weighted, events.size());
    }

    /**
     * A value of sums that were scaled by powers of 2 on the way. A power is rounded by 0.7 epsilons, its exponent by a
     * quarter of one, times ln 2: 0.9 together. An event goes through one when it is added, for each merge of its tile
     * (into coarser ones, into the window, with the newest) and when the row is made: 25 epsilons hold for 24 of them, half
     * an epsilon for the result and the oracle's own power. Pairs of doubles lose nothing that shows. Each of n events
     * may move all that is there by half-lives, which takes up to four least doubles of what is below the normal ones.
     */
    private static Answer near(BigDecimal value, BigDecimal magnitude, int sums, Weighted weighted, int events) {
        double rounded = value.doubleValue();
        if (!Double.isFinite(rounded)) {
            return Answer.exact(null);
        }
        double size = Math.min(magnitude.doubleValue(), Double.MAX_VALUE);
        double tolerance = sums * (25 * EPSILON * size + 4 * (events + 24) * Double.MIN_VALUE);
        Answer answer = Answer.near(rounded, tolerance);
        // Double the sum where it stands at a moment of up to a half-life later.
        return weighted.undecayed.doubleValue() >= Double.MAX_VALUE / 4 ? answer.orNull() : answer;
    }

    /** Sums over events with the weights that they have at a moment; exact but for the weights. */
    private static final class Weighted {

        private BigDecimal values = BigDecimal.ZERO;
        private BigDecimal magnitudes = BigDecimal.ZERO;
        private BigDecimal undecayed = BigDecimal.ZERO;
        private BigDecimal weights = BigDecimal.ZERO;

        Weighted(Question question, List<PlainEvent> events, long atMillis, boolean ofNumbers) {
            long halfLife = millis(requireNonNull(question.arguments().get("half_life")));
            for (PlainEvent event : events) {
                BigDecimal weight = weight(event.timeMillis(), atMillis, halfLife);
                weights = weights.add(weight);
                if (ofNumbers) {
                    BigDecimal value = PlainBasics.decimal(event.value(0));
                    BigDecimal part = value.multiply(weight, DIGITS);
                    values = values.add(part);
                    magnitudes = magnitudes.add(part.abs());
                    undecayed = undecayed.add(value.abs());
                }
            }
        }
    }

    /** Halved exactly for each whole half-life, so that only the rest is rounded. */
    private static BigDecimal weight(long timeMillis, long atMillis, long halfLife) {
        BigInteger age = BigInteger.valueOf(atMillis).subtract(BigInteger.valueOf(timeMillis));
        BigInteger[] halves = age.divideAndRemainder(BigInteger.valueOf(halfLife));
        if (halves[0].compareTo(ENDLESS) > 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal part = new BigDecimal(Math.pow(2, -halves[1].doubleValue() / halfLife));
        return part.divide(BigDecimal.valueOf(2).pow(halves[0].intValue()), DIGITS);
    }

    /** {@code 90s} in ms. */
    private static long millis(String duration) {
        String unit = duration.replaceAll("[0-9]", "");
        return Long.parseLong(duration.replaceAll("[a-z]", "")) * requireNonNull(UNITS.get(unit));
    }
}
