/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.table.TableSchema.Column;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is wrong with a file is said with its name and place. */
class BrokenTablesTest {

    @TempDir
    private java.nio.file.Path directory;

    private Path file(String name) {
        return new Path(directory.resolve(name).toUri());
    }

    private void assertRefused(String name, String content, String message) throws IOException {
        assertRefused(name, content.getBytes(StandardCharsets.UTF_8), message);
    }

    private void assertRefused(String name, byte[] content, String message) throws IOException {
        Files.write(directory.resolve(name), content);
        assertThatThrownBy(() -> readAll(name))
                .isInstanceOf(TableException.class)
                .hasMessageStartingWith("Cannot read '" + file(name) + "': " + message);
    }

    private void readAll(String name) throws IOException {
        try (TableReader reader = Tables.open(file(name))) {
            while (reader.next() != null) {
                // To the end.
            }
        }
    }

    @Test
    void csv() throws IOException {
        assertRefused("empty.csv", "", "no header, expected the names of columns in line 1");
        assertRefused("blank.csv", "\na,b\n", "no header, expected the names of columns in line 1");
        assertRefused("short.csv", "a,b\n1,\"x\ny\"\n1\n", "line 4 has 1 fields, expected 2 as in the header");
        assertRefused("long.csv", "a,b\n1,2\n1,2,3\n", "line 3 has 3 fields, expected 2 as in the header");
        assertRefused("twice.csv", "a,b,a\n", "two columns are named 'a'");
        assertRefused("quote.csv", "a,b\n1,\"open\n", "after line 2: ");
        assertRefused("behind.csv", "a,b\n1,\"x\"y\n", "after line 2: ");
        assertRefused("latin.csv", "a\nstra\u00dfe\n".getBytes(StandardCharsets.ISO_8859_1), "it is not UTF-8 text");
        assertRefused("plain.csv.gz", "a\n1\n", "Not in GZIP format");
    }

    @Test
    void jsonLines() throws IOException {
        assertRefused("empty.jsonl", "", "no line has a field, so nothing names the columns");
        assertRefused("array.json", "[{\"a\":1}]\n", "line 1: expected one JSON object a line, found: [{\"a\":1}]");
        assertRefused("pretty.json", "{\n \"a\":1}\n", "line 1: ");
        assertRefused("cut.jsonl", "{\"a\":1}\n\n{\"a\":\n", "line 3: ");
        assertRefused("two.jsonl", "{\"a\":1} {\"a\":2}\n", "line 1: something follows the JSON object");
        assertRefused("twice.jsonl", "{\"a\":1}\n{\"a\":1,\"a\":2}\n", "line 2: Duplicate field 'a'");
    }

    private byte[] parquet() throws IOException {
        TableSchema schema = new TableSchema(List.of(new Column("a", CellType.LONG), new Column("b", CellType.STRING)));
        try (TableWriter writer = Tables.create(file("whole.parquet"), TableFormat.PARQUET, schema)) {
            for (long i = 0; i < 1000; i++) {
                writer.write(new Object[] {i * i, "text " + i});
            }
        }
        return Files.readAllBytes(directory.resolve("whole.parquet"));
    }

    @Test
    void parquetFiles() throws IOException {
        byte[] whole = parquet();
        String noParquet = "it is no Parquet file, or not a whole one: ";
        assertRefused("empty.parquet", "", noParquet);
        assertRefused("text.parquet", "a,b\n1,2\n1,2\n1,2\n", noParquet);
        assertRefused("half.parquet", Arrays.copyOf(whole, whole.length / 2), noParquet);
        assertRefused("tail.parquet", Arrays.copyOf(whole, whole.length - 4), noParquet);
        byte[] flipped = whole.clone();
        flipped[200] ^= 0x55;
        assertRefused("flipped.parquet", flipped, "row 1: ");
    }

    @ParameterizedTest
    @EnumSource(TableFormat.class)
    void aFileThatIsNotThereOrAFolder(TableFormat format) {
        assertThatThrownBy(() -> Tables.open(file("missing"), format, ReadOptions.ALL))
                .isInstanceOf(TableException.class)
                .hasMessage("Cannot read '" + file("missing") + "': there is no such file");
        assertThatThrownBy(() -> Tables.open(new Path(directory.toUri()), format, ReadOptions.ALL))
                .isInstanceOf(TableException.class);
        assertThatThrownBy(() -> Tables.open(file("a.txt")))
                .isInstanceOf(TableException.class)
                .hasMessageStartingWith("Cannot tell the format of '" + file("a.txt") + "' from its name");
    }

    @ParameterizedTest
    @EnumSource(TableFormat.class)
    void aRowThatDoesNotFitIsRefused(TableFormat format) throws IOException {
        TableSchema schema =
                new TableSchema(List.of(new Column("a", CellType.LONG), new Column("b", CellType.decimal(3, 1))));
        try (TableWriter writer = Tables.create(file("t"), format, schema)) {
            writer.write(new Object[] {1L, new BigDecimal("1.5")});
            assertThatThrownBy(() -> writer.write(new Object[] {1, null}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot write row 2 to '" + file("t") + "': column 'a' is Integer 1, expected long");
            assertThatThrownBy(() -> writer.write(new Object[] {1L}))
                    .hasMessageEndingWith("row 3 to '" + file("t") + "': it has 1 cells, expected 2");
            assertThatThrownBy(() -> writer.write(new Object[] {1L, new BigDecimal("1.55")}))
                    .hasMessageEndingWith("column 'b' is BigDecimal 1.55, expected decimal(3,1)");
        }
    }

    @Test
    void namesAreNeededOnce() {
        assertThatThrownBy(
                        () -> new TableSchema(List.of(new Column("a", CellType.LONG), new Column("a", CellType.LONG))))
                .hasMessage("Two columns are named 'a'");
        assertThatThrownBy(() -> new TableSchema(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThat(new TableSchema(List.of(new Column("a", CellType.LONG))).indexOf("b"))
                .isEqualTo(-1);
    }
}
