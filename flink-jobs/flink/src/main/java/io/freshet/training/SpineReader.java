/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.row.RowIdentity;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableException;
import io.freshet.table.TableReader;
import io.freshet.table.Tables;
import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The questions of a spine, in its order: per row a time, and per view an entity. Used by one thread. */
final class SpineReader implements Closeable {

    private final TableReader rows;
    private final SpineCells cells;

    private @Nullable Object @Nullable [] row;
    private long index = -1;

    private SpineReader(TrainingRequest.Spine spine, List<TrainingRequest.OfView> views, TableReader rows) {
        this.rows = rows;
        cells = new SpineCells(spine, views, rows.schema());
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
        for (TrainingRequest.OfView view : views) {
            wanted.addAll(view.keyColumns());
            wanted.addAll(view.features().requestColumns());
            wanted.addAll(view.served());
        }
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
        return cells.timeMillis(row(), rows.line());
    }

    /**
     * The key of the entity of that view; null where one of its cells is.
     *
     * @throws TableException if a cell is no value of the type that the field has in the view
     */
    @Nullable
    String key(int view) throws TableException {
        return cells.key(view, row(), rows.line());
    }

    /**
     * What the request for that view says.
     *
     * @throws TableException if a cell is no value of the type that the field has in the view
     */
    @Nullable
    Object[] request(int view) throws TableException {
        return cells.request(view, row(), rows.line());
    }

    /**
     * The row that was served of that view; empty where none was, or rows are found by the time.
     *
     * @throws TableException if a cell is no whole number
     */
    Optional<RowIdentity> served(int view) throws TableException {
        return cells.served(view, row(), rows.line());
    }

    private @Nullable Object[] row() {
        @Nullable Object @Nullable [] known = row;
        if (known == null) {
            throw new IllegalStateException("There is no row");
        }
        return known;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
