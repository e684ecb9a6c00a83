/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers, and what is made of them by exact arithmetic.
 *
 * @param values the numbers, in any order
 */
record PlainSample(List<BigDecimal> values) {

    /** An input of some events, taken as doubles. */
    static PlainSample of(List<PlainEvent> events, int input) {
        return new PlainSample(events.stream()
                .map(event -> new BigDecimal(((Number) event.value(input)).doubleValue()))
                .toList());
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    int size() {
        return values.size();
    }

    BigDecimal total() {
        return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Sum of absolute values; infinite where it is no double. */
    double magnitude() {
        return values.stream()
                .map(BigDecimal::abs)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .doubleValue();
    }

    /** The greatest absolute value; 0 of none. */
    double greatest() {
        return values.stream()
                .mapToDouble(value -> Math.abs(value.doubleValue()))
                .max()
                .orElse(0);
    }

    boolean hasNonPositive() {
        return values.stream().anyMatch(value -> value.signum() <= 0);
    }

    /** Products of numbers that stand in the same place. */
    PlainSample times(PlainSample other) {
        List<BigDecimal> products = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            products.add(values.get(i).multiply(other.values.get(i)));
        }
        return new PlainSample(products);
    }

    /** Each number times n, less the total: n times the distance from the mean, which is exact. */
    private List<BigDecimal> distances() {
        BigDecimal n = BigDecimal.valueOf(values.size());
        BigDecimal total = total();
        return values.stream().map(value -> value.multiply(n).subtract(total)).toList();
    }

    /** Sum of products of distances from the means, of pairs; not of none. */
    BigDecimal products(PlainSample other) {
        PlainSample distances = new PlainSample(distances());
        BigDecimal total = distances.times(new PlainSample(other.distances())).total();
        return total.divide(BigDecimal.valueOf(values.size()).pow(2), PlainBasics.DIGITS);
    }

    /** Sum of squared distances from the mean; not of none. */
    BigDecimal exactSquares() {
        return products(this);
    }

    /** Sum of squared distances from the mean; infinite where it is no double. */
    double squares() {
        return exactSquares().doubleValue();
    }

    /** Mean of powers of distances from the mean; not of none. */
    BigDecimal moment(int power) {
        BigDecimal total = BigDecimal.ZERO;
        for (BigDecimal distance : distances()) {
            total = total.add(distance.pow(power));
        }
        return total.divide(BigDecimal.valueOf(values.size()).pow(power + 1), PlainBasics.DIGITS);
    }

    /** The n-th root of the product of positive numbers, by a plain sum of logarithms. */
    double geometricMean() {
        double sum = 0;
        for (BigDecimal value : values) {
            sum += Math.log(value.doubleValue());
        }
        return Math.exp(sum / values.size());
    }

    /** The greatest absolute value of a natural logarithm, of positive numbers; 0 of none. */
    double greatestLogarithm() {
        return values.stream()
                .mapToDouble(value -> Math.abs(Math.log(value.doubleValue())))
                .max()
                .orElse(0);
    }
}
