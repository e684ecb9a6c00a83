/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.archive;

import io.freshet.row.OnlineKeys;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableException;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSchema;
import io.freshet.table.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file with all columns of its archive. Those that the view did not have when the file was written are null, and counted
 * among the warming.
 */
final class WidenedReader implements TableReader {

    private final TableReader in;
    private final TableSchema schema;

    /** By column, the place of its cell in a row of the file; -1 where the file has none. */
    private final int[] places;

    /** The columns that are asked for and that the file does not have. */
    private final List<String> absent;

    /** Where the names of warming columns stand in a row; -1 where they are not asked for. */
    private final int warming;

    private WidenedReader(TableReader in, TableSchema schema) {
        this.in = in;
        this.schema = schema;
        places = schema.names().stream().mapToInt(in.schema()::indexOf).toArray();
        absent = schema.names().stream()
                .filter(name -> in.schema().indexOf(name) < 0)
                .toList();
        warming = absent.isEmpty() ? -1 : schema.indexOf(OnlineKeys.WARMING);
    }

    /**
     * Opens a file.
     *
     * @param all all columns of the archive
     */
    static TableReader open(Path file, TableSchema all, ReadOptions options) throws IOException {
        List<TableSchema.Column> wanted = new ArrayList<>();
        for (String name : options.columns().isEmpty() ? all.names() : options.columns()) {
            int column = all.indexOf(name);
            if (column < 0) {
                throw new TableException("Cannot read '" + file + "': the archive has no column '" + name + "'");
            }
            wanted.add(all.columns().get(column));
        }
        List<String> present = new ArrayList<>();
        try (TableReader whole = Tables.open(file, TableFormat.PARQUET, ReadOptions.ALL)) {
            wanted.stream()
                    .map(TableSchema.Column::name)
                    .filter(name -> whole.schema().indexOf(name) >= 0)
                    .forEach(present::add);
        }
        if (present.isEmpty()) {
            present.add(OnlineKeys.AS_OF); // Every file has it, and rows must be counted by something.
        }
        return new WidenedReader(
                Tables.open(file, TableFormat.PARQUET, new ReadOptions(present)), new TableSchema(wanted));
    }

    @Override
    public TableSchema schema() {
        return schema;
    }

    @Override
    public @Nullable Object @Nullable [] next() throws IOException {
        @Nullable Object @Nullable [] narrow = in.next();
        if (narrow == null || absent.isEmpty()) {
            return narrow;
        }
        @Nullable Object[] row = new Object[places.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = places[i] < 0 ? null : narrow[places[i]];
        }
        if (warming >= 0) {
            row[warming] = withAbsent(row[warming]);
        }
        return row;
    }

    private List<@Nullable Object> withAbsent(@Nullable Object names) {
        List<@Nullable Object> all = new ArrayList<>();
        if (names instanceof List<?> known) {
            all.addAll(known);
        }
        all.addAll(absent);
        return all;
    }

    @Override
    public void skip(long rows) throws IOException {
        in.skip(rows);
    }

    @Override
    public long line() {
        return in.line();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
