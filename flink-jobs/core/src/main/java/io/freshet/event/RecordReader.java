/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Events of a schema from loose data: a JSON object, or a row of CSV where every value is text. Immutable.
 *
 * <p>Fields are found by name, then by the aliases the schema gives them; what the schema does not name is ignored. A
 * missing field takes its default, or null where it may. Timestamps are ISO-8601 ({@code 2016-06-27T00:00:11.080Z}, a
 * date, or with a zone; without one it is UTC) or milliseconds since 1970 UTC; decimals are numbers; bytes are the UTF-8 of
 * a text. A value of a union may stand in an object that names its branch, {@code {"long": 5}}, as Avro's own JSON has it.
 */
public final class RecordReader {

    private final Schema schema;
    private final boolean isJson;

    /**
     * A reader of events of that schema, a record, from whatever a file holds. Where null is allowed, empty text and
     * {@code null} mean it; any single value will do for a text; messages quote what was found.
     */
    public RecordReader(Schema schema) {
        this(schema, false);
    }

    private RecordReader(Schema schema, boolean isJson) {
        this.schema = requireNonNull(schema, "schema");
        this.isJson = isJson;
    }

    /**
     * A reader of events of that schema, a record, from what {@link JsonValues} parsed. Only JSON's null is null; a text is
     * written as a text; a number may be, too. Messages tell the kind of what was found and never quote it: they are put
     * aside with the event.
     */
    public static RecordReader ofJson(Schema schema) {
        return new RecordReader(schema, true);
    }

    /**
     * The event in these values.
     *
     * @param values by name: text, numbers, booleans, byte arrays, maps for records, lists for arrays, or null
     * @throws BadEventException {@link DeadLetterReason#UNDECODABLE}; the message names the field
     */
    public GenericRecord read(Map<String, ?> values) throws BadEventException {
        return readObject(values);
    }

    GenericRecord readObject(Map<?, ?> values) throws BadEventException {
        return record(schema, values, "");
    }

    private GenericRecord record(Schema schema, Map<?, ?> values, String prefix) throws BadEventException {
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

    private @Nullable Object value(Schema schema, @Nullable Object value, String path) throws BadEventException {
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
                throw bad(path, found(value), schema, null);
            }
            case ARRAY -> array(schema, value, path);
            case MAP -> map(schema, value, path);
            default -> plain(schema, value, path);
        };
    }

    private @Nullable Object unionValue(Schema union, @Nullable Object value, String path) throws BadEventException {
        if (union.isNullable() && isNull(value)) {
            return null;
        }
        BadEventException refusal = null;
        for (Schema branch : union.getTypes()) {
            if (branch.getType() == Schema.Type.NULL) {
                continue;
            }
            for (Object candidate : candidates(branch, value)) {
                try {
                    return value(branch, candidate, path);
                } catch (BadEventException e) {
                    refusal = e;
                }
            }
        }
        throw union.getTypes().size() == 2 && refusal != null ? refusal : bad(path, found(value), union, refusal);
    }

    private Object array(Schema schema, Object value, String path) throws BadEventException {
        if (!(value instanceof List<?> items)) {
            throw bad(path, found(value), schema, null);
        }
        GenericData.Array<@Nullable Object> array = new GenericData.Array<>(items.size(), schema);
        for (Object item : items) {
            array.add(value(schema.getElementType(), item, path + "[" + array.size() + "]"));
        }
        return array;
    }

    private Object map(Schema schema, Object value, String path) throws BadEventException {
        if (!(value instanceof Map<?, ?> entries)) {
            throw bad(path, found(value), schema, null);
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            String key = String.valueOf(entry.getKey());
            map.put(key, value(schema.getValueType(), entry.getValue(), path + "." + key));
        }
        return map;
    }

    private Object plain(Schema schema, Object value, String path) throws BadEventException {
        boolean isNested = value instanceof Map<?, ?> || value instanceof List<?>;
        boolean isOtherText = isJson && isText(schema) && !(value instanceof String);
        if (isNested || isOtherText) {
            throw bad(path, found(value), schema, null);
        }
        try {
            return PlainValues.of(schema, isJson ? orDefault(schema, value) : value);
        } catch (RuntimeException e) {
            throw bad(path, found(value), schema, e);
        }
    }

    /** As Avro resolves it: a symbol that the reader's enum does not have is that enum's default, if it has one. */
    private static Object orDefault(Schema schema, Object value) {
        boolean isUnknown = schema.getType() == Schema.Type.ENUM && !schema.hasEnumSymbol(value.toString());
        return isUnknown && schema.getEnumDefault() != null ? schema.getEnumDefault() : value;
    }

    private boolean isNull(@Nullable Object value) {
        return value == null || !isJson && (value.equals("") || value.equals("null"));
    }

    private static boolean isText(Schema schema) {
        return switch (schema.getType()) {
            case STRING, ENUM -> true;
            case BYTES, FIXED -> schema.getLogicalType() == null;
            default -> false;
        };
    }

    /** What may be the value of a branch: that within an object of one name, the branch's, or the value as it stands. */
    private static List<@Nullable Object> candidates(Schema branch, @Nullable Object value) {
        Object within =
                value instanceof Map<?, ?> object && object.size() == 1 ? object.get(branch.getFullName()) : null;
        return within == null ? Collections.singletonList(value) : Arrays.asList(within, value);
    }

    private String found(@Nullable Object value) {
        return "found " + (isJson ? kind(value) : PlainValues.quoted(value));
    }

    private static String kind(@Nullable Object value) {
        if (value instanceof Map<?, ?>) {
            return "an object";
        }
        if (value instanceof List<?>) {
            return "an array";
        }
        if (value instanceof Boolean) {
            return "true or false";
        }
        return value instanceof Number ? "such a number" : value == null ? "null" : "such a text";
    }

    private static BadEventException bad(String path, String found, Schema expected, @Nullable Throwable cause) {
        String message =
                "Cannot read field '" + path + "': " + found + ", expected " + PlainValues.expectation(expected);
        return cause == null
                ? new BadEventException(DeadLetterReason.UNDECODABLE, message)
                : new BadEventException(DeadLetterReason.UNDECODABLE, message, cause);
    }
}
