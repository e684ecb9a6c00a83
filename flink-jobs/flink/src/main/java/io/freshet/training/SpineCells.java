/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.expression.ValueType;
import io.freshet.reading.RequestValues;
import io.freshet.row.EntityKey;
import io.freshet.row.RowIdentity;
import io.freshet.row.ValueText;
import io.freshet.table.CellType;
import io.freshet.table.TableException;
import io.freshet.table.TableSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the cells of a spine's row ask: a time, and per view an entity and what its request says. Immutable. */
final class SpineCells {

    private final TrainingRequest.Spine spine;
    private final TableSchema schema;
    private final int timeColumn;
    private final List<Places> keys = new ArrayList<>();
    private final List<Places> requests = new ArrayList<>();
    private final List<Places> served = new ArrayList<>();

    /** Where values stand, and their types in the view. */
    private record Places(List<ValueType> types, int[] columns) {}

    /**
     * For rows of that schema.
     *
     * @param schema columns of the rows, those that the views need among them
     */
    SpineCells(TrainingRequest.Spine spine, List<TrainingRequest.OfView> views, TableSchema schema) {
        this.spine = spine;
        this.schema = schema;
        timeColumn = schema.indexOf(spine.timeColumn());
        for (TrainingRequest.OfView view : views) {
            keys.add(places(view.keyTypes(), view.keyColumns()));
            requests.add(places(view.features().requestTypes(), view.features().requestColumns()));
            served.add(places(Collections.nCopies(view.served().size(), ValueType.LONG), view.served()));
        }
    }

    private Places places(List<ValueType> types, List<String> columns) {
        return new Places(types, columns.stream().mapToInt(schema::indexOf).toArray());
    }

    /**
     * The time of a row, ms since 1970 UTC; null where the cell is.
     *
     * @param line number of the row in the file, for messages
     * @throws TableException if the cell is no time
     */
    @Nullable
    Long timeMillis(@Nullable Object[] row, long line) throws TableException {
        Object cell = row[timeColumn];
        try {
            return cell == null ? null : (Long) spine.times().millis(cell, type(timeColumn));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw wrong(timeColumn, line, e);
        }
    }

    /**
     * The key of the entity of that view; null where one of its cells is.
     *
     * @throws TableException if a cell is no value of the type that the field has in the view
     */
    @Nullable
    String key(int view, @Nullable Object[] row, long line) throws TableException {
        Places key = keys.get(view);
        List<Object> values = new ArrayList<>(key.columns().length);
        for (int i = 0; i < key.columns().length; i++) {
            Object cell = row[key.columns()[i]];
            if (cell == null) {
                return null;
            }
            try {
                values.add(ValueText.parse(cell.toString(), key.types().get(i)));
            } catch (IllegalArgumentException e) {
                throw wrong(key.columns()[i], line, e);
            }
        }
        return EntityKey.format(values);
    }

    /**
     * What the request for that view says.
     *
     * @throws TableException if a cell is no value of the type that the field has in the view
     */
    @Nullable
    Object[] request(int view, @Nullable Object[] row, long line) throws TableException {
        Places request = requests.get(view);
        @Nullable Object[] values = new Object[request.columns().length];
        for (int i = 0; i < values.length; i++) {
            int column = request.columns()[i];
            Object cell = row[column];
            try {
                boolean isTime = request.types().get(i).kind() == ValueType.Kind.TIMESTAMP;
                values[i] = cell != null && isTime
                        ? (Object) spine.times().millis(cell, type(column))
                        : RequestValues.of(cell, request.types().get(i));
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw wrong(column, line, e);
            }
        }
        return values;
    }

    /**
     * The row that was served of that view; empty where none was, or rows are found by the time.
     *
     * @throws TableException if a cell is no whole number
     */
    Optional<RowIdentity> served(int view, @Nullable Object[] row, long line) throws TableException {
        int[] columns = served.get(view).columns();
        long[] numbers = new long[columns.length];
        for (int i = 0; i < columns.length; i++) {
            Object cell = row[columns[i]];
            if (cell == null) {
                return Optional.empty();
            }
            try {
                numbers[i] = (Long) ValueText.parse(cell.toString(), ValueType.LONG);
            } catch (IllegalArgumentException e) {
                throw wrong(columns[i], line, e);
            }
        }
        return columns.length == 0
                ? Optional.empty()
                : Optional.of(new RowIdentity(Math.toIntExact(numbers[0]), numbers[1], numbers[2]));
    }

    private CellType type(int column) {
        return schema.columns().get(column).type();
    }

    private TableException wrong(int column, long line, Exception why) {
        return new TableException(
                spine.path() + ": row " + line + ", column '"
                        + schema.columns().get(column).name() + "': " + why.getMessage(),
                why);
    }
}
