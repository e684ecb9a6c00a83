/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.expression.ValueType;
import io.freshet.row.EntityKey;
import io.freshet.row.ValueText;
import io.freshet.table.CellType;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableException;
import io.freshet.table.TableReader;
import io.freshet.table.TableSchema;
import io.freshet.table.Tables;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The questions of a spine, in its order: per row a time, and per view an entity. Used by one thread. */
final class SpineReader implements Closeable {

    private final TrainingRequest.Spine spine;
    private final TableReader rows;
    private final int timeColumn;
    private final CellType timeType;
    private final List<Key> keys = new ArrayList<>();

    private @Nullable Object @Nullable [] row;
    private long index = -1;

    /** Where the key of one view stands. */
    private record Key(List<ValueType> types, int[] columns) {}

    private SpineReader(TrainingRequest.Spine spine, List<TrainingRequest.OfView> views, TableReader rows) {
        this.spine = spine;
        this.rows = rows;
        TableSchema schema = rows.schema();
        timeColumn = schema.indexOf(spine.timeColumn());
        timeType = schema.columns().get(timeColumn).type();
        for (TrainingRequest.OfView view : views) {
            int[] columns = view.keyColumns().stream().mapToInt(schema::indexOf).toArray();
            keys.add(new Key(view.keyTypes(), columns));
        }
    }

    /** Opens the spine of a request, to read only what asks: times and keys. */
    static SpineReader open(TrainingRequest request) throws IOException {
        return open(request.spine(), request.views());
    }

    /** Opens the spine of a request, to read only what asks of one view, which then is the first. */
    static SpineReader open(TrainingRequest request, int view) throws IOException {
        return open(request.spine(), List.of(request.views().get(view)));
    }

    /** Opens a spine whose columns are known to be there. */
    static SpineReader open(TrainingRequest.Spine spine, List<TrainingRequest.OfView> views) throws IOException {
        Set<String> wanted = new LinkedHashSet<>();
        wanted.add(spine.timeColumn());
        views.forEach(view -> wanted.addAll(view.keyColumns()));
        TableReader rows = Tables.open(
                Tables.path(spine.path()), spine.format(), ReadOptions.columns(wanted.toArray(String[]::new)));
        return new SpineReader(spine, views, rows);
    }

    /** Goes to the next row, if there is one. */
    boolean next() throws IOException {
        row = rows.next();
        index++;
        return row != null;
    }

    /** Number of the row, from 0. */
    long index() {
        return index;
    }

    /**
     * The time of the row, ms since 1970 UTC; null where the cell is.
     *
     * @throws TableException if the cell is no time
     */
    @Nullable
    Long timeMillis() throws TableException {
        Object cell = cell(timeColumn);
        try {
            return cell == null ? null : (Long) spine.times().millis(cell, timeType);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw wrong(spine.timeColumn(), e);
        }
    }

    /**
     * The key of the entity of that view; null where one of its cells is.
     *
     * @throws TableException if a cell is no value of the type that the field has in the view
     */
    @Nullable
    String key(int view) throws TableException {
        Key key = keys.get(view);
        List<Object> values = new ArrayList<>(key.columns().length);
        for (int i = 0; i < key.columns().length; i++) {
            Object cell = cell(key.columns()[i]);
            if (cell == null) {
                return null;
            }
            try {
                values.add(ValueText.parse(cell.toString(), key.types().get(i)));
            } catch (IllegalArgumentException e) {
                throw wrong(rows.schema().columns().get(key.columns()[i]).name(), e);
            }
        }
        return EntityKey.format(values);
    }

    private @Nullable Object cell(int column) {
        @Nullable Object @Nullable [] known = row;
        if (known == null) {
            throw new IllegalStateException("There is no row");
        }
        return known[column];
    }

    private TableException wrong(String column, Exception why) {
        return new TableException(
                spine.path() + ": row " + rows.line() + ", column '" + column + "': " + why.getMessage(), why);
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
