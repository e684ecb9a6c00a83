/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import static java.util.Objects.requireNonNull;

import io.freshet.expression.ValueType;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Type of a cell. Null stands for no value in all of them.
 *
 * @param kind the kind of value
 * @param precision greatest number of digits of a DECIMAL, 1 to 38; 0 for all others
 * @param scale digits behind the point of a DECIMAL, 0 to precision; 0 for all others
 * @param elements the type of the elements of a LIST or of the values of a MAP, alone; empty for all others
 */
public record CellType(Kind kind, int precision, int scale, List<CellType> elements) implements Serializable {

    /** The kinds of value, and how each is held. */
    public enum Kind {
        /** {@code Boolean}. */
        BOOLEAN,
        /** {@code Integer}. */
        INT,
        /** {@code Long}. */
        LONG,
        /** {@code Float}. */
        FLOAT,
        /** {@code Double}. */
        DOUBLE,
        /** {@code BigDecimal} of exactly the scale. */
        DECIMAL,
        /** {@code String}. */
        STRING,
        /** {@code byte[]}. */
        BYTES,
        /** {@code Integer}: days since 1970-01-01. */
        DATE,
        /** {@code Long}: ms since 1970 UTC. */
        TIMESTAMP_MILLIS,
        /** {@code Long}: µs since 1970 UTC. */
        TIMESTAMP_MICROS,
        /** {@code Long}: ns since 1970 UTC. */
        TIMESTAMP_NANOS,
        /** {@code Long}: ms since 1970 on the wall clock of a zone that the file does not name. */
        LOCAL_MILLIS,
        /** {@code Long}: µs since 1970 on the wall clock of a zone that the file does not name. */
        LOCAL_MICROS,
        /** {@code Long}: ns since 1970 on the wall clock of a zone that the file does not name. */
        LOCAL_NANOS,
        /** {@code List}; elements may be null. */
        LIST,
        /** {@code Map} from {@code String}; values may be null. */
        MAP;

        boolean isTimestamp() {
            return this == TIMESTAMP_MILLIS || this == TIMESTAMP_MICROS || this == TIMESTAMP_NANOS;
        }

        boolean isLocal() {
            return this == LOCAL_MILLIS || this == LOCAL_MICROS || this == LOCAL_NANOS;
        }
    }

    private static final int MAX_PRECISION = 38;
    private static final Pattern WITH_PARAMETERS = Pattern.compile("decimal\\((\\d+),(\\d+)\\)|(list|map)<(.+)>");

    public static final CellType BOOLEAN = plain(Kind.BOOLEAN);
    public static final CellType INT = plain(Kind.INT);
    public static final CellType LONG = plain(Kind.LONG);
    public static final CellType FLOAT = plain(Kind.FLOAT);
    public static final CellType DOUBLE = plain(Kind.DOUBLE);
    public static final CellType STRING = plain(Kind.STRING);
    public static final CellType BYTES = plain(Kind.BYTES);
    public static final CellType DATE = plain(Kind.DATE);
    public static final CellType TIMESTAMP_MILLIS = plain(Kind.TIMESTAMP_MILLIS);

    public CellType {
        requireNonNull(kind, "kind");
        if (kind == Kind.DECIMAL) {
            if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
                throw new IllegalArgumentException("Invalid decimal(" + precision + "," + scale
                        + "), expected a precision of 1 to 38 and a scale of 0 to the precision");
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

    /**
     * A type without parameters.
     *
     * @throws IllegalArgumentException if that kind has some: DECIMAL, LIST, MAP
     */
    public static CellType plain(Kind kind) {
        return new CellType(kind, 0, 0, List.of());
    }

    /** A decimal of that many digits in all, and that many behind the point. */
    public static CellType decimal(int precision, int scale) {
        return new CellType(Kind.DECIMAL, precision, scale, List.of());
    }

    /** A list of such elements. */
    public static CellType list(CellType element) {
        return new CellType(Kind.LIST, 0, 0, List.of(element));
    }

    /** A map from texts to such values. */
    public static CellType map(CellType value) {
        return new CellType(Kind.MAP, 0, 0, List.of(value));
    }

    /** The cells that hold values of a column or entity field as they are. */
    public static CellType of(ValueType type) {
        return switch (type.kind()) {
            case LONG -> LONG;
            case DOUBLE -> DOUBLE;
            case DECIMAL -> decimal(type.precision(), type.scale());
            case BOOLEAN -> BOOLEAN;
            case STRING -> STRING;
            case TIMESTAMP -> TIMESTAMP_MILLIS;
            case LIST -> list(of(type.element()));
            case MAP -> map(of(type.element()));
        };
    }

    /**
     * The type of the elements of a list, or of the values of a map.
     *
     * @throws IllegalStateException if this is neither
     */
    public CellType element() {
        if (elements.isEmpty()) {
            throw new IllegalStateException("Only a list or map has elements: " + this);
        }
        return elements.get(0);
    }

    /**
     * The type of a text that {@link #toString} gave.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static CellType parse(String text) {
        Matcher parts = WITH_PARAMETERS.matcher(text);
        if (!parts.matches()) {
            return plain(Kind.valueOf(text.toUpperCase(Locale.ROOT)));
        }
        if (parts.group(1) != null) {
            return decimal(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
        }
        CellType element = parse(parts.group(4));
        return parts.group(3).equals("list") ? list(element) : map(element);
    }

    /** As users read it: {@code long}, {@code decimal(10,2)}, {@code list<string>}. */
    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        if (kind == Kind.DECIMAL) {
            return name + "(" + precision + "," + scale + ")";
        }
        return elements.isEmpty() ? name : name + "<" + element() + ">";
    }
}
