/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of an input, an entity field or a feature column.
 *
 * <p>Values are held as: LONG {@code Long}, DOUBLE {@code Double}, DECIMAL {@code BigDecimal} of exactly
 * {@code scale}, BOOLEAN {@code Boolean}, STRING {@code String}, TIMESTAMP {@code Long} (milliseconds since 1970 UTC),
 * LIST an unmodifiable {@code List} whose elements may be null, MAP an unmodifiable {@code Map} from {@code String} to
 * values that are not null, in the order of its keys. Null stands for SQL's null in all of them.
 *
 * @param kind the kind of value
 * @param precision greatest number of digits of a DECIMAL, 1 to 38; 0 for all others
 * @param scale digits behind the point of a DECIMAL, 0 to precision; 0 for all others
 * @param elements the type of the elements of a LIST or of the values of a MAP, alone; empty for all others
 */
public record ValueType(Kind kind, int precision, int scale, List<ValueType> elements) implements Serializable {

    /** The kinds of value, after widening: integers are LONG, floats are DOUBLE. */
    public enum Kind {
        LONG,
        DOUBLE,
        DECIMAL,
        BOOLEAN,
        STRING,
        TIMESTAMP,
        LIST,
        MAP
    }

    /** The widest decimal, in digits, as in SQL engines. */
    public static final int MAX_PRECISION = 38;

    private static final Pattern WITH_PARAMETERS =
            Pattern.compile("decimal\\(\\s*(\\d{1,2})\\s*,\\s*(\\d{1,2})\\s*\\)|(list|map)<(.+)>");

    public static final ValueType LONG = plain(Kind.LONG);
    public static final ValueType DOUBLE = plain(Kind.DOUBLE);
    public static final ValueType BOOLEAN = plain(Kind.BOOLEAN);
    public static final ValueType STRING = plain(Kind.STRING);
    public static final ValueType TIMESTAMP = plain(Kind.TIMESTAMP);

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
        elements = List.copyOf(elements);
        if (elements.size() != (kind == Kind.LIST || kind == Kind.MAP ? 1 : 0)) {
            throw new IllegalArgumentException(
                    "A list or map has one type of elements, all else none: " + kind + " of " + elements);
        }
    }

    private static ValueType plain(Kind kind) {
        return new ValueType(kind, 0, 0, List.of());
    }

    /** A decimal of that many digits in all, and that many behind the point. */
    public static ValueType decimal(int precision, int scale) {
        return new ValueType(Kind.DECIMAL, precision, scale, List.of());
    }

    /** A list of such elements. */
    public static ValueType list(ValueType element) {
        return new ValueType(Kind.LIST, 0, 0, List.of(element));
    }

    /** A map from texts to such values. */
    public static ValueType map(ValueType value) {
        return new ValueType(Kind.MAP, 0, 0, List.of(value));
    }

    /**
     * The type of that name, as {@link #toString} gives it or by the Avro types that widen to it ({@code int},
     * {@code float}); empty if it is none.
     */
    public static Optional<ValueType> parse(String text) {
        String name = text.strip();
        Matcher parts = WITH_PARAMETERS.matcher(name);
        if (!parts.matches()) {
            return switch (name) {
                case "long", "int" -> Optional.of(LONG);
                case "double", "float" -> Optional.of(DOUBLE);
                case "boolean" -> Optional.of(BOOLEAN);
                case "string" -> Optional.of(STRING);
                case "timestamp" -> Optional.of(TIMESTAMP);
                default -> Optional.empty();
            };
        }
        if (parts.group(1) != null) {
            int precision = Integer.parseInt(parts.group(1));
            int scale = Integer.parseInt(parts.group(2));
            boolean isValid = precision >= 1 && precision <= MAX_PRECISION && scale <= precision;
            return isValid ? Optional.of(decimal(precision, scale)) : Optional.empty();
        }
        Optional<ValueType> element = parse(parts.group(4));
        return parts.group(3).equals("list") ? element.map(ValueType::list) : element.map(ValueType::map);
    }

    /**
     * The type of the elements of a list, or of the values of a map.
     *
     * @throws IllegalStateException if this is neither
     */
    public ValueType element() {
        if (elements.isEmpty()) {
            throw new IllegalStateException("Only a list or map has elements: " + this);
        }
        return elements.get(0);
    }

    /** Whether it is one value, not a list or map of them. */
    public boolean isScalar() {
        return elements.isEmpty();
    }

    /** Whether its values have a least and a greatest: numbers, timestamps, text. */
    public boolean isOrdered() {
        return isNumber() || kind == Kind.TIMESTAMP || kind == Kind.STRING;
    }

    /** Whether sums and means of such values exist. */
    public boolean isNumber() {
        return kind == Kind.LONG || kind == Kind.DOUBLE || kind == Kind.DECIMAL;
    }

    /** As users write and read it: {@code long}, {@code decimal(10,2)}. */
    @Override
    public String toString() {
        String name = kind.name().toLowerCase(java.util.Locale.ROOT);
        if (kind == Kind.DECIMAL) {
            return name + "(" + precision + "," + scale + ")";
        }
        return isScalar() ? name : name + "<" + element() + ">";
    }
}
