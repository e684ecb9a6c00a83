/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import io.freshet.expression.ValueType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Values as text, the same in entity keys and in the online store: integers and timestamps in decimal digits, doubles
 * as {@link Double#toString(double)}, decimals plain with their scale, booleans {@code true} and {@code false}, lists
 * and maps as JSON.
 */
public final class ValueText {

    private ValueText() {}

    /** The text of a value that has the form {@link ValueType} names. */
    public static String format(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return value instanceof List || value instanceof Map ? JsonText.format(value) : value.toString();
    }

    /**
     * The value of a text.
     *
     * @throws IllegalArgumentException if the text is no value of that type
     */
    public static Object parse(String text, ValueType type) {
        try {
            return switch (type.kind()) {
                case LONG, TIMESTAMP -> Long.valueOf(text);
                case DOUBLE -> Double.valueOf(text);
                case DECIMAL -> new BigDecimal(text).setScale(type.scale());
                case BOOLEAN -> parseBoolean(text);
                case STRING -> text;
                case LIST, MAP -> JsonText.parse(text, type);
            };
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("Cannot read '" + text + "', expected a " + type, e);
        }
    }

    private static Boolean parseBoolean(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("Cannot read '" + text + "', expected true or false");
        };
    }
}
