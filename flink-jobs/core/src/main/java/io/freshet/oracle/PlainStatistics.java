/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Over a plain list of events: moments of one or two fields and means of other kinds. Values are taken as doubles, and
 * then computed with exactly, rounded once.
 */
final class PlainStatistics {

    private static final double EPSILON = Math.ulp(1.0);

    /** From here on a sum of squares, or a double of it, may leave the range of doubles. */
    private static final double GREAT = 0x1p1020;

    /** Square root of {@link #GREAT}. */
    private static final double GREAT_ROOT = 0x1p510;

    /** Fourth root of {@link #GREAT}. */
    private static final double GREAT_FOURTH_ROOT = 0x1p255;

    /** By name. */
    static final Map<String, PlainFunction> FUNCTIONS = Map.ofEntries(
            Map.entry("skewness", (question, events) -> standardized(PlainSample.of(events, 0), 3)),
            Map.entry("kurtosis", (question, events) -> standardized(PlainSample.of(events, 0), 4)),
            Map.entry("covariance", (question, events) -> covariance(events, 1)),
            Map.entry("covariance_pop", (question, events) -> covariance(events, 0)),
            Map.entry("correlation", (question, events) -> correlation(events)),
            Map.entry("weighted_mean", (question, events) -> weightedMean(events)),
            Map.entry("geometric_mean", (question, events) -> geometricMean(PlainSample.of(events, 0))),
            Map.entry("any", (question, events) -> truth(events, true)),
            Map.entry("all", (question, events) -> truth(events, false)),
            Map.entry("ratio", (question, events) -> ratio(events)));

    private PlainStatistics() {}

    /**
     * Third or fourth standardized moment, the latter less 3; null where all values are equal.
     *
     * <p>Tolerance: in units of the deviation, what one merge adds to the sum of k-th powers is at most of the order of
     * n^(k/2), and there are n; each of n roundings of a mean shifts the distances by an epsilon of greatest value /
     * deviation. Where those shifts exceed a thousandth, any value does.
     */
    private static Answer standardized(PlainSample sample, int power) {
        double squares = sample.isEmpty() ? 0 : sample.squares();
        if (squares < 0.99e-140) {
            return Answer.exact(null);
        }
        int n = sample.size();
        double deviation = Math.sqrt(squares / n);
        double spread = 1 + sample.greatest() / deviation;
        if (squares < 1.01e-140 || deviation >= GREAT_ROOT || n * EPSILON * spread > 1e-3) {
            return Answer.nullOrAny();
        }
        BigDecimal variance = sample.moment(2);
        BigDecimal divisor = power == 3 ? variance.multiply(variance.sqrt(PlainBasics.DIGITS)) : variance.pow(2);
        double value = sample.moment(power).divide(divisor, PlainBasics.DIGITS).doubleValue() - (power == 4 ? 3 : 0);
        double tolerance = 64 * EPSILON * spread * Math.pow(n, power / 2.0) + 4 * Math.ulp(3.0);
        Answer answer = Answer.near(value, tolerance);
        return deviation * n >= GREAT_FOURTH_ROOT ? answer.orNull() : answer;
    }

    /** Sum of products of distances / (n - fewer); null where that divisor is not above 0. */
    private static Answer covariance(List<PlainEvent> events, int fewer) {
        int divisor = events.size() - fewer;
        if (divisor < 1) {
            return Answer.exact(null);
        }
        PlainSample x = PlainSample.of(events, 0);
        PlainSample y = PlainSample.of(events, 1);
        double value = x.products(y)
                .divide(BigDecimal.valueOf(divisor), PlainBasics.DIGITS)
                .doubleValue();
        double spreadX = Math.sqrt(x.squares());
        double spreadY = Math.sqrt(y.squares());
        if (spreadX >= GREAT || spreadY >= GREAT || spreadX * spreadY >= GREAT) {
            return Answer.nullOrAny();
        }
        return Answer.near(value, tolerance(x, y) / divisor);
    }

