/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import io.freshet.definition.Column;
import io.freshet.definition.Function;
import io.freshet.expression.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Every aggregate over a plain list of values, in exact arithmetic, rounded once. */
final class PlainMath {

    private static final MathContext DIGITS = new MathContext(50);
    private static final double EPSILON = Math.ulp(1.0);
    private static final double HALF_OF_ALL = Double.MAX_VALUE / 2;

    private PlainMath() {}

    /** The answer over values that are not null, in order of time, partition, offset. */
    static Answer answer(Column.Aggregate aggregate, List<Object> values) {
        ValueType type = aggregate.inputType();
        Function function = aggregate.function();
        if (values.isEmpty()) {
            return Answer.exact(isCount(function) ? 0L : null);
        }
        return switch (function) {
            case COUNT -> Answer.exact((long) values.size());
            case COUNT_DISTINCT -> Answer.exact(distinct(values));
            case APPROX_COUNT_DISTINCT -> approximate(distinct(values));
            case FIRST -> Answer.exact(values.get(0));
            case LAST -> Answer.exact(values.get(values.size() - 1));
            case MIN -> Answer.exact(extreme(values, -1));
            case MAX -> Answer.exact(extreme(values, 1));
            case SUM -> sum(type, values);
            case MEAN -> mean(values);
            case VARIANCE, VARIANCE_POP, STDDEV, STDDEV_POP -> variance(function, values);
        };
    }

    private static boolean isCount(Function function) {
        return function == Function.COUNT
                || function == Function.COUNT_DISTINCT
                || function == Function.APPROX_COUNT_DISTINCT;
    }

    private static long distinct(List<Object> values) {
        Set<Object> seen = new HashSet<>();
        for (Object value : values) {
            boolean zero = value instanceof Double && (Double) value == 0;
            seen.add(zero ? (Object) 0.0 : value);
        }
        return seen.size();
    }

    /** Five times the stated standard error of 1.6 %, and half for rounding to a whole number. */
    private static Answer approximate(long distinct) {
        return new Answer(distinct, 0.5 + 5 * 0.016 * distinct, false);
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

    private static int compare(Object left, Object right) {
        if (left instanceof Long) {
            return Long.compare((Long) left, (Long) right);
        }
        if (left instanceof Double) {
            return Double.compare((Double) left, (Double) right);
        }
        return ((BigDecimal) left).compareTo((BigDecimal) right);
    }

    private static BigDecimal decimal(Object number) {
        if (number instanceof Long) {
            return BigDecimal.valueOf((Long) number);
        }
        return number instanceof Double ? new BigDecimal((Double) number) : (BigDecimal) number;
    }

    private static BigDecimal total(List<Object> values) {
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
            case DOUBLE -> near(total.doubleValue(), values, 1);
            case BOOLEAN, STRING, TIMESTAMP, LIST, MAP ->
                throw new IllegalArgumentException("No sum of " + type + " values");
        };
    }

    private static Answer mean(List<Object> values) {
        double mean =
                total(values).divide(BigDecimal.valueOf(values.size()), DIGITS).doubleValue();
        return near(mean, values, values.size());
    }

    /**
     * Two roundings of the result, and what a sum of pairs of doubles (106 bits) may lose of the sum of magnitudes: one
     * part in 2^90 holds for millions of values.
     */
    private static Answer near(double value, List<Object> values, int divisor) {
        double magnitude = 0;
        for (Object each : values) {
            magnitude += Math.abs(((Number) each).doubleValue());
        }
        if (!Double.isFinite(value)) {
            return new Answer(null, 0, true);
        }
        double lost = Math.min(magnitude, Double.MAX_VALUE) / divisor * 0x1p-90;
        return new Answer(value, 2 * Math.ulp(value) + lost, magnitude >= HALF_OF_ALL);
    }

    /** By n * sum(x^2) - sum(x)^2, which is exact in whole decimals. */
    private static Answer variance(Function function, List<Object> values) {
        int count = values.size();
        boolean sample = function == Function.VARIANCE || function == Function.STDDEV;
        int divisor = sample ? count - 1 : count;
        if (divisor == 0) {
            return Answer.exact(null);
        }
        BigDecimal squares = BigDecimal.ZERO;
        for (Object value : values) {
            squares = squares.add(decimal(value).pow(2));
        }
        BigDecimal n = BigDecimal.valueOf(count);
        BigDecimal variance = n.multiply(squares)
                .subtract(total(values).pow(2))
                .divide(n.multiply(BigDecimal.valueOf(divisor)), DIGITS);
        // A double overflows on the way where the squares do.
        boolean mayOverflow = squares.doubleValue() >= HALF_OF_ALL;
        double size = Math.min(squares.doubleValue(), Double.MAX_VALUE);
        double tolerance = tolerance(variance.doubleValue(), size, count);
        double deviation = variance.sqrt(DIGITS).doubleValue();
        if (function == Function.STDDEV || function == Function.STDDEV_POP) {
            return new Answer(deviation, Math.min(Math.sqrt(tolerance), tolerance / deviation), mayOverflow);
        }
        double value = variance.doubleValue();
        return Double.isFinite(value) ? new Answer(value, tolerance, mayOverflow) : new Answer(null, 0, true);
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
