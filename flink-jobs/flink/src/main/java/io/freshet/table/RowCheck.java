/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/** Refuses rows that do not fit the columns of a file, and counts the others. */
final class RowCheck {

    private final Path file;
    private final List<TableSchema.Column> columns;
    private final Class<?>[] classes;
    private long rows;

    RowCheck(Path file, TableSchema schema) {
        this.file = file;
        columns = schema.columns();
        classes = columns.stream().map(column -> held(column.type())).toArray(Class<?>[]::new);
    }

    /** How a value is held. */
    static Class<?> held(CellType type) {
        return switch (type.kind()) {
            case BOOLEAN -> Boolean.class;
            case INT, DATE -> Integer.class;
            case LONG, TIMESTAMP_MILLIS, TIMESTAMP_MICROS, TIMESTAMP_NANOS, LOCAL_MILLIS, LOCAL_MICROS, LOCAL_NANOS ->
                Long.class;
            case FLOAT -> Float.class;
            case DOUBLE -> Double.class;
            case DECIMAL -> BigDecimal.class;
            case STRING -> String.class;
            case BYTES -> byte[].class;
            case LIST -> List.class;
            case MAP -> Map.class;
        };
    }

    void accept(@Nullable Object[] row) {
        rows++;
        if (row.length != columns.size()) {
            throw new IllegalArgumentException(where() + "it has " + row.length + " cells, expected " + columns.size());
        }
        for (int i = 0; i < row.length; i++) {
            Object cell = row[i];
            if (cell != null && !fits(cell, i)) {
                throw new IllegalArgumentException(where() + "column '"
                        + columns.get(i).name() + "' is " + cell.getClass().getSimpleName() + " " + cell
                        + ", expected " + columns.get(i).type());
            }
        }
    }

    private boolean fits(Object cell, int column) {
        if (!classes[column].isInstance(cell)) {
            return false;
        }
        CellType type = columns.get(column).type();
        return !(cell instanceof BigDecimal decimal) || fits(decimal, type);
    }

    /** Whether a decimal has that scale, and no more digits than that. */
    static boolean fits(BigDecimal decimal, CellType type) {
        return decimal.scale() == type.scale() && decimal.precision() <= type.precision();
    }

    private String where() {
        return "Cannot write row " + rows + " to '" + file + "': ";
    }
}
