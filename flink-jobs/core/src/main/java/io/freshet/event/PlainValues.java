/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Loose values, text above all, in the form that Avro holds for a schema that is no collection. */
final class PlainValues {

    private static final int LONGEST_QUOTE = 40;
    /** No number of an event is longer; 1e999999999 written out would fill all memory. */
    private static final int MOST_DIGITS = 400;

    private static final int NANO_DIGITS = 9;
    private static final DateTimeFormatter MOMENT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("[' ']['T']HH:mm[:ss]")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, NANO_DIGITS, true)
            .appendPattern("[XXX]")
            .toFormatter(Locale.ROOT);

    private PlainValues() {}

    /**
     * The value as Avro holds it.
     *
     * @throws RuntimeException if it is none of that schema
     */
    static Object of(Schema schema, Object value) {
        LogicalType logical = schema.getLogicalType();
        if (logical instanceof LogicalTypes.Decimal decimal) {
            return decimal(schema, decimal, value);
        }
        return switch (schema.getType()) {
            case INT ->
                logical instanceof LogicalTypes.Date
                        ? days(value)
                        : whole(value).intValueExact();
            case LONG -> moment(logical, value);
            case FLOAT -> Float.valueOf(text(value));
            case DOUBLE -> Double.valueOf(text(value));
            case BOOLEAN -> bool(text(value));
            case STRING -> value.toString();
            case ENUM -> symbol(schema, value.toString());
            case BYTES -> ByteBuffer.wrap(bytes(value));
            case FIXED -> fixed(schema, bytes(value));
            default -> throw new IllegalArgumentException("no plain value: " + schema.getType());
        };
    }

    /** What a value of that schema looks like, for messages. */
    static String expectation(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        if (logical != null && logical.getName().contains("timestamp")) {
            return "a timestamp (ISO-8601 or ms since 1970)";
        }
        if (logical != null) {
            return "a value of " + logical.getName();
        }
        return switch (schema.getType()) {
            case BOOLEAN -> "true or false";
            case ENUM -> "one of " + String.join(", ", schema.getEnumSymbols());
            case UNION ->
                schema.getTypes().stream()
                        .map(PlainValues::expectation)
                        .distinct()
                        .collect(Collectors.joining(" or "));
            case INT -> "a whole number of 32 bits";
            case LONG -> "a whole number of 64 bits";
            case STRING -> "a text";
            case FIXED -> "a text of " + schema.getFixedSize() + " bytes";
            default -> "a value of " + schema.getType().getName();
        };
    }

    /** A value in quotes, shortened. */
    static String quoted(@Nullable Object value) {
        String text = String.valueOf(value);
        return "'" + (text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...") + "'";
    }

    private static String text(Object value) {
        return value.toString().trim();
    }

    private static BigDecimal number(Object value) {
        BigDecimal number = new BigDecimal(text(value));
        if (number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS) {
            throw new ArithmeticException("more than " + MOST_DIGITS + " digits");
        }
        return number;
    }

    private static BigInteger whole(Object value) {
        return number(value).toBigIntegerExact();
    }

    private static byte[] bytes(Object value) {
        return value instanceof byte[] bytes ? bytes : value.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Object fixed(Schema schema, byte[] bytes) {
        if (bytes.length != schema.getFixedSize()) {
            throw new IllegalArgumentException("other than " + schema.getFixedSize() + " bytes");
        }
        return new GenericData.Fixed(schema, bytes);
    }

    private static Object decimal(Schema schema, LogicalTypes.Decimal decimal, Object value) {
        BigDecimal scaled = number(value).setScale(decimal.getScale());
        if (scaled.precision() > decimal.getPrecision()) {
            throw new ArithmeticException("more than " + decimal.getPrecision() + " digits");
        }
        byte[] bytes = scaled.unscaledValue().toByteArray();
        if (schema.getType() == Schema.Type.BYTES) {
            return ByteBuffer.wrap(bytes);
        }
        byte[] fixed = new byte[schema.getFixedSize()];
        Arrays.fill(fixed, (byte) (scaled.signum() < 0 ? -1 : 0));
        System.arraycopy(bytes, 0, fixed, fixed.length - bytes.length, bytes.length);
        return new GenericData.Fixed(schema, fixed);
    }

    private static Boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("no boolean");
        };
    }

    private static Object symbol(Schema schema, String text) {
        if (!schema.hasEnumSymbol(text)) {
            throw new IllegalArgumentException("no symbol");
        }
        return new GenericData.EnumSymbol(schema, text);
    }

    private static Integer days(Object value) {
        if (value instanceof Number) {
            return whole(value).intValueExact();
        }
        return Math.toIntExact(LocalDate.parse(text(value)).toEpochDay());
    }

    private static Long moment(@Nullable LogicalType logical, Object value) {
        ChronoUnit unit = unit(logical);
        if (unit == null) {
            return whole(value).longValueExact();
        }
        String text = text(value);
        boolean isNumber = text.chars().skip(1).allMatch(letter -> letter >= '0' && letter <= '9');
        Instant instant = isNumber ? Instant.ofEpochMilli(Long.parseLong(text)) : parse(text);
        Instant floored = instant.truncatedTo(unit);
        return unit.between(Instant.EPOCH, floored);
    }

    private static Instant parse(String text) {
        TemporalAccessor parsed = MOMENT.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        if (parsed instanceof OffsetDateTime zoned) {
            return zoned.toInstant();
        }
        if (parsed instanceof LocalDateTime local) {
            return local.toInstant(ZoneOffset.UTC);
        }
        return ((LocalDate) parsed).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** What a moment of that type counts; null if it is none. */
    static @Nullable ChronoUnit unit(@Nullable LogicalType logical) {
        return switch (logical == null ? "" : logical.getName()) {
            case "timestamp-millis", "local-timestamp-millis" -> ChronoUnit.MILLIS;
            case "timestamp-micros", "local-timestamp-micros" -> ChronoUnit.MICROS;
            case "timestamp-nanos", "local-timestamp-nanos" -> ChronoUnit.NANOS;
            default -> null;
        };
    }
}
