/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.reading;

import io.freshet.definition.OnDemandPlan.RequestField;
import io.freshet.expression.ValueType;
import io.freshet.row.ValueText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a request says, in the form that {@link ValueType} names. Callers have numbers of any width, texts of numbers, arrays
 * of floats; what a training set reads from a file goes the same way. NaN and infinities count as null.
 */
public final class RequestValues {

    /** Beyond those of all decimals that there are. */
    private static final int LARGEST_SCALE = 1_000;

    private RequestValues() {}

    /**
     * The values of a request, by position of the fields.
     *
     * @param given by name of the field; more of them do not matter
     * @throws IllegalArgumentException if a field is not there, or holds no value of its type; null is one
     */
    public static @Nullable Object[] of(List<RequestField> fields, Map<String, ? extends @Nullable Object> given) {
        @Nullable Object[] values = new Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
            RequestField field = fields.get(i);
            if (!given.containsKey(field.name())) {
                throw new IllegalArgumentException("The request does not say '" + field.name() + "', expected a "
                        + field.type() + " or null (it says: " + String.join(", ", given.keySet()) + ")");
            }
            try {
                values[i] = of(given.get(field.name()), field.type());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "Cannot read '" + field.name() + "' of the request: " + e.getMessage(), e);
            }
        }
        return values;
    }

    /**
     * A value of that type.
     *
     * @throws IllegalArgumentException if it stands for none
     */
    public static @Nullable Object of(@Nullable Object given, ValueType type) {
        if (given == null) {
            return null;
        }
        try {
            return switch (type.kind()) {
                case LONG -> whole(given, type);
                case DOUBLE -> finite(given, type);
                case DECIMAL -> decimal(given, type);
                case BOOLEAN -> given instanceof Boolean ? given : ValueText.parse(text(given, type), type);
                case STRING -> text(given, type);
                case TIMESTAMP -> given instanceof Instant instant ? instant.toEpochMilli() : time(given, type);
                case LIST -> list(given, type);
                case MAP -> map(given, type);
            };
        } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
            throw refused(given, type);
        }
    }

    private static Long whole(Object given, ValueType type) {
        if (given instanceof Number number && !(given instanceof BigDecimal) && !(given instanceof BigInteger)) {
            long value = number.longValue();
            if (value != number.doubleValue() && !(given instanceof Long)) {
                throw refused(given, type);
            }
            return value;
        }
        return new BigDecimal(text(given, type)).longValueExact();
    }

    private static @Nullable Double finite(Object given, ValueType type) {
        double value = given instanceof Number number ? number.doubleValue() : Double.parseDouble(text(given, type));
        return Double.isFinite(value) ? value : null;
    }

    private static BigDecimal decimal(Object given, ValueType type) {
        BigDecimal value = given instanceof BigDecimal number ? number : new BigDecimal(text(given, type));
        if (Math.abs((long) value.scale()) > LARGEST_SCALE) {
            // To write out such a number would take more memory than there is.
            throw refused(given, type);
        }
        BigDecimal scaled = value.setScale(type.scale());
        if (scaled.precision() > type.precision()) {
            throw refused(given, type);
        }
        return scaled;
    }

    private static Long time(Object given, ValueType type) {
        if (given instanceof CharSequence text && text.toString().indexOf('T') > 0) {
            return Instant.parse(text.toString()).toEpochMilli();
        }
        return whole(given, type);
    }

    private static List<@Nullable Object> list(Object given, ValueType type) {
        if (given instanceof CharSequence text) {
            return ((List<?>) ValueText.parse(text.toString(), type))
                    .stream().map(each -> of(each, type.element())).toList();
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (Object each : elements(given, type)) {
            values.add(of(each, type.element()));
        }
        return Collections.unmodifiableList(values);
    }

    private static List<?> elements(Object given, ValueType type) {
        if (given instanceof float[] floats) {
            List<Float> list = new ArrayList<>(floats.length);
            for (float each : floats) {
                list.add(each);
            }
            return list;
        }
        if (given instanceof double[] doubles) {
            return Arrays.stream(doubles).boxed().toList();
        }
        if (given instanceof List<?> list) {
            return list;
        }
        throw refused(given, type);
    }

    private static Map<String, Object> map(Object given, ValueType type) {
        Object read = given instanceof CharSequence text ? ValueText.parse(text.toString(), type) : given;
        if (!(read instanceof Map<?, ?> entries)) {
            throw refused(given, type);
        }
        SortedMap<String, Object> values = new TreeMap<>();
        entries.forEach((key, each) -> {
            Object value = of(each, type.element());
            if (value == null) {
                throw new IllegalArgumentException("key '" + key + "' has no value, expected a " + type);
            }
            values.put(String.valueOf(key), value);
        });
        return Collections.unmodifiableMap(values);
    }

    private static String text(Object given, ValueType type) {
        if (given instanceof CharSequence
                || given instanceof Number
                || given instanceof Boolean
                || given instanceof Enum) {
            return given.toString();
        }
        throw refused(given, type);
    }

    private static IllegalArgumentException refused(Object given, ValueType type) {
        return new IllegalArgumentException("found '" + given + "', expected a " + type);
    }
}
