/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import io.freshet.expression.ValueType;
import java.math.BigDecimal;

/**
 * Values as text, the same in entity keys and in the online store: integers and timestamps in decimal digits, doubles
 * as {@link Double#toString(double)}, decimals plain with their scale, booleans {@code true} and {@code false}.
 */
public final class ValueText {

    private ValueText() {}

    /** The text of a value that has the form {@link ValueType} names. */
    public static String format(Object value) {
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
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
