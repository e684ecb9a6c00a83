/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code + - * / %} and the conversions between numbers. Ints that leave 64 bits fail; doubles go by IEEE 754. */
final class Arithmetic {

    private static final String OVERFLOW = "integer overflow";
    private static final String BY_ZERO = "division by zero";
    private static final double LONG_RANGE = 0x1p63;
    private static final long MILLIS_PER_SECOND = 1_000;

    private Arithmetic() {}

    /** Two ints to an int. */
    @FunctionalInterface
    private interface LongOperator {
        long apply(long a, long b, Evaluation now);
    }

    /**
     * The arithmetic of one of CEL's overloads.
     *
     * @return null if it is none of arithmetic
     */
    static @Nullable Node binary(String overload, Node left, Node right) {
        return switch (overload) {
            case "add_int64" -> longs(left, right, Arithmetic::add);
            case "subtract_int64" -> longs(left, right, Arithmetic::subtract);
            case "multiply_int64" -> longs(left, right, Arithmetic::multiply);
            case "divide_int64" -> longs(left, right, Arithmetic::divide);
            case "modulo_int64" -> longs(left, right, Arithmetic::modulo);
            case "add_double", "add_int64_double", "add_double_int64" ->
                doubles(overload, left, right, (a, b) -> a + b);
            case "subtract_double", "subtract_int64_double", "subtract_double_int64" ->
                doubles(overload, left, right, (a, b) -> a - b);
            case "multiply_double", "multiply_int64_double", "multiply_double_int64" ->
                doubles(overload, left, right, (a, b) -> a * b);
            case "divide_double", "divide_int64_double", "divide_double_int64" ->
                doubles(overload, left, right, (a, b) -> a / b);
            default -> null;
        };
    }

    /**
     * The negation or conversion of one of CEL's overloads.
     *
     * @return null if it is none of these
     */
    static @Nullable Node unary(String overload, Node operand) {
        return switch (overload) {
            case "negate_int64" -> longs(Leaves.constant(0L), operand, Arithmetic::subtract);
            case "negate_double" -> negated(operand);
            case "int64_to_double" -> toDouble(operand);
            case "double_to_int64" -> toLong(operand);
            case "timestamp_to_int64" -> toSeconds(operand);
            default -> null;
        };
    }

    private static Node longs(Node left, Node right, LongOperator operator) {
        return new Node.OfLong() {
            @Override
            long asLong(Evaluation now) {
                return operator.apply(left.asLong(now), right.asLong(now), now);
            }
        };
    }

    private static Node doubles(String overload, Node left, Node right, DoubleBinaryOperator operator) {
        Node first = overload.endsWith("_int64_double") ? toDouble(left) : left;
        Node second = overload.endsWith("_double_int64") ? toDouble(right) : right;
        return new Node.OfDouble() {
            @Override
            double asDouble(Evaluation now) {
                return operator.applyAsDouble(first.asDouble(now), second.asDouble(now));
            }
        };
    }

    private static long add(long a, long b, Evaluation now) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            now.fail(OVERFLOW);
        }
        return sum;
    }

    private static long subtract(long a, long b, Evaluation now) {
        long difference = a - b;
        if (((a ^ b) & (a ^ difference)) < 0) {
            now.fail(OVERFLOW);
        }
        return difference;
    }

    private static long multiply(long a, long b, Evaluation now) {
        long product = a * b;
        if (Math.multiplyHigh(a, b) != product >> Long.SIZE - 1) {
            now.fail(OVERFLOW);
        }
        return product;
    }

    private static long divide(long a, long b, Evaluation now) {
        if (b == 0) {
            now.fail(BY_ZERO);
            return 0;
        }
        if (a == Long.MIN_VALUE && b == -1) {
            now.fail(OVERFLOW);
        }
        return a / b;
    }

    private static long modulo(long a, long b, Evaluation now) {
        if (b == 0) {
            now.fail(BY_ZERO);
            return 0;
        }
        return a % b;
    }

    private static Node negated(Node operand) {
        return new Node.OfDouble() {
            @Override
            double asDouble(Evaluation now) {
                return -operand.asDouble(now);
            }
        };
    }

    private static Node toDouble(Node operand) {
        return new Node.OfDouble() {
            @Override
            double asDouble(Evaluation now) {
                return operand.asLong(now);
            }
        };
    }

    private static Node toLong(Node operand) {
        return new Node.OfLong() {
            @Override
            long asLong(Evaluation now) {
                double value = operand.asDouble(now);
                // CEL refuses both ends, the lower one too. Written so that NaN fails.
                if (!(value > -LONG_RANGE && value < LONG_RANGE)) {
                    now.fail("a double that is no int: out of range");
                }
                return (long) value;
            }
        };
    }

    private static Node toSeconds(Node timestamp) {
        return new Node.OfLong() {
            @Override
            long asLong(Evaluation now) {
                return Math.floorDiv(timestamp.asLong(now), MILLIS_PER_SECOND);
            }
        };
    }
}
