/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Over a plain list of events: moments of one or two fields, means of other kinds, in exact decimals, rounded once. */
final class PlainStatistics {

    /** By name. */
    static final Map<String, PlainFunction> FUNCTIONS = Map.ofEntries(
            Map.entry("skewness", (question, events) -> standardized(events, 3)),
            Map.entry("kurtosis", (question, events) -> standardized(events, 4)),
            Map.entry("covariance", (question, events) -> covariance(events, 1)),
            Map.entry("covariance_pop", (question, events) -> covariance(events, 0)),
            Map.entry("correlation", (question, events) -> correlation(events)),
            Map.entry("weighted_mean", (question, events) -> weightedMean(events)),
            Map.entry("geometric_mean", (question, events) -> geometricMean(events)),
            Map.entry("any", (question, events) -> truth(events, trues(events, 0) > 0)),
            Map.entry("all", (question, events) -> truth(events, trues(events, 0) == events.size())),
            Map.entry("ratio", (question, events) -> ratio(events)));

    private static final double EPSILON = Math.ulp(1.0);

    /** Beyond these the squares of doubles leave their range on the way, to infinity or to zero. */
    private static final double LARGE = 1e70;

    private static final double SMALL = 1e-70;

    /** A product of doubles below this may have lost bits, or all of itself. */
    private static final double VANISHING = 1e-290;

    private PlainStatistics() {}

    /** The n-th inputs as they are. */
    private static List<BigDecimal> inputs(List<PlainEvent> events, int position) {
        List<BigDecimal> inputs = new ArrayList<>();
        events.forEach(event -> inputs.add(PlainBasics.decimal(event.value(position))));
        return inputs;
    }

    private static BigDecimal mean(List<BigDecimal> values) {
        BigDecimal total = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return total.divide(BigDecimal.valueOf(values.size()), PlainBasics.DIGITS);
    }

