/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Events of a schema from loose data: a line of JSON, or a row of CSV where every value is text. Immutable.
 *
 * <p>Fields are found by name, then by the aliases the schema gives them; what the schema does not name is ignored. A
 * missing field takes its default, or null where it may. Where null is allowed, empty text and {@code null} mean it.
 * Timestamps are ISO-8601 ({@code 2016-06-27T00:00:11.080Z}, a date, or with a zone; without one it is UTC) or
 * milliseconds since 1970 UTC.
 */
public final class RecordReader {

    private final Schema schema;

    /** A reader of events of that schema, a record. */
    public RecordReader(Schema schema) {
        this.schema = requireNonNull(schema, "schema");
    }

    /**
     * The event in these values.
     *
     * @param values by name: text, numbers, booleans, byte arrays, maps for records, lists for arrays, or null
     * @throws BadEventException {@link DeadLetterReason#UNDECODABLE}; the message names the field
     */
    public GenericRecord read(Map<String, ?> values) throws BadEventException {
        return record(schema, values, "");
    }

    private static GenericRecord record(Schema schema, Map<?, ?> values, String prefix) throws BadEventException {
        GenericRecord record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            String path = prefix + field.name();
            String name = nameIn(values, field);
            record.put(field.pos(), name == null ? absent(field, path) : value(field.schema(), values.get(name), path));
        }
        return record;
    }

    private static @Nullable String nameIn(Map<?, ?> values, Schema.Field field) {
        if (values.containsKey(field.name())) {
            return field.name();
        }
        return field.aliases().stream().filter(values::containsKey).findFirst().orElse(null);
    }

    private static @Nullable Object absent(Schema.Field field, String path) throws BadEventException {
        if (field.hasDefaultValue()) {
            return GenericData.get().getDefaultValue(field);
        }
        if (field.schema().isNullable()) {
            return null;
        }
        throw bad(path, "found none", field.schema(), null);
    }

    private static @Nullable Object value(Schema schema, @Nullable Object value, String path) throws BadEventException {
        if (schema.isUnion()) {
            return unionValue(schema, value, path);
        }
        if (value == null) {
            throw bad(path, "found null", schema, null);
        }
        return switch (schema.getType()) {
            case RECORD -> {
                if (value instanceof Map<?, ?> fields) {
                    yield record(schema, fields, path + ".");
                }
                throw bad(path, "found " + PlainValues.quoted(value), schema, null);
            }
            case ARRAY -> array(schema, value, path);
            case MAP -> map(schema, value, path);
            default -> plain(schema, value, path);
        };
    }

    private static @Nullable Object unionValue(Schema union, @Nullable Object value, String path)
            throws BadEventException {
        if (union.isNullable() && (value == null || value.equals("") || value.equals("null"))) {
            return null;
        }
        BadEventException refusal = null;
        for (Schema branch : union.getTypes()) {
            if (branch.getType() == Schema.Type.NULL) {
                continue;
            }
            try {
                return value(branch, value, path);
            } catch (BadEventException e) {
                refusal = e;
            }
        }
        throw union.getTypes().size() == 2 && refusal != null
                ? refusal
                : bad(path, "found " + PlainValues.quoted(value), union, refusal);
    }

    private static Object array(Schema schema, Object value, String path) throws BadEventException {
        if (!(value instanceof List<?> items)) {
            throw bad(path, "found " + PlainValues.quoted(value), schema, null);
        }
        GenericData.Array<@Nullable Object> array = new GenericData.Array<>(items.size(), schema);
        for (Object item : items) {
            array.add(value(schema.getElementType(), item, path + "[" + array.size() + "]"));
        }
        return array;
    }

    private static Object map(Schema schema, Object value, String path) throws BadEventException {
        if (!(value instanceof Map<?, ?> entries)) {
            throw bad(path, "found " + PlainValues.quoted(value), schema, null);
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            String key = String.valueOf(entry.getKey());
            map.put(key, value(schema.getValueType(), entry.getValue(), path + "." + key));
        }
        return map;
    }

    private static Object plain(Schema schema, Object value, String path) throws BadEventException {
        try {
            return PlainValues.of(schema, value);
        } catch (RuntimeException e) {
            throw bad(path, "found " + PlainValues.quoted(value), schema, e);
        }
    }

    private static BadEventException bad(String path, String found, Schema expected, @Nullable Throwable cause) {
        String message =
                "Cannot read field '" + path + "': " + found + ", expected " + PlainValues.expectation(expected);
        return cause == null
                ? new BadEventException(DeadLetterReason.UNDECODABLE, message)
                : new BadEventException(DeadLetterReason.UNDECODABLE, message, cause);
    }
}
