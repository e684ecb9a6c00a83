/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import io.freshet.expression.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The basic functions over a plain list of values, in exact arithmetic, rounded once. */
final class PlainBasics {

    static final MathContext DIGITS = new MathContext(50);
    private static final double EPSILON = Math.ulp(1.0);

    /** Of n numbers summed as pairs of doubles, the part of their magnitudes that may be lost for each. */
    static final double LOST_OF_PAIRS = 0x1p-99;

    private static final double HALF_OF_ALL = Double.MAX_VALUE / 2;

    /** By name. */
    static final Map<String, PlainFunction> FUNCTIONS = Map.ofEntries(
            Map.entry("count", (question, events) -> Answer.exact((long) events.size())),
            Map.entry("first", ofValues((type, values) -> Answer.exact(values.get(0)))),
            Map.entry("last", ofValues((type, values) -> Answer.exact(values.get(values.size() - 1)))),
            Map.entry("min", ofValues((type, values) -> Answer.exact(extreme(values, -1)))),
            Map.entry("max", ofValues((type, values) -> Answer.exact(extreme(values, 1)))),
            Map.entry("sum", ofValues(PlainBasics::sum)),
            Map.entry("mean", ofValues(PlainBasics::mean)),
            Map.entry("variance", ofValues((type, values) -> variance(values, 1))),
            Map.entry("variance_pop", ofValues((type, values) -> variance(values, 0))),
            Map.entry("stddev", ofValues((type, values) -> deviation(values, 1))),
            Map.entry("stddev_pop", ofValues((type, values) -> deviation(values, 0))));

    private PlainBasics() {}

    /** A function of the values of the first input, which is null over none. */
    private interface OfValues {
        Answer answer(ValueType type, List<Object> values);
    }

    private static PlainFunction ofValues(OfValues function) {
        return (question, events) ->
                events.isEmpty() ? Answer.exact(null) : function.answer(question.type(), values(events));
    }

    /** The values of the first input. */
    static List<Object> values(List<PlainEvent> events) {
        return events.stream().map(event -> event.value(0)).toList();
    }

    /** The same with 0.0 in place of -0.0, as to functions of distinct values both are one. */
    static List<Object> distinctValues(List<PlainEvent> events) {
        List<Object> values = new ArrayList<>();
        for (Object value : values(events)) {
            boolean zero = value instanceof Double && (Double) value == 0;
            values.add(zero ? (Object) 0.0 : value);
        }
        return values;
    }

    private static Object extreme(List<Object> values, int sign) {
        Object best = values.get(0);
        for (Object value : values) {
            if (sign * compare(value, best) > 0) {
                best = value;
            }
        }
        return best;
    }

    /** Least first, of values that have an order; texts by code points. */
    static int compare(Object left, Object right) {
        if (left instanceof Long) {
            return Long.compare((Long) left, (Long) right);
        }
        if (left instanceof Double) {
            return Double.compare((Double) left, (Double) right);
        }
        if (left instanceof String) {
            int[] one = ((String) left).codePoints().toArray();
            int[] other = ((String) right).codePoints().toArray();
            return Arrays.compare(one, other);
        }
        return ((BigDecimal) left).compareTo((BigDecimal) right);
    }

    static BigDecimal decimal(Object number) {
        if (number instanceof Long) {
            return BigDecimal.valueOf((Long) number);
        }
        return number instanceof Double ? new BigDecimal((Double) number) : (BigDecimal) number;
    }

    static BigDecimal total(List<Object> values) {
        BigDecimal total = BigDecimal.ZERO;
        for (Object value : values) {
            total = total.add(decimal(value));
        }
        return total;
    }

    private static Answer sum(ValueType type, List<Object> values) {
        BigDecimal total = total(values);
        return switch (type.kind()) {
            case LONG -> {
                BigInteger whole = total.toBigIntegerExact();
                yield Answer.exact(whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : null);
            }
            case DECIMAL -> Answer.exact(total.precision() <= ValueType.MAX_PRECISION ? total : null);
            case DOUBLE -> ofPairs(values, 1);
            case BOOLEAN, STRING, TIMESTAMP, LIST, MAP ->
                throw new IllegalArgumentException("No sum of " + type + " values");
        };
    }

