/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys and fields as Feast's Redis online store has them, with entity keys of serialization version 3. From its code
 * ({@code infra/online_stores/redis.py}, {@code infra/online_stores/helpers.py}, {@code infra/key_encoding_utils.py} in
 * {@code sdk/python/feast} of https://github.com/feast-dev/feast): a hash per project and entity; a field per feature, named
 * by a hash of {@code view:feature}; {@code _ts:view} is the row's time. Beside them stands {@code _freshet:view}, which
 * Feast does not look at: the whole row in the form of {@link CompactSchema}. Immutable.
 */
public final class FeastForm {

    /** Numbers of {@code feast.types.ValueType}. */
    private static final int STRING = 2;

    private static final int INT64 = 4;
    private static final int UNIX_TIMESTAMP = 8;
    private static final int MILLIS = 1_000;

    private final String view;
    private final List<ViewPlan.Field> entity;
    private final List<Integer> order;
    private final List<Column> columns;
    private final List<byte[]> fields = new ArrayList<>();

    /** For rows of that view. */
    public FeastForm(ViewPlan plan) {
        view = plan.view().name();
        entity = plan.entity();
        columns = plan.columns();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < entity.size(); i++) {
            places.add(i);
        }
        places.sort(Comparator.comparing(place -> joinKey(entity.get(place))));
        order = List.copyOf(places);
        columns.forEach(column -> fields.add(field(view, column.name())));
    }

    /** Takes the fields of a row, one by one. */
    @FunctionalInterface
    public interface Visitor {

        /** A field of the hash. */
        void field(byte[] name, byte[] value);
    }

    /** The key of an entity's hash. */
    public byte[] key(String namespace, String entityKey) {
        List<Object> values = EntityKey.parse(entityKey, entity);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        number(entity.size(), out);
        for (int place : order) {
            String name = joinKey(entity.get(place));
            number(STRING, out);
            number(name.length(), out);
            out.writeBytes(name.getBytes(UTF_8));
        }
        for (int place : order) {
            value(values.get(place), entity.get(place), out);
        }
        out.writeBytes(namespace.getBytes(UTF_8));
        return out.toByteArray();
    }

    /** Name of an entity field in Feast: its last name. */
    private static String joinKey(ViewPlan.Field field) {
        return field.path().get(field.path().size() - 1);
    }

    private static void value(Object value, ViewPlan.Field field, ByteArrayOutputStream out) {
        byte[] bytes;
        switch (field.type().kind()) {
            case STRING -> {
                number(STRING, out);
                bytes = ((String) value).getBytes(UTF_8);
            }
            case LONG -> {
                number(INT64, out);
                bytes = littleEnd((Long) value);
            }
            case TIMESTAMP -> {
                number(UNIX_TIMESTAMP, out);
                bytes = littleEnd(Math.floorDiv((Long) value, MILLIS));
            }
            default ->
                throw new IllegalArgumentException("Cannot write the entity field '" + field.name()
                        + "' for Feast: it has no keys of " + field.type());
        }
        number(bytes.length, out);
        out.writeBytes(bytes);
    }

    private static byte[] littleEnd(long number) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .array();
    }

    private static void number(int number, ByteArrayOutputStream out) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array());
    }

    /** Name of the field of a feature. */
    static byte[] field(String view, String feature) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(Murmur3.hash((view + ":" + feature).getBytes(UTF_8)))
                .array();
    }

    /** Name of the field that holds the whole row, in the form of {@link CompactSchema}. */
    public byte[] rowField() {
        return ("_freshet:" + view).getBytes(UTF_8);
    }

    /** Name of the field of the column of that number. */
    public byte[] field(int column) {
        return fields.get(column).clone();
    }

    /** What the field of the column of that number holds of a value; null gives an empty one. */
    public byte[] value(int column, @Nullable Object value) {
        return FeastValues.encode(value, columns.get(column).type());
    }

    /** Shows the fields that Feast reads: the row's time, then one per column; a null is an empty value. */
    public void visit(Row row, Visitor visitor) {
        visitor.field(("_ts:" + view).getBytes(UTF_8), FeastValues.timestamp(row.asOfMillis()));
        for (int i = 0; i < columns.size(); i++) {
            visitor.field(fields.get(i), value(i, row.value(i)));
        }
    }
}
