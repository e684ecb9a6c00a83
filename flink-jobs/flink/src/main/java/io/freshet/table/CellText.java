/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Base64;

/** Values as text, and text as values: what {@link #format} gives, {@link #parse} reads back to the same value. */
final class CellText {

    private static final int NANOS_PER_SECOND = 1_000_000_000;
    private static final int DATE_LENGTH = 10;

    /** With {@code Z}, {@code +01:00}, {@code +0100} or {@code +01}. */
    private static final DateTimeFormatter WITH_OFFSET = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .parseLenient()
            .appendOffset("+HH:MM", "Z")
            .toFormatter();

    private CellText() {}

    /** The text of a value that is neither list nor map. */
    static String format(Object value, CellType type) {
        return switch (type.kind()) {
            case BOOLEAN, INT, LONG, FLOAT, DOUBLE, STRING -> value.toString();
            case DECIMAL -> ((BigDecimal) value).toPlainString();
            case BYTES -> Base64.getEncoder().encodeToString((byte[]) value);
            case DATE -> LocalDate.ofEpochDay((Integer) value).toString();
            case TIMESTAMP_MILLIS, TIMESTAMP_MICROS, TIMESTAMP_NANOS ->
                instant((Long) value, type.kind()).toString();
            case LOCAL_MILLIS, LOCAL_MICROS, LOCAL_NANOS ->
                DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                        LocalDateTime.ofInstant(instant((Long) value, type.kind()), ZoneOffset.UTC));
            case LIST, MAP -> JsonCells.format(value, type);
        };
    }

    /** The value of a text; see {@link Tables#cast}. */
    static Object parse(String text, CellType type) {
        try {
            return switch (type.kind()) {
                case BOOLEAN -> parseBoolean(text);
                case INT -> Integer.valueOf(text);
                case LONG -> Long.valueOf(text);
                case FLOAT -> Float.valueOf(text);
                case DOUBLE -> Double.valueOf(text);
                case DECIMAL -> parseDecimal(text, type);
                case STRING -> text;
                case BYTES -> Base64.getDecoder().decode(text);
                case DATE -> Math.toIntExact(LocalDate.parse(text).toEpochDay());
                case TIMESTAMP_MILLIS, TIMESTAMP_MICROS, TIMESTAMP_NANOS ->
                    units(OffsetDateTime.parse(isoTime(text), WITH_OFFSET).toInstant(), type.kind());
                case LOCAL_MILLIS, LOCAL_MICROS, LOCAL_NANOS ->
                    units(LocalDateTime.parse(isoTime(text)).toInstant(ZoneOffset.UTC), type.kind());
                case LIST, MAP -> JsonCells.parse(text, type);
            };
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("Cannot read '" + text + "' as " + type + expected(type), e);
        }
    }

    private static String expected(CellType type) {
        return switch (type.kind()) {
            case BOOLEAN -> ", expected true or false";
            case DATE -> ", expected a day like 2026-01-31";
            case TIMESTAMP_MILLIS, TIMESTAMP_MICROS, TIMESTAMP_NANOS ->
                ", expected a time with its offset like 2026-01-31T12:00:00Z";
            case LOCAL_MILLIS, LOCAL_MICROS, LOCAL_NANOS ->
                ", expected a time without an offset like 2026-01-31T12:00:00";
            case BYTES -> ", expected Base64";
            case LIST -> ", expected a JSON array";
            case MAP -> ", expected a JSON object";
            case INT, LONG, FLOAT, DOUBLE, DECIMAL, STRING -> "";
        };
    }

    private static Boolean parseBoolean(String text) {
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw new IllegalArgumentException(text);
    }

    private static BigDecimal parseDecimal(String text, CellType type) {
        BigDecimal value = new BigDecimal(text).setScale(type.scale(), RoundingMode.UNNECESSARY);
        if (value.precision() > type.precision()) {
            throw new IllegalArgumentException(text);
        }
        return value;
    }

    /** Some write a space in place of the T. */
    private static String isoTime(String text) {
        return text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' '
                ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1)
                : text;
    }

    private static Instant instant(long value, CellType.Kind kind) {
        int perSecond = unitsPerSecond(kind);
        return Instant.ofEpochSecond(
                Math.floorDiv(value, perSecond),
                Math.floorMod(value, perSecond) * (long) (NANOS_PER_SECOND / perSecond));
    }

    /** Digits finer than the unit are cut off, towards the past. */
    private static long units(Instant time, CellType.Kind kind) {
        int perSecond = unitsPerSecond(kind);
        long seconds = time.getEpochSecond();
        long rest = time.getNano() / (NANOS_PER_SECOND / perSecond);
        // The least long lies within a second whose beginning is below it.
        return seconds < 0
                ? Math.addExact(Math.multiplyExact(seconds + 1, perSecond), rest - perSecond)
                : Math.addExact(Math.multiplyExact(seconds, perSecond), rest);
    }

    private static int unitsPerSecond(CellType.Kind kind) {
        return switch (kind) {
            case TIMESTAMP_MILLIS, LOCAL_MILLIS -> 1_000;
            case TIMESTAMP_MICROS, LOCAL_MICROS -> 1_000_000;
            case TIMESTAMP_NANOS, LOCAL_NANOS -> NANOS_PER_SECOND;
            default -> throw new IllegalStateException("Not a time: " + kind);
        };
    }
}
