/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/** JSON lines: every object has all fields, null where the cell is. */
final class JsonTableWriter implements TableWriter {

    private final RowCheck check;
    private final List<TableSchema.Column> columns;
    private final JsonGenerator out;

    JsonTableWriter(Path file, TableSchema schema) throws IOException {
        this.check = new RowCheck(file, schema);
        this.columns = schema.columns();
        out = JsonCells.JSON.createGenerator(TableFiles.createText(file), JsonEncoding.UTF8);
        out.setPrettyPrinter(new MinimalPrettyPrinter(""));
    }

    @Override
    public void write(@Nullable Object[] row) throws IOException {
        check.accept(row);
        out.writeStartObject();
        for (int i = 0; i < row.length; i++) {
            out.writeFieldName(columns.get(i).name());
            JsonCells.write(row[i], columns.get(i).type(), out);
        }
        out.writeEndObject();
        out.writeRaw('\n');
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