    /** Of longs and decimals the exact sum is divided to 34 digits, and those are rounded: the last place may differ. */
    private static Answer mean(ValueType type, List<Object> values) {
        if (type.kind() == ValueType.Kind.DOUBLE) {
            return ofPairs(values, values.size());
        }
        double mean =
                total(values).divide(BigDecimal.valueOf(values.size()), DIGITS).doubleValue();
        return Answer.near(mean, Math.ulp(mean));
    }

    /**
     * Sum of numbers as pairs of doubles, or their mean; null where the sum leaves the range of doubles, and perhaps where
     * it leaves it on the way.
     *
     * <p>The oracle rounds once, the other side the sum and the quotient: no more than two last places. The sum of two
     * pairs is off by 3 * 2^-106 of itself (Joldes, Muller, Popescu 2017, algorithm 6); each of n values is added once and
     * merged no more than 40 times: below n * 2^-99 of the sum of magnitudes.
     */
    static Answer ofPairs(List<Object> values, int divisor) {
        BigDecimal total = total(values);
        if (!Double.isFinite(total.doubleValue())) {
            return Answer.exact(null);
        }
        double magnitude = magnitude(values);
        double value = total.divide(BigDecimal.valueOf(divisor), DIGITS).doubleValue();
        double lost = Math.min(magnitude, Double.MAX_VALUE) / divisor * LOST_OF_PAIRS * values.size();
        Answer answer = Answer.near(value, 2 * Math.ulp(value) + lost);
        return mayOverflow(values) ? answer.orNull() : answer;
    }

    /** Whether a sum of them may leave the range of doubles on the way. */
    static boolean mayOverflow(List<Object> values) {
        return magnitude(values) >= HALF_OF_ALL;
    }

    private static double magnitude(List<Object> values) {
        double magnitude = 0;
        for (Object each : values) {
            magnitude += Math.abs(((Number) each).doubleValue());
        }
        return magnitude;
    }

    /** By n * sum(x^2) - sum(x)^2, which is exact in whole decimals; null where the divisor is 0. */
    private static Answer variance(List<Object> values, int fewer) {
        return values.size() == fewer ? Answer.exact(null) : variance(values, fewer, false);
    }

    private static Answer deviation(List<Object> values, int fewer) {
        return values.size() == fewer ? Answer.exact(null) : variance(values, fewer, true);
    }

    private static Answer variance(List<Object> values, int fewer, boolean root) {
        int count = values.size();
        BigDecimal squares = BigDecimal.ZERO;
        for (Object value : values) {
            squares = squares.add(decimal(value).pow(2));
        }
        BigDecimal n = BigDecimal.valueOf(count);
        BigDecimal variance = n.multiply(squares)
                .subtract(total(values).pow(2))
                .divide(n.multiply(BigDecimal.valueOf(count - fewer)), DIGITS);
        double size = Math.min(squares.doubleValue(), Double.MAX_VALUE);
        double tolerance = tolerance(variance.doubleValue(), size, count);
        double value = variance.doubleValue();
        if (root) {
            value = variance.sqrt(DIGITS).doubleValue();
            tolerance = Math.min(Math.sqrt(tolerance), tolerance / value);
        }
        if (!Double.isFinite(value)) {
            return Answer.nullOrAny();
        }
        // A double overflows on the way where the squares do.
        Answer answer = Answer.near(value, tolerance);
        return squares.doubleValue() >= HALF_OF_ALL ? answer.orNull() : answer;
    }

    /**
     * Each of the n means on the way is rounded by up to an epsilon of the values' size r, which shifts the squared
     * distances by r * epsilon * deviation and by the square of that rounding; sums of n positive squares lose n
     * epsilons. Squares below the normal doubles lose all their bits.
     */
    private static double tolerance(double variance, double squares, int count) {
        double shift = 8 * EPSILON * Math.sqrt(squares) * Math.sqrt(count);
        return 8 * EPSILON * count * variance + shift * Math.sqrt(variance) + shift * shift + count * Double.MIN_NORMAL;
    }
}
