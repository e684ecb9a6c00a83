/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Makes what writes cells as Parquet, in the form that {@link ParquetSchemas} gives them. */
final class CellWriters {

    /** Writes a value that is not null. */
    @FunctionalInterface
    interface CellWriter {
        void write(Object value, RecordConsumer out);
    }

    private CellWriters() {}

    static CellWriter of(CellType type) {
        return switch (type.kind()) {
            case BOOLEAN -> (value, out) -> out.addBoolean((Boolean) value);
            case INT, DATE -> (value, out) -> out.addInteger((Integer) value);
            case LONG, TIMESTAMP_MILLIS, TIMESTAMP_MICROS, TIMESTAMP_NANOS, LOCAL_MILLIS, LOCAL_MICROS, LOCAL_NANOS ->
                (value, out) -> out.addLong((Long) value);
            case FLOAT -> (value, out) -> out.addFloat((Float) value);
            case DOUBLE -> (value, out) -> out.addDouble((Double) value);
            case STRING -> (value, out) -> out.addBinary(Binary.fromString((String) value));
            // The writer may look at it until the end of the row group.
            case BYTES -> (value, out) -> out.addBinary(Binary.fromReusedByteArray((byte[]) value));
            case DECIMAL -> decimal(type);
            case LIST -> list(of(type.element()));
            case MAP -> map(of(type.element()));
        };
    }

    private static CellWriter decimal(CellType type) {
        return switch (ParquetSchemas.storage(type)) {
            case INT32 ->
                (value, out) ->
                        out.addInteger(checked(value, type).unscaledValue().intValueExact());
            case INT64 ->
                (value, out) -> out.addLong(checked(value, type).unscaledValue().longValueExact());
            default -> {
                int length = ParquetSchemas.bytes(type);
                yield (value, out) -> out.addBinary(fixed(checked(value, type), length));
            }
        };
    }

    private static BigDecimal checked(Object value, CellType type) {
        BigDecimal decimal = (BigDecimal) value;
        if (!RowCheck.fits(decimal, type)) {
            throw new IllegalArgumentException("Cannot write " + decimal + " as " + type);
        }
        return decimal;
    }

    private static Binary fixed(BigDecimal value, int length) {
        byte[] bytes = value.unscaledValue().toByteArray();
        byte[] filled = new byte[length];
        Arrays.fill(filled, (byte) (value.signum() < 0 ? -1 : 0));
        System.arraycopy(bytes, 0, filled, length - bytes.length, bytes.length);
        return Binary.fromConstantByteArray(filled);
    }

    private static CellWriter list(CellWriter element) {
        return (value, out) -> {
            List<?> list = (List<?>) value;
            out.startGroup();
            if (!list.isEmpty()) {
                out.startField(ParquetSchemas.LIST_GROUP, 0);
                for (Object item : list) {
                    out.startGroup();
                    field(ParquetSchemas.ELEMENT, 0, item, element, out);
                    out.endGroup();
                }
                out.endField(ParquetSchemas.LIST_GROUP, 0);
            }
            out.endGroup();
        };
    }

    private static CellWriter map(CellWriter element) {
        return (value, out) -> {
            Map<String, @Nullable Object> map = JsonCells.sorted((Map<?, ?>) value);
            out.startGroup();
            if (!map.isEmpty()) {
                out.startField(ParquetSchemas.MAP_GROUP, 0);
                for (Map.Entry<String, @Nullable Object> entry : map.entrySet()) {
                    out.startGroup();
                    out.startField(ParquetSchemas.KEY, 0);
                    out.addBinary(Binary.fromString(entry.getKey()));
                    out.endField(ParquetSchemas.KEY, 0);
                    field(ParquetSchemas.VALUE, 1, entry.getValue(), element, out);
                    out.endGroup();
                }
                out.endField(ParquetSchemas.MAP_GROUP, 0);
            }
            out.endGroup();
        };
    }

    /** Writes a field, unless it is null: what is not written is. */
    static void field(String name, int index, @Nullable Object value, CellWriter writer, RecordConsumer out) {
        if (value != null) {
            out.startField(name, index);
            writer.write(value, out);
            out.endField(name, index);
        }
    }
}
