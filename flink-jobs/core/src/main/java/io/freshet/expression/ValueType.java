/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * The type of an input, an entity field or a feature column.
 *
 * <p>Values are held as: LONG {@code Long}, DOUBLE {@code Double}, DECIMAL {@code BigDecimal} of exactly
 * {@code scale}, BOOLEAN {@code Boolean}, STRING {@code String}, TIMESTAMP {@code Long} (milliseconds since 1970 UTC).
 * Null stands for SQL's null in all of them.
 *
 * @param kind the kind of value
 * @param precision greatest number of digits of a DECIMAL, 1 to 38; 0 for all others
 * @param scale digits behind the point of a DECIMAL, 0 to precision; 0 for all others
 */
public record ValueType(Kind kind, int precision, int scale) implements Serializable {

    /** The kinds of value, after widening: integers are LONG, floats are DOUBLE. */
    public enum Kind {
        LONG,
        DOUBLE,
        DECIMAL,
        BOOLEAN,
        STRING,
        TIMESTAMP
    }

    /** The widest decimal, in digits, as in SQL engines. */
    public static final int MAX_PRECISION = 38;

    public static final ValueType LONG = new ValueType(Kind.LONG, 0, 0);
    public static final ValueType DOUBLE = new ValueType(Kind.DOUBLE, 0, 0);
    public static final ValueType BOOLEAN = new ValueType(Kind.BOOLEAN, 0, 0);
    public static final ValueType STRING = new ValueType(Kind.STRING, 0, 0);
    public static final ValueType TIMESTAMP = new ValueType(Kind.TIMESTAMP, 0, 0);

    public ValueType {
        requireNonNull(kind, "kind");
        if (kind == Kind.DECIMAL) {
            if (precision < 1 || precision > MAX_PRECISION) {
                throw new IllegalArgumentException("Invalid decimal precision, expected 1 to 38: " + precision);
            }
            if (scale < 0 || scale > precision) {
                throw new IllegalArgumentException("Invalid decimal scale, expected 0 to " + precision + ": " + scale);
            }
        } else if (precision != 0 || scale != 0) {
            throw new IllegalArgumentException("Only a decimal has precision and scale: " + kind);
        }
    }

    /** A decimal of that many digits in all, and that many behind the point. */
    public static ValueType decimal(int precision, int scale) {
        return new ValueType(Kind.DECIMAL, precision, scale);
    }

    /** Whether sums and means of such values exist. */
    public boolean isNumber() {
        return kind == Kind.LONG || kind == Kind.DOUBLE || kind == Kind.DECIMAL;
    }

    /** As users write and read it: {@code long}, {@code decimal(10,2)}. */
    @Override
    public String toString() {
        String name = kind.name().toLowerCase(java.util.Locale.ROOT);
        return kind == Kind.DECIMAL ? name + "(" + precision + "," + scale + ")" : name;
    }
}
