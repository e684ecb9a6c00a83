/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.filter.UnboundRecordFilter;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Rows of a Parquet file, one row group in memory at a time, of the columns that are read alone. */
final class ParquetTableReader implements TableReader {

    private final Path file;
    private final ParquetFileReader in;
    private final TableSchema schema;
    private final RowMaterializer materializer;
    private final MessageColumnIO columns;

    /** How many row groups were gone to. */
    private int groups;

    /** Reads the last of them; null as long as none of its rows is read. */
    private @Nullable RecordReader<@Nullable Object[]> group;

    private long leftInGroup;

    /** How many of its rows are to be passed over before the next that is read. */
    private long toSkip;

    private long row;

    private ParquetTableReader(Path file, ParquetFileReader in, ReadOptions options) throws TableException {
        this.file = file;
        this.in = in;
        MessageType all = in.getFileMetaData().getSchema();
        MessageType selected = select(file, all, options);
        schema = schema(file, selected);
        materializer = new RowMaterializer(selected, schema.columns());
        columns = new ColumnIOFactory(in.getFileMetaData().getCreatedBy()).getColumnIO(selected, all);
        in.setRequestedSchema(selected);
    }

    static ParquetTableReader open(Path file, ReadOptions options) throws IOException {
        ParquetReadOptions settings = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(ParquetCodecs.INSTANCE)
                .usePageChecksumVerification()
                .build();
        ParquetFileReader in;
        try {
            in = ParquetFileReader.open(new ParquetInput(file), settings);
        } catch (TableException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new TableException(
                    TableFiles.cannotRead(file) + "it is no Parquet file, or not a whole one: " + e.getMessage(), e);
        }
        try {
            return new ParquetTableReader(file, in, options);
        } catch (TableException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static MessageType select(Path file, MessageType all, ReadOptions options) throws TableException {
        List<String> names = ParquetTypes.names(all);
        TableFiles.check(file, names, options);
        return new MessageType(
                all.getName(), options.of(names).stream().map(all::getType).toList());
    }

    private static TableSchema schema(Path file, MessageType fields) throws TableException {
        if (fields.getFieldCount() == 0) {
            throw new TableException(TableFiles.cannotRead(file) + "it has no columns");
        }
        List<TableSchema.Column> columns = new ArrayList<>();
        for (Type field : fields.getFields()) {
            CellType type = ParquetTypes.cells(field)
                    .orElseThrow(() -> new TableException(TableFiles.cannotRead(file) + "column '" + field.getName()
                            + "' is of a type that cannot be read: " + field));
            columns.add(new TableSchema.Column(field.getName(), type));
        }
        return new TableSchema(columns);
    }

    @Override
    public TableSchema schema() {
        return schema;
    }

    @Override
    public @Nullable Object @Nullable [] next() throws IOException {
        try {
            while (leftInGroup == 0) {
                if (!nextGroup()) {
                    return null;
                }
            }
            row++;
            leftInGroup--;
            RecordReader<@Nullable Object[]> reader = group;
            if (reader == null) {
                UnboundRecordFilter wanted = levels -> this::isWanted;
                reader = columns.getRecordReader(in.readNextRowGroup(), materializer, FilterCompat.get(wanted));
                group = reader;
            }
            return reader.read();
        } catch (IOException | RuntimeException e) {
            // The library has many ways to say that bytes are not what they must be.
            throw new TableException(
                    TableFiles.cannotRead(file) + "row " + (leftInGroup == 0 ? row + 1 : row) + ": " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void skip(long rows) {
        long left = rows;
        while (left > leftInGroup) {
            left -= leftInGroup;
            row += leftInGroup;
            leftInGroup = 0;
            if (!nextGroup()) {
                return;
            }
        }
        row += left;
        leftInGroup -= left;
        toSkip += left;
    }

    /** Goes to the next row group, if there is one: its pages are read with the first row that is. */
    private boolean nextGroup() {
        if (groups > 0 && group == null) {
            in.skipNextRowGroup();
        }
        if (groups == in.getRowGroups().size()) {
            return false;
        }
        leftInGroup = in.getRowGroups().get(groups).getRowCount();
        groups++;
        group = null;
        toSkip = 0;
        return true;
    }

    /** Asked by the library before each row of a row group. */
    private boolean isWanted() {
        if (toSkip == 0) {
            return true;
        }
        toSkip--;
        return false;
    }

    @Override
    public long line() {
        return row;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
