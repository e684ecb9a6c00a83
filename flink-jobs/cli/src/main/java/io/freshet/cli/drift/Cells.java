/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.drift;

import io.freshet.expression.ValueType;
import io.freshet.table.CellType;
import io.freshet.table.Tables;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** Cells of files as the values that a profile takes. */
final class Cells {

    private static final long MILLIS_PER_DAY = Duration.ofDays(1).toMillis();
    private static final long MICROS = 1_000;
    private static final long NANOS = 1_000_000;

    private Cells() {}

    /**
     * The value of a cell; of numbers some {@link Number}, whatever the type: other tools write longs as doubles where one
     * is missing.
     *
     * @throws IllegalArgumentException if it is none of that type
     */
    static Object value(Object cell, CellType from, ValueType type) {
        return switch (type.kind()) {
            case LONG, DOUBLE, DECIMAL -> cell instanceof Number ? cell : cast(cell, CellType.DOUBLE, type);
            case BOOLEAN -> cell instanceof Boolean ? cell : cast(cell, CellType.BOOLEAN, type);
            case STRING -> cell.toString();
            case TIMESTAMP -> millis(cell, from, type);
            case LIST, MAP ->
                cell instanceof Collection || cell instanceof Map ? cell : cast(cell, CellType.of(type), type);
        };
    }

    private static Object millis(Object cell, CellType from, ValueType type) {
        if (!(cell instanceof Number number)) {
            return cast(cell, CellType.TIMESTAMP_MILLIS, type);
        }
        long value = number.longValue();
        return switch (from.kind()) {
            case TIMESTAMP_MICROS, LOCAL_MICROS -> Math.floorDiv(value, MICROS);
            case TIMESTAMP_NANOS, LOCAL_NANOS -> Math.floorDiv(value, NANOS);
            case DATE -> value * MILLIS_PER_DAY;
            default -> value;
        };
    }

    private static Object cast(Object cell, CellType to, ValueType type) {
        if (cell instanceof String text) {
            return Tables.cast(text, to);
        }
        throw new IllegalArgumentException("Cannot use '" + cell + "' as " + type);
    }

    /**
     * The number that a label is: 1 for true, 0 for false.
     *
     * @throws IllegalArgumentException if it is none
     */
    static double label(Object cell) {
        String text = cell.toString();
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return text.equalsIgnoreCase("true") ? 1 : 0;
        }
        try {
            double label = Double.parseDouble(text);
            if (Double.isFinite(label)) {
                return label;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(wrongLabel(text), e);
        }
        throw new IllegalArgumentException(wrongLabel(text));
    }

    private static String wrongLabel(String text) {
        return "Cannot use label '" + text + "': expected true, false or a finite number";
    }
}
