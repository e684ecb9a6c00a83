/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.freshet.archive.ArchiveException;
import io.freshet.archive.ArchiveFile;
import io.freshet.archive.ArchiveJob;
import io.freshet.archive.ArchiveReader;
import io.freshet.archive.ArchiveReport;
import io.freshet.archive.ArchiveSpec;
import io.freshet.cli.Freshet;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewText;
import io.freshet.expression.ValueType;
import io.freshet.history.HistorySchemas;
import io.freshet.local.JobHandle;
import io.freshet.local.LocalStack;
import io.freshet.local.LocalStackException;
import io.freshet.row.HistoryRow;
import io.freshet.sink.TopicNames;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories become files, each row once, wherever a run is stopped; DuckDB reads them as we do. */
class ArchiveIT {

    private static final int PARTITIONS = 3;
    private static final String SCHEMA = """
            {"type": "record", "name": "Order", "namespace": "it", "fields": [
              {"name": "card", "type": "string"},
              {"name": "shop", "type": "long"},
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}},
              {"name": "weight", "type": "double"},
              {"name": "gift", "type": "boolean"},
              {"name": "note", "type": "string"}]}
            """;
    private static final String VIEW = """
            view: orders
            version: %d
            source: {topic: orders, schema: Order, event_time: time}
            entity: [card, shop]
            windows: [1h]
            features:
              n: {count: "*"}
              spent: {sum: amount}
              weight: {mean: weight}
              gift: {last: gift}
              note: {last: note}
              since: {first: time}
              notes: {last_distinct_n: note, n: 3}
              amounts: {last_n: amount, n: 3}
              by_note: {count: "*", per: note}
            %s""";

    private static LocalStack stack;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.start(LocalStack.Options.freePorts());
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    private static ViewText view(int version, String more) throws Exception {
        return ViewText.of("orders.yaml", VIEW.formatted(version, more), new Schemas(Map.of("Order", SCHEMA)));
    }

