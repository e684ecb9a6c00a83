/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Puts the cells of a row together. */
final class RowMaterializer extends RecordMaterializer<@Nullable Object[]> {

    private final Converter[] converters;
    private @Nullable Object[] row = {};

    /**
     * For rows of these columns.
     *
     * @param fields the columns as they are in the file
     */
    RowMaterializer(MessageType fields, List<TableSchema.Column> columns) {
        converters = new Converter[columns.size()];
        for (int i = 0; i < converters.length; i++) {
            int place = i;
            converters[i] = CellConverters.of(fields.getType(i), columns.get(i).type(), value -> row[place] = value);
        }
    }

    @Override
    public @Nullable Object[] getCurrentRecord() {
        return row;
    }

    @Override
    public GroupConverter getRootConverter() {
        return new GroupConverter() {
            @Override
            public Converter getConverter(int index) {
                return converters[index];
            }

            @Override
            public void start() {
                row = new Object[converters.length];
            }

            @Override
            public void end() {
                // The row is complete.
            }
        };
    }
}
