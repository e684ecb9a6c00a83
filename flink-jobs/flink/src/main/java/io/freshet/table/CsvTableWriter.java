/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/** CSV by RFC 4180, but lines end in LF. Null is an empty field, the empty text a quoted one. */
final class CsvTableWriter implements TableWriter {

    private final RowCheck check;
    private final TableSchema schema;
    private final CsvWriter out;

    CsvTableWriter(Path file, TableSchema schema) throws IOException {
        this.check = new RowCheck(file, schema);
        this.schema = schema;
        out = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                .quoteStrategy(QuoteStrategies.EMPTY)
                .build(TableFiles.createText(file), StandardCharsets.UTF_8);
        out.writeRecord(schema.names());
    }

    @Override
    public void write(@Nullable Object[] row) throws IOException {
        check.accept(row);
        try {
            CsvWriter.CsvWriterRecord line = out.writeRecord();
            for (int i = 0; i < row.length; i++) {
                Object cell = row[i];
                line.writeField(
                        cell == null
                                ? null
                                : CellText.format(cell, schema.columns().get(i).type()));
            }
            line.endRecord();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
