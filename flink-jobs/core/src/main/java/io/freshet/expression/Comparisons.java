/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code < <= > >= == != in}. */
final class Comparisons {

    /** How a NaN stands to any number: no comparison holds. */
    private static final int UNORDERED = 2;

    private Comparisons() {}

    /** The order of two parts: -1, 0, 1 or {@link #UNORDERED}. */
    @FunctionalInterface
    private interface Order {
        int of(Node left, Node right, Evaluation now);
    }

    /**
     * The comparison of one of CEL's overloads.
     *
     * @return null if it is no comparison
     */
    static @Nullable Node binary(String overload, Node left, Node right) {
        if (overload.equals("equals")) {
            return equality(left, right, true);
        }
        if (overload.equals("not_equals")) {
            return equality(left, right, false);
        }
        // The longer prefix first: the shorter one is part of it.
        if (overload.startsWith("less_equals_")) {
            return ordered(order(overload.substring("less_equals_".length())), left, right, Set.of(-1, 0));
        }
        if (overload.startsWith("less_")) {
            return ordered(order(overload.substring("less_".length())), left, right, Set.of(-1));
        }
        if (overload.startsWith("greater_equals_")) {
            return ordered(order(overload.substring("greater_equals_".length())), left, right, Set.of(0, 1));
        }
        if (overload.startsWith("greater_")) {
            return ordered(order(overload.substring("greater_".length())), left, right, Set.of(1));
        }
        return null;
    }

    private static @Nullable Order order(String types) {
        return switch (types) {
            case "int64", "timestamp" -> (left, right, now) -> Long.compare(left.asLong(now), right.asLong(now));
            case "double" -> (left, right, now) -> compare(left.asDouble(now), right.asDouble(now));
            case "int64_double" -> (left, right, now) -> compare(left.asLong(now), right.asDouble(now));
            case "double_int64" -> (left, right, now) -> -compare(right.asLong(now), left.asDouble(now));
            case "string" ->
                (left, right, now) -> Integer.signum(left.asString(now).compareTo(right.asString(now)));
            case "bool" -> (left, right, now) -> Boolean.compare(left.asBoolean(now), right.asBoolean(now));
            default -> null;
        };
    }

    private static @Nullable Node ordered(@Nullable Order order, Node left, Node right, Set<Integer> holding) {
        if (order == null) {
            return null;
        }
        boolean less = holding.contains(-1);
        boolean equal = holding.contains(0);
        boolean greater = holding.contains(1);
        return new Node.OfBoolean() {
            @Override
            boolean asBoolean(Evaluation now) {
                int sign = order.of(left, right, now);
                return sign < 0 ? less : sign == 0 ? equal : sign == 1 && greater;
            }
        };
    }

    private static int compare(double a, double b) {
        if (a < b) {
            return -1;
        }
        if (a > b) {
            return 1;
        }
        return a == b ? 0 : UNORDERED;
    }

    /** As CEL has it: the int as a double, -0.0 below 0, NaN above all. */
    private static int compare(long a, double b) {
        return Double.compare((double) a, b);
    }

    private static Node equality(Node left, Node right, boolean expected) {
        return new Node.OfBoolean() {
            @Override
            boolean asBoolean(Evaluation now) {
                return same(left.value(now), right.value(now)) == expected;
            }
        };
    }

    /** CEL's equality: null equals null alone, numbers are equal by value. */
    private static boolean same(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Double left) {
            return b instanceof Double right
                    ? left.doubleValue() == right.doubleValue()
                    : b instanceof Long number && compare(number, left) == 0;
        }
        if (a instanceof Long number && b instanceof Double right) {
            return compare(number, right) == 0;
        }
        return Objects.equals(a, b);
    }

    /** Whether a part is one of some literals. */
    static Node in(Node element, Set<Object> literals) {
        return new Node.OfBoolean() {
            @Override
            boolean asBoolean(Evaluation now) {
                Object value = element.value(now);
                return value != null && literals.contains(value instanceof Double number ? number + 0.0 : value);
            }
        };
    }
}