    /** The mean of the product of distances from the means. */
    private static double moment(List<BigDecimal> left, List<BigDecimal> right, int power) {
        BigDecimal leftMean = mean(left);
        BigDecimal rightMean = mean(right);
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < left.size(); i++) {
            BigDecimal distance = left.get(i).subtract(leftMean);
            sum = sum.add(distance.pow(power - 1, PlainBasics.DIGITS)
                    .multiply(right.get(i).subtract(rightMean), PlainBasics.DIGITS));
        }
        return sum.divide(BigDecimal.valueOf(left.size()), PlainBasics.DIGITS).doubleValue();
    }

    private static double largest(List<BigDecimal> values) {
        return values.stream()
                .mapToDouble(value -> Math.abs(value.doubleValue()))
                .max()
                .orElse(0);
    }

    private static boolean allEqual(List<BigDecimal> values) {
        return values.stream().allMatch(value -> value.compareTo(values.get(0)) == 0);
    }

    /**
     * How far the mean of n values may be off in units of their deviation: each of n steps rounds by an epsilon of the
     * largest value.
     */
    private static double shift(List<BigDecimal> values, double deviation) {
        return 16 * EPSILON * values.size() * largest(values) / deviation;
    }

    /** m_p / m_2^(p/2): a shift s of the mean, in deviations, moves it by less than p (s + n epsilon) of its size. */
    private static Answer standardized(List<PlainEvent> events, int power) {
        List<BigDecimal> values = inputs(events, 0);
        if (values.isEmpty() || allEqual(values)) {
            return Answer.exact(null);
        }
        double variance = moment(values, values, 2);
        double deviation = Math.sqrt(variance);
        double shift = shift(values, deviation);
        if (largest(values) > LARGE || deviation < SMALL || shift > 0.001) {
            return Answer.nullOrAny();
        }
        double value = moment(values, values, power) / Math.pow(deviation, power);
        double size = moment(values, values, 4) / (variance * variance) + 1;
        return Answer.near(power == 4 ? value - 3 : value, 40 * (shift + EPSILON * values.size()) * size);
    }

    private static Answer covariance(List<PlainEvent> events, int fewer) {
        if (events.size() <= fewer) {
            return Answer.exact(null);
        }
        List<BigDecimal> left = inputs(events, 0);
        List<BigDecimal> right = inputs(events, 1);
        double scale = largest(left) * largest(right);
        double value = moment(left, right, 2) * events.size() / (events.size() - fewer);
        int n = events.size();
        if (!(largest(left) < 1e150 && largest(right) < 1e150)) {
            return Answer.nullOrAny();
        }
        // Each of n steps rounds by a few epsilons of the product of the largest values; below the normal doubles all
        // is lost.
        double denormal = 16 * n * Double.MIN_VALUE * (1 + largest(left) + largest(right));
        return Answer.near(value, 16 * EPSILON * n * n * scale + n * Double.MIN_NORMAL + denormal);
    }

    private static Answer correlation(List<PlainEvent> events) {
        List<BigDecimal> left = inputs(events, 0);
        List<BigDecimal> right = inputs(events, 1);
        if (events.isEmpty() || allEqual(left) || allEqual(right)) {
            return Answer.exact(null);
        }
        double leftDeviation = Math.sqrt(moment(left, left, 2));
        double rightDeviation = Math.sqrt(moment(right, right, 2));
        double shift = shift(left, leftDeviation) + shift(right, rightDeviation);
        boolean beyond = largest(left) > LARGE || largest(right) > LARGE;
        if (beyond || leftDeviation < SMALL || rightDeviation < SMALL || shift > 0.001) {
            return Answer.nullOrAny();
        }
        double value = moment(left, right, 2) / leftDeviation / rightDeviation;
        return Answer.near(value, 40 * (shift + EPSILON * events.size()));
    }

    private static Answer weightedMean(List<PlainEvent> events) {
        List<BigDecimal> values = inputs(events, 0);
        List<BigDecimal> weights = inputs(events, 1);
        BigDecimal products = BigDecimal.ZERO;
        BigDecimal sum = BigDecimal.ZERO;
        double size = 0;
        double weight = 0;
        boolean vanished = false;
        for (int i = 0; i < values.size(); i++) {
            BigDecimal product = values.get(i).multiply(weights.get(i));
            products = products.add(product);
            sum = sum.add(weights.get(i));
            size += Math.abs(product.doubleValue());
            vanished |= product.signum() != 0 && Math.abs(product.doubleValue()) < VANISHING;
            weight += Math.abs(weights.get(i).doubleValue());
        }
        double lost = 4 * EPSILON * values.size() * weight;
        if (values.isEmpty() || weight == 0) {
            return Answer.exact(null);
        }
        double total = Math.abs(sum.doubleValue());
        // Weights that cancel to within their rounding say nothing; products beyond the doubles neither.
        if (total <= 1000 * lost || size > 1e300 || vanished) {
            return Answer.nullOrAny();
        }
        double value = products.divide(sum, PlainBasics.DIGITS).doubleValue();
        double relative = lost / total;
        return Answer.near(
                value, 4 * (EPSILON * values.size() * size / total + relative * Math.abs(value)) + Double.MIN_NORMAL);
    }

    /** Each logarithm is below 745 and rounds by an epsilon, as does their sum: the root multiplies it by the power e. */
    private static Answer geometricMean(List<PlainEvent> events) {
        if (events.isEmpty()) {
            return Answer.exact(null);
        }
        double logs = 0;
        for (BigDecimal value : inputs(events, 0)) {
            if (value.signum() <= 0) {
                return Answer.exact(null);
            }
            logs += Math.log(value.doubleValue());
        }
        double value = Math.exp(logs / events.size());
        return Answer.near(value, value * 1000 * EPSILON * (events.size() + 4));
    }

    private static long trues(List<PlainEvent> events, int position) {
        return events.stream().filter(event -> (Boolean) event.value(position)).count();
    }

    private static Answer truth(List<PlainEvent> events, boolean value) {
        return Answer.exact(events.isEmpty() ? null : value);
    }

    private static Answer ratio(List<PlainEvent> events) {
        List<PlainEvent> whole =
                events.stream().filter(event -> (Boolean) event.value(1)).toList();
        return Answer.exact(whole.isEmpty() ? null : (double) trues(whole, 0) / whole.size());
    }
}
