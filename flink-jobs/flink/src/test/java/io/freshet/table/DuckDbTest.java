/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.table.CellType.Kind;
import io.freshet.table.TableSchema.Column;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another implementation of the format reads our files and writes files for us. */
class DuckDbTest {

    @TempDir
    private java.nio.file.Path directory;

    private Connection duck;

    @BeforeEach
    void open() throws SQLException {
        duck = DriverManager.getConnection("jdbc:duckdb:");
        sql("SET TimeZone = 'UTC'");
    }

    @AfterEach
    void close() throws SQLException {
        duck.close();
    }

    private void sql(String statement) throws SQLException {
        try (Statement run = duck.createStatement()) {
            run.execute(statement);
        }
    }

    private List<List<@Nullable String>> query(String text) throws SQLException {
        try (Statement run = duck.createStatement();
                ResultSet rows = run.executeQuery(text)) {
            List<List<@Nullable String>> all = new ArrayList<>();
            while (rows.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(rows.getString(i));
                }
                all.add(row);
            }
            return all;
        }
    }

    private static CellType plain(Kind kind) {
        return CellType.plain(kind);
    }

    @Test
    void itReadsOurTypesAndValues() throws Exception {
        TableSchema schema = new TableSchema(List.of(
                new Column("a bool", CellType.BOOLEAN),
                new Column("i-nt", CellType.INT),
                new Column("long", CellType.LONG),
                new Column("float", CellType.FLOAT),
                new Column("double", CellType.DOUBLE),
                new Column("d9", CellType.decimal(9, 2)),
                new Column("d18", CellType.decimal(18, 0)),
                new Column("d38", CellType.decimal(38, 10)),
                new Column("string", CellType.STRING),
                new Column("bytes", CellType.BYTES),
                new Column("date", CellType.DATE),
                new Column("millis", CellType.TIMESTAMP_MILLIS),
                new Column("micros", plain(Kind.TIMESTAMP_MICROS)),
                new Column("local millis", plain(Kind.LOCAL_MILLIS)),
                new Column("local micros", plain(Kind.LOCAL_MICROS)),
                new Column("local nanos", plain(Kind.LOCAL_NANOS)),
                new Column("list", CellType.list(CellType.STRING)),
                new Column("lists", CellType.list(CellType.list(CellType.LONG))),
                new Column("map", CellType.map(CellType.DOUBLE))));
        java.nio.file.Path file = directory.resolve("ours.parquet");
        try (TableWriter writer = Tables.create(new Path(file.toUri()), TableFormat.PARQUET, schema)) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("b", null);
            map.put("a", 0.5);
            writer.write(new Object[] {
                true,
                -7,
                Long.MIN_VALUE,
                1.5f,
                -2.25,
                new BigDecimal("-1234567.89"),
                new BigDecimal("999999999999999999"),
                new BigDecimal("-1234567890123456789012345678.0123456789"),
                "λ→😀",
                new byte[] {1, -1},
                -1,
                1_769_860_800_123L,
                1_769_860_800_123_456L,
                -1L,
                -1L,
                -1L,
                Arrays.asList("x", null, ""),
                List.of(List.of(1L, 2L), List.of()),
                map
            });
            writer.write(new Object[19]);
        }
        String from = " FROM read_parquet('" + file + "')";
        assertThat(query("SELECT column_type FROM (DESCRIBE SELECT *" + from + ")").stream()
                        .map(row -> row.get(0)))
                .containsExactly(
                        "BOOLEAN",
                        "INTEGER",
                        "BIGINT",
                        "FLOAT",
                        "DOUBLE",
                        "DECIMAL(9,2)",
                        "DECIMAL(18,0)",
                        "DECIMAL(38,10)",
                        "VARCHAR",
                        "BLOB",
                        "DATE",
                        "TIMESTAMP WITH TIME ZONE",
                        "TIMESTAMP WITH TIME ZONE",
                        "TIMESTAMP",
                        "TIMESTAMP",
                        "TIMESTAMP_NS",
                        "VARCHAR[]",
                        "BIGINT[][]",
                        "MAP(VARCHAR, DOUBLE)");
        assertThat(query("SELECT COLUMNS(*)::VARCHAR" + from))
                .containsExactly(
                        List.of(
                                "true",
                                "-7",
                                "-9223372036854775808",
                                "1.5",
                                "-2.25",
                                "-1234567.89",
                                "999999999999999999",
                                "-1234567890123456789012345678.0123456789",
                                "λ→😀",
                                "\\x01\\xFF",
                                "1969-12-31",
                                "2026-01-31 12:00:00.123+00",
                                "2026-01-31 12:00:00.123456+00",
                                "1969-12-31 23:59:59.999",
                                "1969-12-31 23:59:59.999999",
                                "1969-12-31 23:59:59.999999999",
                                "[x, NULL, '']",
                                "[[1, 2], []]",
                                "{a=0.5, b=NULL}"),
                        Arrays.asList(new String[19]));
    }

    @Test
    void itCountsAndSumsManyRowsAlike() throws Exception {
        java.nio.file.Path file = directory.resolve("many.parquet");
        TableSchema schema = new TableSchema(List.of(new Column("n", CellType.LONG), new Column("s", CellType.STRING)));
        long sum = 0;
        int rows = 300_000;
        try (TableWriter writer = Tables.create(new Path(file.toUri()), TableFormat.PARQUET, schema)) {
            for (int i = 0; i < rows; i++) {
                Long value = i % 7 == 0 ? null : i * 31L;
                sum += value == null ? 0 : value;
                writer.write(new Object[] {value, "key" + i % 1000});
            }
        }
        assertThat(query("SELECT count(*), sum(n), count(DISTINCT s) FROM read_parquet('" + file + "')"))
                .containsExactly(List.of(String.valueOf(rows), String.valueOf(sum), "1000"));
    }

    private static final String SELECT = """
            SELECT * EXCLUDE i FROM (SELECT i,
              CASE WHEN i % 7 = 0 THEN NULL ELSE i::INTEGER END AS "an int",
              i::TINYINT AS tiny, i::UINTEGER + 4000000000::UINTEGER AS uint, 18446744073709551615::UBIGINT AS ubig,
              i::FLOAT / 2 AS f, i / 4 AS d, i % 2 = 0 AS b,
              'word ' || i % 3 AS s, 'x'::BLOB AS bytes, DATE '1970-01-01' + i::INTEGER AS day,
              make_timestamp(i * 1001) AS local, make_timestamp(i * 1001)::TIMESTAMPTZ AS utc,
              TIMESTAMP_MS '1970-01-01 00:00:01.5' AS ms, TIMESTAMP_NS '1970-01-01 00:00:00.000000009' AS ns,
              (i / 8)::DECIMAL(10, 3) AS dec, (-i)::DECIMAL(38, 2) AS wide,
              [[i, NULL], []] AS lists, MAP {'k': i} AS m, '00000000-0000-0001-0000-000000000002'::UUID AS id
              FROM range(120) r(i))""";

    @ParameterizedTest
    @CsvSource({"uncompressed,V1", "snappy,V1", "zstd,V1", "gzip,V1", "zstd,V2", "snappy,V2"})
    void weReadWhatItWrites(String codec, String version) throws Exception {
        java.nio.file.Path file = directory.resolve("theirs.parquet");
        sql("COPY (" + SELECT + ") TO '" + file + "' (FORMAT parquet, COMPRESSION " + codec + ", PARQUET_VERSION "
                + version + ")");
        try (TableReader reader = Tables.open(new Path(file.toUri()))) {
            assertThat(reader.schema().columns().stream()
                            .map(column -> column.type().toString()))
                    .containsExactly(
                            "int",
                            "int",
                            "long",
                            "decimal(20,0)",
                            "float",
                            "double",
                            "boolean",
                            "string",
                            "bytes",
                            "date",
                            "local_micros",
                            "timestamp_micros",
                            "local_millis",
                            "local_nanos",
                            "decimal(10,3)",
                            "decimal(38,2)",
                            "list<list<long>>",
                            "map<long>",
                            "string");
            for (int i = 0; i < 120; i++) {
                assertThat(RandomTable.comparable(requireNonNull(reader.next())))
                        .isEqualTo(RandomTable.comparable(expected(i)));
            }
            assertThat(reader.next()).isNull();
        }
    }

    private static @Nullable Object[] expected(int i) {
        return new @Nullable Object[] {
            i % 7 == 0 ? null : i,
            i,
            i + 4_000_000_000L,
            new BigDecimal("18446744073709551615"),
            i / 2f,
            i / 4.0,
            i % 2 == 0,
            "word " + i % 3,
            new byte[] {'x'},
            i,
            i * 1001L,
            i * 1001L,
            1500L,
            9L,
            new BigDecimal(i).divide(new BigDecimal(8)).setScale(3),
            new BigDecimal(-i).setScale(2),
            List.of(Arrays.asList((long) i, null), List.of()),
            Map.of("k", (long) i),
            "00000000-0000-0001-0000-000000000002"
        };
    }

    @Test
    void aTypeWithoutACellIsRefusedOnlyWhereItIsRead() throws Exception {
        java.nio.file.Path file = directory.resolve("theirs.parquet");
        sql("COPY (SELECT 1 AS a, {'x': 1} AS s, TIME '12:00' AS t) TO '" + file + "' (FORMAT parquet)");
        Path path = new Path(file.toUri());
        assertThatThrownBy(() -> Tables.open(path))
                .isInstanceOf(TableException.class)
                .hasMessageStartingWith("Cannot read '" + path + "': column 's' is of a type that cannot be read: ");
        try (TableReader reader = Tables.open(path, TableFormat.PARQUET, ReadOptions.columns("a"))) {
            assertThat(reader.next()).containsExactly(1);
        }
    }

    @Test
    void itReadsOurTextFiles() throws Exception {
        TableSchema schema = new TableSchema(List.of(
                new Column("n", CellType.LONG),
                new Column("t", CellType.TIMESTAMP_MILLIS),
                new Column("s", CellType.STRING)));
        for (String name : List.of("t.csv", "t.csv.gz", "t.jsonl")) {
            java.nio.file.Path file = directory.resolve(name);
            try (TableWriter writer =
                    Tables.create(new Path(file.toUri()), TableFormat.of(name).orElseThrow(), schema)) {
                writer.write(new Object[] {1L, 1_769_860_800_123L, "a, \"b\"\nc"});
                writer.write(new Object[] {null, null, "plain"});
            }
            assertThat(query("SELECT n::BIGINT, epoch_ms(t::TIMESTAMPTZ), s FROM '" + file + "'"))
                    .containsExactly(List.of("1", "1769860800123", "a, \"b\"\nc"), Arrays.asList(null, null, "plain"));
        }
    }
}
