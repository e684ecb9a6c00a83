/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.table.CellType;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableException;
import io.freshet.table.TableReader;
import io.freshet.table.TableSchema;
import io.freshet.table.TableWriter;
import io.freshet.table.Tables;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes a training set: reads the spine once more, row by row, and lays beside each row what the views gave it. Matches
 * must come in the order of the spine. Used by one thread.
 */
final class TrainingRows implements Closeable {

    private final TrainingRequest.Spine form;
    private final TableReader spine;
    private final TableWriter out;
    private final List<ViewColumns> views;
    private final int[] starts;
    private final @Nullable CellType[] casts;
    private final @Nullable Object[] row;
    private long index = -1;

    /**
     * Opens the spine, and creates the file.
     *
     * @param file where to write
     */
    TrainingRows(TrainingRequest request, Path file) throws IOException {
        form = request.spine();
        TableSchema schema = TrainingSchema.of(request);
        views = request.views().stream().map(TrainingRequest.OfView::columns).toList();
        starts = new int[views.size()];
        int next = form.schema().columns().size();
        for (int i = 0; i < starts.length; i++) {
            starts[i] = next;
            next += 1 + views.get(i).size();
        }
        row = new Object[next];
        spine = Tables.open(
                Tables.path(form.path()),
                form.format(),
                new ReadOptions(new ArrayList<>(form.schema().names())));
        casts = casts(spine.schema(), form.schema());
        try {
            out = Tables.create(file, request.out().format(), schema);
        } catch (IOException | RuntimeException e) {
            spine.close();
            throw e;
        }
    }

    /** Takes the next match, of the row of the last one or of a later one. */
    void add(Match match) throws IOException {
        while (index < match.index()) {
            if (!next()) {
                throw new TableException(form.path() + " changed while it was read: it has fewer rows than before");
            }
        }
        int start = starts[match.view()];
        row[start] = match.asOfMillis();
        System.arraycopy(match.values(), 0, row, start + 1, match.values().length);
    }

    /** Writes what is left of the spine. The file is whole after {@link #close}. */
    void finish() throws IOException {
        while (next()) {
            // each call writes the row before
        }
    }

    /** Writes the row that is complete, and goes to the next. */
    private boolean next() throws IOException {
        if (index >= 0) {
            out.write(row);
        }
        Arrays.fill(row, null);
        @Nullable Object @Nullable [] cells = spine.next();
        index++;
        if (cells == null) {
            return false;
        }
        for (int i = 0; i < cells.length; i++) {
            row[i] = typed(cells[i], i);
        }
        return true;
    }

    /** By column, the type that its texts are to be read as; null where cells are what they must be. */
    private static @Nullable CellType[] casts(TableSchema found, TableSchema wanted) {
        @Nullable CellType[] casts = new CellType[wanted.columns().size()];
        for (int i = 0; i < casts.length; i++) {
            CellType type = wanted.columns().get(i).type();
            casts[i] = found.columns().get(i).type().equals(type) ? null : type;
        }
        return casts;
    }

    /** A cell of a text file as a value of the type that the training set gives its column. */
    private @Nullable Object typed(@Nullable Object cell, int column) {
        CellType type = casts[column];
        return type != null && cell instanceof String text ? Tables.cast(text, type) : cell;
    }

    @Override
    public void close() throws IOException {
        try (spine) {
            out.close();
        }
    }
}