    /**
     * Of a sum of n products: each loses an epsilon, and the distances are shifted by the roundings of n means; products
     * below the normal doubles lose all their bits.
     */
    private static double tolerance(PlainSample x, PlainSample y) {
        int n = x.size();
        double spreadX = Math.sqrt(x.squares());
        double spreadY = Math.sqrt(y.squares());
        double shiftX = 8 * n * Math.sqrt(n) * Math.max(EPSILON * x.greatest(), Double.MIN_VALUE);
        double shiftY = 8 * n * Math.sqrt(n) * Math.max(EPSILON * y.greatest(), Double.MIN_VALUE);
        return 8 * EPSILON * n * spreadX * spreadY
                + shiftX * spreadY
                + shiftY * spreadX
                + shiftX * shiftY
                + n * Double.MIN_NORMAL;
    }

    /** Pearson's; null where a deviation is 0. The tolerance is that of the covariance, in units of the deviations. */
    private static Answer correlation(List<PlainEvent> events) {
        PlainSample x = PlainSample.of(events, 0);
        PlainSample y = PlainSample.of(events, 1);
        double squaresX = events.isEmpty() ? 0 : x.squares();
        double squaresY = events.isEmpty() ? 0 : y.squares();
        double least = Math.min(squaresX, squaresY);
        if (least < 0.99e-290) {
            return Answer.exact(null);
        }
        int n = events.size();
        double spread = 1 + x.greatest() / Math.sqrt(squaresX / n) + y.greatest() / Math.sqrt(squaresY / n);
        double tolerance = 64 * EPSILON * n * spread;
        if (least < 1.01e-290 || Math.max(squaresX, squaresY) >= GREAT || tolerance > 1e-3) {
            return Answer.nullOrAny();
        }
        BigDecimal divisor =
                x.exactSquares().multiply(y.exactSquares(), PlainBasics.DIGITS).sqrt(PlainBasics.DIGITS);
        double value = x.products(y).divide(divisor, PlainBasics.DIGITS).doubleValue();
        return Answer.near(value, tolerance);
    }

    /**
     * Sum of w * x / sum of w; null where the weights sum to 0.
     *
     * <p>Tolerance: two roundings, and what each sum of pairs of doubles may lose of the sum of magnitudes; products below
     * the normal doubles lose all their bits.
     */
    private static Answer weightedMean(List<PlainEvent> events) {
        PlainSample weights = PlainSample.of(events, 1);
        PlainSample products = PlainSample.of(events, 0).times(weights);
        double total = weights.total().doubleValue();
        double magnitude = weights.magnitude();
        if (magnitude == 0) {
            return Answer.exact(null);
        }
        if (magnitude >= GREAT || products.magnitude() >= GREAT || magnitude * 0x1p-80 >= Math.abs(total)) {
            return Answer.nullOrAny();
        }
        double value =
                products.total().divide(weights.total(), PlainBasics.DIGITS).doubleValue();
        double share = PlainBasics.LOST_OF_PAIRS * events.size();
        double lost = products.magnitude() * share + events.size() * Double.MIN_NORMAL;
        double tolerance =
                4 * Math.ulp(value) + lost / Math.abs(total) + Math.abs(value) * (magnitude * share / Math.abs(total));
        return Double.isFinite(tolerance) ? Answer.near(value, tolerance).orNull() : Answer.nullOrAny();
    }

    /**
     * The n-th root of the product; null where a value is not positive.
     *
     * <p>Tolerance: here and there each logarithm is rounded by no more than an epsilon of itself, and so is their mean; an
     * error of the logarithm is as great a share of the value. The oracle's plain sum rounds n times. Both powers of e are
     * rounded by an epsilon.
     */
    private static Answer geometricMean(PlainSample sample) {
        if (sample.isEmpty() || sample.hasNonPositive()) {
            return Answer.exact(null);
        }
        double value = sample.geometricMean();
        double share = EPSILON * ((sample.size() + 4) * sample.greatestLogarithm() + 2);
        return Answer.near(value, share * value + 4 * Double.MIN_VALUE);
    }

    /** Whether one of them is that truth, else the other truth. */
    private static Answer truth(List<PlainEvent> events, boolean sought) {
        if (events.isEmpty()) {
            return Answer.exact(null);
        }
        boolean found = events.stream().anyMatch(event -> event.value(0).equals(sought));
        return Answer.exact(found == sought);
    }

    private static Answer ratio(List<PlainEvent> events) {
        double all = 0;
        double holding = 0;
        for (PlainEvent event : events) {
            boolean counts = event.value(1).equals(true);
            all += counts ? 1 : 0;
            holding += counts && event.value(0).equals(true) ? 1 : 0;
        }
        return Answer.exact(all == 0 ? null : (Object) (holding / all));
    }
}