    private static Properties kafka() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", stack.bootstrapServers());
        return properties;
    }

    private static Stores stores(String namespace) throws Exception {
        return new Stores(FreshetConfig.of(
                "test", "", Map.of(), Map.of("namespace", namespace, "kafka.bootstrap", stack.bootstrapServers())));
    }

    private static HistoryRows history(String namespace, ViewText view, long seed) throws Exception {
        return new HistoryRows(stack.bootstrapServers(), namespace, view.plan(), PARTITIONS, seed);
    }

    private static void createTopics(String namespace) throws Exception {
        try (Admin admin = Admin.create(kafka())) {
            admin.createTopics(List.of(
                            new NewTopic(TopicNames.history(namespace, "orders"), PARTITIONS, (short) 1),
                            new NewTopic(TopicNames.historySchemas(namespace), 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    private ArchiveSpec prepare(String namespace, ViewText view) throws Exception {
        return ArchiveSpec.prepare(kafka(), namespace, view, directory.toString());
    }

    private static JobHandle submit(ArchiveSpec spec) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        new ArchiveJob(spec, 2).assemble(env);
        return stack.flink().submit(env);
    }

    private ArchiveReport archive(String namespace, ViewText view) throws Exception {
        ArchiveSpec spec = prepare(namespace, view);
        submit(spec).awaitEnd();
        return ArchiveReport.of(spec, 0);
    }

    private ArchiveReader reader() throws Exception {
        return ArchiveReader.open(new org.apache.flink.core.fs.Path(directory.toUri()), "orders");
    }

    /** All rows of the archive, by number. */
    private Map<Long, List<Object>> archived() throws Exception {
        Map<Long, List<Object>> rows = new TreeMap<>();
        ArchiveReader reader = reader();
        int seq = reader.schema().indexOf("_seq");
        for (ArchiveFile file : reader.files()) {
            try (TableReader in = reader.open(file, ReadOptions.ALL)) {
                for (Object[] row = in.next(); row != null; row = in.next()) {
                    assertThat(rows.put((Long) row[seq], Arrays.asList(row))).isNull();
                }
            }
        }
        return rows;
    }

    private void assertFilesAreInOrder() throws Exception {
        ArchiveReader reader = reader();
        for (ArchiveFile file : reader.files()) {
            List<Long> times = new ArrayList<>();
            try (TableReader in = reader.open(file, ReadOptions.columns("_as_of"))) {
                for (Object[] row = in.next(); row != null; row = in.next()) {
                    times.add((Long) row[0]);
                }
            }
            assertThat(times).isSorted().hasSize((int) file.rows());
            assertThat(times).startsWith(file.minAsOfMillis()).endsWith(file.maxAsOfMillis());
        }
    }

    private static Map<Long, List<Object>> expected(List<HistoryRow> rows) {
        Map<Long, List<Object>> expected = new TreeMap<>();
        for (HistoryRow row : rows) {
            List<Object> cells = new ArrayList<>();
            String[] key = row.entity().split("(?<!\\\\)\\|");
            cells.add(key[0].replace("\\|", "|"));
            cells.add(Long.parseLong(key[1]));
            cells.add(row.asOfMillis());
            cells.add(row.availableAtMillis());
            cells.add(row.seq());
            cells.add(row.version());
            cells.add(row.origin().name());
            cells.add(row.ingestedAtMillis() == Long.MIN_VALUE ? null : row.ingestedAtMillis());
            cells.add(row.warming());
            cells.addAll(row.values());
            expected.put(row.seq(), cells);
        }
        return expected;
    }

    private String duck(String query) throws Exception {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement run = duck.createStatement();
                ResultSet rows = run.executeQuery(
                        query.formatted("read_parquet('" + directory + "/**/*.parquet', union_by_name = true)"))) {
            List<String> all = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(rows.getString(i));
                }
                all.add(String.join(" ", row));
            }
            return String.join("\n", all);
        }
    }

    private void assertEachRowOnce(String namespace, ViewText view) throws Exception {
        List<HistoryRow> rows = stores(namespace).history(view);
        assertThat(archived()).isEqualTo(expected(rows));
        long sum = rows.stream().mapToLong(HistoryRow::seq).sum();
        assertThat(duck("SELECT count(*), sum(_seq), count(DISTINCT _seq) FROM %s"))
                .isEqualTo(rows.size() + " " + sum + " " + rows.size());
    }

    @Test
    void everyTypeOfColumnIsThere() throws Exception {
        Set<ValueType.Kind> kinds = view(1, "").plan().columns().stream()
                .map(column -> column.type().kind())
                .collect(Collectors.toSet());
        assertThat(kinds).isEqualTo(EnumSet.allOf(ValueType.Kind.class));
    }

    @Test
    void eachRunAddsWhatWasCommittedSinceTheLast() throws Exception {
        createTopics("runs");
        ViewText view = view(1, "");
        try (HistoryRows rows = history("runs", view, 1);
                HistoryRows other = history("runs", view, 2)) {
            rows.write(2_000, 4);
            rows.commit();
            rows.write(500, 4);
            rows.abort();
            rows.write(300, 4);
            ArchiveReport first = archive("runs", view);
            assertThat(first.added()).isEqualTo(2_000);
            assertThat(first.dates()).isEqualTo(4);
            assertThat(first.lost()).isZero();
            assertEachRowOnce("runs", view);
            assertFilesAreInOrder();
            assertThat(duck("SELECT view, date, count(*) = sum((epoch_ms(_as_of) // 86400000 = epoch_ms(date::DATE) //"
                            + " 86400000)::INT) FROM %s GROUP BY ALL ORDER BY date"))
                    .isEqualTo("""
                            orders 2026-01-30 true
                            orders 2026-01-31 true
                            orders 2026-02-01 true
                            orders 2026-02-02 true""");

            assertThat(archive("runs", view).added()).isZero();
            rows.commit();
            assertThat(archive("runs", view).added()).isEqualTo(300);
            assertThat(prepare("runs", view).isUpToDate()).isTrue();
            assertEachRowOnce("runs", view);
        }
        ArchiveSpec spec = prepare("runs", view);
        Map<Long, List<Object>> before = archived();
        assertThat(spec.compact(1)).isEqualTo(4);
        assertThat(archived()).isEqualTo(before);
        assertThat(reader().files()).hasSize(4);
        assertEachRowOnce("runs", view);
    }

    @Test
    void pandasReadsAnArchiveAsItIs() throws Exception {
        assumeThat(hasPandas())
                .as("a python3 with pandas and pyarrow: pip install pandas pyarrow; without it this is not tested")
                .isTrue();
        createTopics("pandas");
        ViewText view = view(1, "");
        try (HistoryRows rows = history("pandas", view, 1)) {
            rows.write(1_000, 3);
            rows.commit();
        }
        archive("pandas", view);
        String script = """
                import pandas
                rows = pandas.read_parquet("view=orders")
                first = round(rows["_as_of"].min().timestamp() * 1000)
                print(len(rows), rows["_seq"].sum(), rows["date"].nunique(), rows["spent_1h"].dropna().sum(), first)
                """;

        try (Command read = Command.start(directory, Map.of(), List.of("python3", "-c", script))) {
            assertThat(read.exitCode()).as(read.output()).isZero();
            assertThat(read.output().strip())
                    .isEqualTo(duck("SELECT count(*), sum(_seq), count(DISTINCT date), sum(spent_1h),"
                            + " epoch_ms(min(_as_of)) FROM %s"));
        }
    }

    private boolean hasPandas() throws Exception {
        try (Command probe = Command.start(directory, Map.of(), List.of("python3", "-c", "import pandas, pyarrow"))) {
            return probe.exitCode() == 0;
        } catch (java.io.IOException e) {
            return false; // there is no such program
        }
    }

    @Test
    void aRunThatIsCancelledAnywhereLeavesNothingTwice() throws Exception {
        createTopics("cancelled");
        ViewText view = view(1, "");
        try (HistoryRows rows = history("cancelled", view, 1)) {
            for (int round = 0; round < 4; round++) {
                rows.write(20_000, 6);
                rows.commit();
                JobHandle job = submit(prepare("cancelled", view));
                int stage = round;
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> stage == 0 || !job.isAlive() || staged() >= 2L * stage);
                job.cancel();
            }
        }
        archive("cancelled", view);
        assertEachRowOnce("cancelled", view);
        assertThat(directory.resolve("view=orders/_staging")).isEmptyDirectory();
    }

    private long staged() throws Exception {
        Path staging = directory.resolve("view=orders/_staging");
        if (!Files.exists(staging)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(staging)) {
            return files.filter(file -> file.toString().endsWith(".tmp")).count();
        } catch (java.io.UncheckedIOException e) {
            return 0; // it goes while it is looked at
        }
    }

    @Test
    void aRunThatDiesBetweenItsFilesAndItsManifestIsDoneAgain() throws Exception {
        createTopics("dies");
        ViewText view = view(1, "");
        try (HistoryRows rows = history("dies", view, 1)) {
            rows.write(3_000, 3);
            rows.commit();
            archive("dies", view);
            rows.write(2_000, 3);
            rows.commit();
        }
        ArchiveSpec spec = prepare("dies", view);
        Files.createDirectory(directory.resolve("view=orders/_manifest.new.json"));
        assertThatThrownBy(() -> submit(spec).awaitEnd()).isInstanceOf(LocalStackException.class);
        assertThat(reader().rows()).isEqualTo(3_000);
        assertThat(duck("SELECT count(*) FROM %s")).isEqualTo("5000");

        assertThat(archive("dies", view).added()).isEqualTo(2_000);
        assertEachRowOnce("dies", view);
    }

    @Test
    void aViewMayGainAndLoseColumnsButNotChangeTheirTypes() throws Exception {
        createTopics("changes");
        ViewText one = view(1, "");
        ViewText two = view(2, "  heaviest: {max: weight}\n");
        HistorySchemas.publish(kafka(), "changes", List.of(one.plan()));
        try (HistoryRows rows = history("changes", one, 1)) {
            rows.write(100, 1);
            rows.commit();
            archive("changes", one);
            rows.write(50, 1);
            rows.commit();
        }
        HistorySchemas.publish(kafka(), "changes", List.of(two.plan()));
        try (HistoryRows rows = history("changes", two, 2)) {
            rows.write(70, 1);
            rows.commit();
        }
        assertThat(archive("changes", two).added()).isEqualTo(120);
        assertThat(reader().schema().indexOf("heaviest_1h")).isPositive();
        assertThat(duck("SELECT count(*), count(heaviest_1h) > 20, sum((_version = 1)::INT) FROM %s"))
                .isEqualTo("220 true 150");
        prepare("changes", two).compact(1);
        assertThat(duck("SELECT count(*), sum((_version = 1 AND heaviest_1h IS NOT NULL)::INT) FROM %s"))
                .isEqualTo("220 0");

        ViewText wrong = ViewText.of(
                "orders.yaml",
                VIEW.formatted(3, "").replace("note: {last: note}", "note: {last: weight}"),
                new Schemas(Map.of("Order", SCHEMA)));
        assertThatThrownBy(() -> prepare("changes", wrong))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("its column 'note_1h' is string, the view's is double");
    }

    @Test
    void theCommandSaysWhatItDidAndWhatIsWrong() throws Exception {
        createTopics("command");
        ViewText view = view(1, "");
        try (HistoryRows rows = history("command", view, 1)) {
            rows.write(1_000, 2);
            rows.commit();
        }
        Path folder = Files.createDirectories(directory.resolve("deployment"));
        Files.createDirectory(folder.resolve("views"));
        Files.writeString(folder.resolve("views/orders.yaml"), VIEW.formatted(1, ""));
        Files.createDirectory(folder.resolve("schemas"));
        Files.writeString(folder.resolve("schemas/Order.avsc"), SCHEMA);
        Path settings = Files.writeString(folder.resolve("freshet.yaml"), """
                namespace: command
                kafka: {bootstrap: "%s"}
                flink: {ui_port: 0, parallelism: 2}
                views: views
                schemas: schemas
                """.formatted(stack.bootstrapServers()));
        String dir = directory.resolve("archives").toString();

        assertThat(run(settings, "--dir", dir))
                .isEqualTo("0 orders                   +1,000 rows: 1,000 rows, 2 files,");
        String again = run(settings, "orders", "--dir", dir, "--json", "--compact");
        assertThat(again)
                .startsWith(
                        "0 {\"dir\":\"" + dir + "\",\"views\":[{\"view\":\"orders\",\"rows_added\":0,\"rows\":1000,");
        assertThat(run(settings, "order", "--dir", dir)).startsWith("2 Unknown view 'order'");
        assertThat(run(settings)).startsWith("2 Missing required option: '--dir=DIR'");
        assertThat(run(settings, "--dir", settings.toString())).startsWith("2 Cannot ");
        assertThat(run(settings, "--dir", dir, "-D", "namespace=other"))
                .startsWith("1 Cannot archive view 'orders': there is no topic 'other.orders.history'");
        createTopics("other");
        assertThat(run(settings, "--dir", dir, "-D", "namespace=other"))
                .startsWith("2 Cannot archive view 'orders' of namespace 'other' in ")
                .contains("it holds view 'orders' of namespace 'command'; choose another folder");
        try (Admin admin = Admin.create(kafka())) {
            admin.deleteTopics(List.of("command.orders.history", "command.history-schemas"))
                    .all()
                    .get();
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(() -> createTopics("command"));
        assertThat(run(settings, "--dir", dir))
                .startsWith("2 Cannot go on with the archive")
                .contains("made anew");
    }

    /** Exit code and the first line of what it says, but for the length of files. */
    private static String run(Path settings, String... arguments) {
        List<String> all = new ArrayList<>(List.of("archive", "--config", settings.toString()));
        all.addAll(List.of(arguments));
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text, true);
        int code = Freshet.commandLine(Map.of()).setOut(writer).setErr(writer).execute(all.toArray(String[]::new));
        String line = text.toString().lines().findFirst().orElse("");
        return code + " " + (line.contains(" files, ") ? line.substring(0, line.indexOf(" files, ") + 7) : line);
    }
}
