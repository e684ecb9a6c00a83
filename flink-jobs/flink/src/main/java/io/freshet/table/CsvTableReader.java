/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/** CSV by RFC 4180: a header, then records of as many fields. Blank lines are skipped, unless there is one column. */
final class CsvTableReader implements TableReader {

    private final Path file;
    private final CsvRecords records;
    private final CloseableIterator<CsvRecords> lines;
    private final TableSchema schema;

    private CsvTableReader(Path file, CsvRecords records, CloseableIterator<CsvRecords> lines, TableSchema schema) {
        this.file = file;
        this.records = records;
        this.lines = lines;
        this.schema = schema;
    }

    static CsvTableReader open(Path file, ReadOptions options) throws IOException {
        CsvRecords records = new CsvRecords();
        // How many fields a record has is checked here, where the name of the file is known.
        CloseableIterator<CsvRecords> lines = CsvReader.builder()
                .skipEmptyLines(false)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(records, TableFiles.openText(file))
                .iterator();
        try {
            List<String> names = header(file, records, lines);
            TableFiles.check(file, names, options);
            List<String> wanted = options.of(names);
            int[] cellOfField = new int[names.size()];
            Arrays.setAll(cellOfField, field -> wanted.indexOf(names.get(field)));
            records.readCells(cellOfField, wanted.size());
            return new CsvTableReader(file, records, lines, strings(wanted));
        } catch (IOException | RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    /** Columns of text. */
    static TableSchema strings(List<String> names) {
        return new TableSchema(names.stream()
                .map(name -> new TableSchema.Column(name, CellType.STRING))
                .toList());
    }

    private static List<String> header(Path file, CsvRecords records, CloseableIterator<CsvRecords> lines)
            throws TableException {
        if (!advance(file, records, lines) || records.isBlank()) {
            throw new TableException(
                    TableFiles.cannotRead(file) + "no header, expected the names of columns in line 1");
        }
        return records.header();
    }

    private static boolean advance(Path file, CsvRecords records, CloseableIterator<CsvRecords> lines)
            throws TableException {
        try {
            if (lines.hasNext()) {
                lines.next();
                return true;
            }
            return false;
        } catch (CsvParseException | UncheckedIOException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new TableException(
                    TableFiles.cannotRead(file) + "after line " + records.line() + ": " + TableFiles.reason(cause), e);
        }
    }

    @Override
    public TableSchema schema() {
        return schema;
    }

    @Override
    public @Nullable Object @Nullable [] next() throws IOException {
        while (advance(file, records, lines)) {
            if (records.fields() == records.expectedFields()) {
                return records.cells();
            }
            if (!records.isBlank()) {
                throw new BadRowException(
                        TableFiles.cannotRead(file) + "line " + line() + " has " + records.fields()
                                + " fields, expected " + records.expectedFields() + " as in the header",
                        null);
            }
        }
        return null;
    }

    @Override
    public long line() {
        return records.line();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
