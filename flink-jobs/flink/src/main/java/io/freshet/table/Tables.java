/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.Path;

/** Opens and creates files of rows. */
public final class Tables {

    private static final Pattern URI_START = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/");

    private Tables() {}

    /**
     * The place that a user's text names: a path of this machine, from the working directory where it is relative, or a URI
     * of one of Flink's file systems. It is absolute: Flink cannot rename to a path that has no folder.
     */
    public static Path path(String text) {
        return URI_START.matcher(text).lookingAt()
                ? new Path(text)
                : new Path(
                        java.nio.file.Path.of(text).toAbsolutePath().normalize().toUri());
    }

    /**
     * Opens a file. Cells of CSV and JSON lines are STRING, whatever they look like: {@link #cast} makes values of them.
     * In CSV an empty cell is null unless it is quoted; in JSON lines null and a missing field are null, and a list or
     * object is its JSON.
     *
     * @throws TableException if the file is not there, not of that format, or lacks a column
     */
    public static TableReader open(Path file, TableFormat format, ReadOptions options) throws IOException {
        return switch (format) {
            case CSV -> CsvTableReader.open(file, options);
            case PARQUET -> ParquetTableReader.open(file, options);
            case JSON_LINES -> JsonTableReader.open(file, options);
        };
    }

    /** Opens a file of the format that its name tells, to read all columns; see {@link #open(Path, TableFormat, ReadOptions)}. */
    public static TableReader open(Path file) throws IOException {
        return open(file, ReadOptions.ALL);
    }

    /** As {@link #open(Path)}, of a path or URI as text, and to read what the options say. */
    public static TableReader open(String file, ReadOptions options) throws IOException {
        return open(path(file), options);
    }

    private static TableReader open(Path file, ReadOptions options) throws IOException {
        TableFormat format = TableFormat.of(file.getName())
                .orElseThrow(() -> new TableException("Cannot tell the format of '" + file
                        + "' from its name, expected one that ends in " + TableFormat.ENDINGS));
        return open(file, format, options);
    }

    /**
     * Creates a file, in place of one that is there. Text files are gzip where the name ends in {@code .gz}.
     *
     * @throws TableException if it cannot be created
     */
    public static TableWriter create(Path file, TableFormat format, TableSchema schema) throws IOException {
        return switch (format) {
            case CSV -> new CsvTableWriter(file, schema);
            case PARQUET -> new ParquetTableWriter(file, schema);
            case JSON_LINES -> new JsonTableWriter(file, schema);
        };
    }

    /**
     * The columns of a text file and the types that fit all their cells, in one pass: LONG where all are longs, else
     * DOUBLE where all are numbers, else BOOLEAN, else STRING. Nulls fit all; a column of nulls alone is STRING. A number
     * that starts with a needless 0 ({@code 007}) or is whole and too great for a long is an identifier: STRING. A JSON
     * string is STRING, whatever is in it, but for NaN and the infinities, which JSON has no other way to write.
     *
     * @throws IllegalArgumentException if the format is Parquet, which has types
     */
    public static TableSchema inferText(Path file, TableFormat format) throws IOException {
        return switch (format) {
            case CSV -> TextInference.ofCsv(file);
            case JSON_LINES -> TextInference.ofJsonLines(file);
            case PARQUET -> throw new IllegalArgumentException("A Parquet file has types: open it");
        };
    }

    /**
     * The value that a text of a CSV cell or JSON field stands for: numbers as Java and JSON write them; DATE as
     * {@code 2026-01-31}; timestamps as {@code 2026-01-31T12:00:00Z} or with an offset, local ones without; BYTES in
     * Base64; lists and maps as JSON.
     *
     * @throws IllegalArgumentException if it stands for none of that type
     */
    public static Object cast(String text, CellType type) {
        return CellText.parse(text, type);
    }
}
