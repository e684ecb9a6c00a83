/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import static java.util.Objects.requireNonNull;

import io.freshet.table.CellWriters.CellWriter;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Hands rows to the library that writes Parquet. */
final class ParquetRows extends WriteSupport<@Nullable Object[]> {

    private final TableSchema schema;
    private final String[] names;
    private final CellWriter[] writers;
    private @Nullable RecordConsumer out;

    private ParquetRows(TableSchema schema) {
        this.schema = schema;
        names = schema.names().toArray(String[]::new);
        writers = schema.columns().stream()
                .map(column -> CellWriters.of(column.type()))
                .toArray(CellWriter[]::new);
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return new WriteContext(ParquetSchemas.of(schema), Map.of());
    }

    // The library's only link to Hadoop that every support must have. Nobody calls it where there is no Hadoop.
    @Override
    @SuppressWarnings("deprecation")
    public WriteContext init(Configuration configuration) {
        throw new UnsupportedOperationException("There is no Hadoop here");
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
        out = consumer;
    }

    @Override
    public void write(@Nullable Object[] row) {
        RecordConsumer consumer = requireNonNull(out, "prepareForWrite comes first");
        consumer.startMessage();
        for (int i = 0; i < writers.length; i++) {
            CellWriters.field(names[i], i, row[i], writers[i], consumer);
        }
        consumer.endMessage();
    }

    /** Builds a writer of rows. */
    static final class Builder extends ParquetWriter.Builder<@Nullable Object[], Builder> {
        private final TableSchema schema;

        Builder(OutputFile file, TableSchema schema) {
            super(file);
            this.schema = schema;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<@Nullable Object[]> getWriteSupport(ParquetConfiguration configuration) {
            return new ParquetRows(schema);
        }

        @Override
        @SuppressWarnings("deprecation")
        protected WriteSupport<@Nullable Object[]> getWriteSupport(Configuration configuration) {
            throw new UnsupportedOperationException("There is no Hadoop here");
        }
    }
}
