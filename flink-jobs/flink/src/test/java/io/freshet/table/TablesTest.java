/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.expression.ValueType;
import io.freshet.table.TableSchema.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TablesTest {

    private static final int SEEDS = 60;

    @TempDir
    private java.nio.file.Path directory;

    private Path file(String name) {
        return new Path(directory.resolve(name).toUri());
    }

    private Path text(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
        return file(name);
    }

    private static void write(RandomTable table, Path file, TableFormat format) throws IOException {
        try (TableWriter writer = Tables.create(file, format, table.schema())) {
            for (@Nullable Object[] row : table.rows()) {
                writer.write(row);
            }
        }
    }

    /** Cells of text formats are cast to the types that were written. */
    private static List<List<@Nullable Object>> read(TableReader reader, TableSchema schema) throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (@Nullable Object[] row = reader.next(); row != null; row = reader.next()) {
            for (int i = 0; i < row.length; i++) {
                String name = reader.schema().columns().get(i).name();
                CellType type = schema.columns().get(schema.indexOf(name)).type();
                if (row[i] instanceof String text) {
                    row[i] = Tables.cast(text, type);
                }
            }
            rows.add(RandomTable.comparable(row));
        }
        return rows;
    }

    private static List<List<@Nullable Object>> all(TableReader reader) throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (reader) {
            for (@Nullable Object[] row = reader.next(); row != null; row = reader.next()) {
                rows.add(RandomTable.comparable(row));
            }
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"t.csv", "t.csv.gz", "t.parquet", "t.jsonl", "t.ndjson.gz"})
    void whatIsWrittenIsReadBack(String name) throws IOException {
        TableFormat format = TableFormat.of(name).orElseThrow();
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomTable table = RandomTable.of(seed);
            if (format == TableFormat.JSON_LINES && table.rows().isEmpty()) {
                continue; // nothing in the file tells its columns
            }
            write(table, file(name), format);
            try (TableReader reader = Tables.open(file(name))) {
                assertThat(reader.schema().names()).isEqualTo(table.schema().names());
                if (format == TableFormat.PARQUET) {
                    assertThat(reader.schema()).isEqualTo(table.schema());
                }
                assertThat(read(reader, table.schema()))
                        .as("seed %d of %s", seed, table.schema())
                        .isEqualTo(table.comparable());
                if (format == TableFormat.PARQUET) {
                    assertThat(reader.line()).isEqualTo(table.rows().size());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TableFormat.class)
    void theSameRowsGiveTheSameBytes(TableFormat format) throws IOException {
        for (long seed = 0; seed < SEEDS / 4; seed++) {
            write(RandomTable.of(seed), file("one"), format);
            write(RandomTable.of(seed), file("two"), format);
            assertThat(directory.resolve("one")).hasSameBinaryContentAs(directory.resolve("two"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"t.csv", "t.parquet", "t.jsonl"})
    void columnsComeInTheOrderAskedFor(String name) throws IOException {
        TableFormat format = TableFormat.of(name).orElseThrow();
        TableSchema schema = new TableSchema(List.of(
                new Column("a", CellType.STRING),
                new Column("b", CellType.list(CellType.LONG)),
                new Column("c", CellType.STRING)));
        write(
                new RandomTable(schema, List.of(new Object[] {"1", List.of(2L), "3"}, new Object[] {"4", null, null})),
                file(name),
                format);
        try (TableReader reader = Tables.open(file(name), format, ReadOptions.columns("c", "a"))) {
            assertThat(reader.schema().names()).containsExactly("c", "a");
            assertThat(reader.next()).containsExactly("3", "1");
            assertThat(reader.next()).containsExactly(null, "4");
            assertThat(reader.next()).isNull();
            assertThat(reader.next()).isNull();
        }
        assertThatThrownBy(() -> Tables.open(file(name), format, ReadOptions.columns("a", "d")))
                .isInstanceOf(TableException.class)
                .hasMessage("Cannot read '" + file(name) + "': no column 'd' (there are: a, b, c)");
    }

    @Test
    void manyRowGroupsAreReadInOrder() throws IOException {
        TableSchema schema = new TableSchema(List.of(new Column("n", CellType.LONG), new Column("s", CellType.STRING)));
        String filler = "x".repeat(400);
        int rows = 400_000;
        try (TableWriter writer = Tables.create(file("t.parquet"), TableFormat.PARQUET, schema)) {
            for (int i = 0; i < rows; i++) {
                writer.write(new Object[] {(long) i, i + filler});
            }
        }
        try (TableReader reader = Tables.open(file("t.parquet"), TableFormat.PARQUET, ReadOptions.columns("n"))) {
            for (long i = 0; i < rows; i++) {
                assertThat(reader.next()).containsExactly(i);
            }
            assertThat(reader.next()).isNull();
        }
        long[] steps = {0, 5, 150_000, 1, 0, 249_980};
        try (TableReader reader = Tables.open(file("t.parquet"), TableFormat.PARQUET, ReadOptions.columns("n"))) {
            long at = 0;
            for (long step : steps) {
                reader.skip(step);
                at += step;
                assertThat(reader.next()).containsExactly(at);
                at++;
                assertThat(reader.line()).isEqualTo(at);
            }
            reader.skip(rows);
            assertThat(reader.next()).isNull();
            assertThat(reader.line()).isEqualTo(rows);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"t.csv", "t.parquet", "t.jsonl"})
    void rowsThatArePassedOverAreNotRead(String name) throws IOException {
        TableFormat format = TableFormat.of(name).orElseThrow();
        for (long seed = 1; seed < SEEDS; seed++) {
            RandomTable table = RandomTable.of(seed);
            if (table.rows().isEmpty()) {
                continue;
            }
            write(table, file(name), format);
            Random random = new Random(seed);
            List<List<@Nullable Object>> all = all(Tables.open(file(name)));
            try (TableReader reader = Tables.open(file(name))) {
                int at = 0;
                while (at < all.size()) {
                    int passed = random.nextInt(20);
                    reader.skip(passed);
                    @Nullable Object[] row = reader.next();
                    at += passed + 1;
                    assertThat(row == null ? null : RandomTable.comparable(row))
                            .isEqualTo(at > all.size() ? null : all.get(at - 1));
                }
                assertThat(reader.next()).isNull();
            }
        }
    }

    @Test
    void csvTellsNullFromEmptyAndLinesFromRecords() throws IOException {
        Path file = text("t.csv", "\uFEFFid,note\r\n1,\"a\nb\"\r\n\r\n2,\r\n3,\"\"\r\n");
        try (TableReader reader = Tables.open(file)) {
            assertThat(reader.line()).isOne();
            assertThat(reader.next()).containsExactly("1", "a\nb");
            assertThat(reader.line()).isEqualTo(2);
            assertThat(reader.next()).containsExactly("2", null);
            assertThat(reader.line()).isEqualTo(5);
            assertThat(reader.next()).containsExactly("3", "");
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void csvIsWrittenAsTheStandardSays() throws IOException {
        TableSchema schema = new TableSchema(List.of(
                new Column("n", CellType.DOUBLE),
                new Column("t", CellType.TIMESTAMP_MILLIS),
                new Column("l, m", CellType.list(CellType.STRING))));
        write(
                new RandomTable(
                        schema, List.of(new Object[] {1e10, 0L, List.of("a")}, new Object[] {null, null, null})),
                file("t.csv"),
                TableFormat.CSV);
        assertThat(directory.resolve("t.csv"))
                .hasContent("n,t,\"l, m\"\n1.0E10,1970-01-01T00:00:00Z,\"[\"\"a\"\"]\"\n,,\n");
    }

    @Test
    void jsonObjectsNeedNotHaveTheSameFields() throws IOException {
        Path file = text("t.jsonl", "{\"a\":1.50,\"b\":[1, 2]}\n\n{\"c\":{\"x\":-0.0},\"a\":null}\n");
        assertThat(all(Tables.open(file)))
                .containsExactly(
                        java.util.Arrays.asList("1.50", "[1, 2]", null),
                        java.util.Arrays.asList(null, null, "{\"x\":-0.0}"));
    }

    @Test
    void typesOfTextAreInferred() throws IOException {
        Path csv = text("t.csv", """
                id,zip,big,mean,flag,none,mixed,signed
                1,007,12345678901234567890,1.5,true,,1,-0
                -9223372036854775808,10115,1,NaN,False,,x,2
                ,,,1e3,,,,
                """);
        assertThat(Tables.inferText(csv, TableFormat.CSV).columns())
                .extracting(column -> column.type().toString())
                .containsExactly("long", "string", "string", "double", "boolean", "string", "string", "double");
        Path json = text("t.jsonl", "{\"n\":1,\"s\":\"1\",\"d\":1,\"l\":[1]}\n{\"d\":\"NaN\",\"b\":true}\n");
        assertThat(Tables.inferText(json, TableFormat.JSON_LINES).columns())
                .extracting(Column::toString)
                .containsExactly(
                        "Column[name=n, type=long]",
                        "Column[name=s, type=string]",
                        "Column[name=d, type=double]",
                        "Column[name=l, type=string]",
                        "Column[name=b, type=boolean]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-01-31T12:00:00Z       | 1769860800000",
                "2026-01-31 13:00:00+01:00  | 1769860800000",
                "2026-01-31 12:00:00.5+00   | 1769860800500",
                "1969-12-31T23:59:59.9999Z  | -1",
            })
    void timesComeInSeveralSpellings(String text, long millis) {
        assertThat(Tables.cast(text, CellType.TIMESTAMP_MILLIS)).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LONG             | 1.5                 | Cannot read '1.5' as long",
                "BOOLEAN          | yes                 | Cannot read 'yes' as boolean, expected true or false",
                "DATE             | 31.1.2026           | Cannot read '31.1.2026' as date, expected a day like 2026-01-31",
                "TIMESTAMP_MILLIS | 2026-01-31T12:00:00 | Cannot read '2026-01-31T12:00:00' as timestamp_millis, expected a time with its offset like 2026-01-31T12:00:00Z",
                "BYTES            | ?                   | Cannot read '?' as bytes, expected Base64",
            })
    void aTextOfAnotherTypeIsRefused(CellType.Kind kind, String text, String message) {
        assertThatThrownBy(() -> Tables.cast(text, CellType.plain(kind)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aNestedTextOfAnotherTypeIsRefused() {
        CellType type = CellType.list(CellType.decimal(3, 1));
        assertThat(Tables.cast("[1, null, 22.5]", type).toString()).isEqualTo("[1.0, null, 22.5]");
        for (String text : List.of("[1", "1", "{}", "[[1]]", "[1] 2", "[222.5]", "[1.25]", "null", "")) {
            assertThatThrownBy(() -> Tables.cast(text, type))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot read '" + text + "' as list<decimal(3,1)>, expected a JSON array");
        }
    }

    @Test
    void typesAreReadBackFromTheirText() {
        for (long seed = 0; seed < SEEDS; seed++) {
            assertThat(RandomTable.of(seed).schema().columns())
                    .extracting(Column::type)
                    .allSatisfy(
                            type -> assertThat(CellType.parse(type.toString())).isEqualTo(type));
        }
        assertThatThrownBy(() -> CellType.parse("list<longs>")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void valuesOfViewsHaveCells() {
        assertThat(CellType.of(ValueType.list(ValueType.decimal(10, 2)))).hasToString("list<decimal(10,2)>");
        assertThat(CellType.of(ValueType.map(ValueType.TIMESTAMP))).hasToString("map<timestamp_millis>");
    }

    @ParameterizedTest
    @CsvSource({
        "a.CSV,CSV",
        "a.csv.gz,CSV",
        "a.parquet,PARQUET",
        "a.jsonl,JSON_LINES",
        "a.ndjson.GZ,JSON_LINES",
        "a.json,JSON_LINES"
    })
    void theNameTellsTheFormat(String name, TableFormat format) {
        assertThat(TableFormat.of(name)).contains(format);
        assertThat(TableFormat.of(name + ".bak")).isEmpty();
    }

    @Test
    void aTextNamesAPlaceThatHasAFolder() {
        assertThat(Tables.path("train.parquet").getParent().getPath())
                .isEqualTo(java.nio.file.Path.of("").toAbsolutePath().toString());
        assertThat(Tables.path("a/../b c.csv").getName()).isEqualTo("b c.csv");
        assertThat(Tables.path("we:ird.csv").getName()).isEqualTo("we:ird.csv");
        assertThat(Tables.path("s3://bucket/train.parquet").toString()).isEqualTo("s3://bucket/train.parquet");
    }
}
