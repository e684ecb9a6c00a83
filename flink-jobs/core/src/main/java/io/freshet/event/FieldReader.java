/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads one field of events in the form that {@link io.freshet.expression.ValueType} names: integers widen to Long,
 * floats to Double, enums and text are String, timestamps milliseconds rounded down. Immutable.
 */
public final class FieldReader {

    private static final long MICROS_PER_MILLI = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Makes the plain value of what Avro holds. */
    @FunctionalInterface
    private interface Form {
        Object of(Object value);
    }

    private final String name;
    private final int[] positions;
    private final Form form;

    private FieldReader(String name, int[] positions, Form form) {
        this.name = name;
        this.positions = positions;
        this.form = form;
    }

    /**
     * A reader of that field.
     *
     * @param schema schema of the events, a record
     * @param path names from the outermost record inwards
     * @throws IllegalArgumentException if the schema has no such field, or its values have no plain form
     */
    public static FieldReader of(Schema schema, List<String> path) {
        String name = String.join(".", path);
        List<Integer> positions = new ArrayList<>();
        Schema here = schema;
        for (String step : path) {
            Schema.Field field = here.getType() == Schema.Type.RECORD ? here.getField(step) : null;
            if (field == null) {
                throw new IllegalArgumentException("Cannot read field '" + name + "' of " + schema.getFullName()
                        + ": there is no '" + step + "', expected a field of the schema");
            }
            positions.add(field.pos());
            here = withoutNull(field.schema());
        }
        return new FieldReader(
                name, positions.stream().mapToInt(Integer::intValue).toArray(), form(here, name));
    }

    /** As written in a view: {@code geo.country}. */
    public String name() {
        return name;
    }

    /**
     * The field's value.
     *
     * @return null where the field, or a record on the way to it, is null
     * @throws BadEventException if the bytes of a decimal are no number
     */
    public @Nullable Object read(IndexedRecord event) throws BadEventException {
        Object value = event;
        for (int position : positions) {
            if (value == null) {
                return null;
            }
            value = ((IndexedRecord) value).get(position);
        }
        try {
            return value == null ? null : form.of(value);
        } catch (NumberFormatException e) {
            throw new BadEventException(
                    DeadLetterReason.UNDECODABLE, "Cannot read field '" + name + "': found a decimal of no bytes", e);
        }
    }

    private static Schema withoutNull(Schema schema) {
        if (!schema.isUnion()) {
            return schema;
        }
        List<Schema> others = schema.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .toList();
        return others.size() == 1 ? others.get(0) : schema;
    }

    private static Form form(Schema schema, String name) {
        LogicalType logical = schema.getLogicalType();
        if (logical instanceof LogicalTypes.Decimal decimal) {
            return value -> new BigDecimal(new BigInteger(bytes(value)), decimal.getScale());
        }
        return switch (schema.getType()) {
            case INT -> logical instanceof LogicalTypes.Date ? days -> dayStart((Integer) days) : FieldReader::widened;
            case LONG -> longForm(logical);
            case FLOAT, DOUBLE -> number -> ((Number) number).doubleValue();
            case BOOLEAN -> value -> value;
            case STRING, ENUM -> Object::toString;
            case ARRAY -> listForm(form(withoutNull(schema.getElementType()), name));
            default ->
                throw new IllegalArgumentException("Cannot read field '" + name + "': found type " + schema.getType()
                        + ", expected a number, boolean, string, enum, decimal, timestamp, or an array of such");
        };
    }

    private static Form listForm(Form element) {
        return value -> {
            List<@Nullable Object> elements = new ArrayList<>();
            for (Object each : (List<?>) value) {
                elements.add(each == null ? null : element.of(each));
            }
            return Collections.unmodifiableList(elements);
        };
    }

    private static Form longForm(@Nullable LogicalType logical) {
        if (logical instanceof LogicalTypes.TimestampMicros || logical instanceof LogicalTypes.LocalTimestampMicros) {
            return value -> Math.floorDiv((Long) value, MICROS_PER_MILLI);
        }
        if (logical instanceof LogicalTypes.TimestampNanos || logical instanceof LogicalTypes.LocalTimestampNanos) {
            return value -> Math.floorDiv((Long) value, NANOS_PER_MILLI);
        }
        return FieldReader::widened;
    }

    private static Object widened(Object number) {
        return ((Number) number).longValue();
    }

    private static Object dayStart(Integer days) {
        return TimeUnit.DAYS.toMillis(days);
    }

    /** What a value of type bytes or fixed holds, in an array of its own where it is bytes. */
    static byte[] bytes(Object value) {
        if (value instanceof GenericFixed fixed) {
            return fixed.bytes();
        }
        ByteBuffer view = ((ByteBuffer) value).duplicate();
        byte[] bytes = new byte[view.remaining()];
        view.get(bytes);
        return bytes;
    }
}
