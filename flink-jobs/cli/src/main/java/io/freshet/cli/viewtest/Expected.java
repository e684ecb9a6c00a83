/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.viewtest;

import io.freshet.cli.ValueView;
import io.freshet.expression.ValueType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A value that a column must have. Doubles agree where they differ by a billionth of what is expected at most, since a
 * decimal text seldom is a double; where a tolerance is stated, numbers agree that differ by no more than that. All else
 * must be equal; null is only null.
 *
 * @param type type of the column
 * @param value what is expected, in the form that {@link ValueType} names; null for SQL's null
 * @param within how far a number may be off; empty where none is stated
 */
record Expected(ValueType type, @Nullable Object value, OptionalDouble within) {

    private static final double RELATIVE = 1e-9;

    /** Whether that value is as expected. */
    boolean isMetBy(@Nullable Object actual) {
        return agree(value, actual);
    }

    private boolean agree(@Nullable Object expected, @Nullable Object actual) {
        if (expected == null || actual == null) {
            return expected == actual;
        }
        if (expected instanceof List<?> list) {
            return actual instanceof List<?> others && agree(list, others);
        }
        if (expected instanceof Map<?, ?> map) {
            return actual instanceof Map<?, ?> others
                    && map.keySet().equals(others.keySet())
                    && map.keySet().stream().allMatch(key -> agree(map.get(key), others.get(key)));
        }
        return expected instanceof Number number && actual instanceof Number other
                ? agree(number, other)
                : expected.equals(actual);
    }

    private boolean agree(List<?> expected, List<?> actual) {
        if (expected.size() != actual.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!agree(expected.get(i), actual.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean agree(Number expected, Number actual) {
        if (within.isPresent()) {
            return decimal(expected).subtract(decimal(actual)).abs().compareTo(BigDecimal.valueOf(within.getAsDouble()))
                    <= 0;
        }
        if (expected instanceof Double number) {
            return Math.abs(number - actual.doubleValue()) <= Math.abs(number) * RELATIVE;
        }
        return decimal(expected).compareTo(decimal(actual)) == 0;
    }

    private static BigDecimal decimal(Number number) {
        return new BigDecimal(number.toString());
    }

    /** What is expected, for messages. */
    String text() {
        String text = ValueView.text(value, type);
        return within.isPresent() ? text + " within " + within.getAsDouble() : text;
    }
}
