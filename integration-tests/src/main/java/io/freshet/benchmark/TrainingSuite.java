/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.archive.ArchiveFile;
import io.freshet.archive.ArchiveReader;
import io.freshet.definition.Column;
import io.freshet.definition.ViewText;
import io.freshet.local.EmbeddedFlink;
import io.freshet.table.TableFormat;
import io.freshet.training.SpineSummary;
import io.freshet.training.TimeForm;
import io.freshet.training.TrainingPlan;
import io.freshet.training.TrainingRequest;
import io.freshet.training.ViewPast;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A training set of two views from Parquet archives: Freshet's job beside DuckDB's {@code ASOF JOIN}, on the same files, in
 * turn, two threads each. Flink's start is left out. Both results are compared by count and sums.
 */
final class TrainingSuite {

    private static final int THREADS = 2;
    private static final double NANOS = 1e9;
    private static final String GROUP = "training set: two views from Parquet archives";

    private final TrainingData data;
    private final Path folder;

    private TrainingSuite(TrainingData data, Path folder) {
        this.data = data;
        this.folder = folder;
    }

    static List<Result> run(Options options) throws Exception {
        Path folder = Files.createTempDirectory("freshet-training");
        TrainingData data = new TrainingData(folder, options.historyRows());
        data.write();
        try (EmbeddedFlink flink = EmbeddedFlink.start(0, THREADS)) {
            return new TrainingSuite(data, folder).measure(flink, options.rounds());
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(TrainingSuite::delete);
            }
        }
    }

    private List<Result> measure(EmbeddedFlink flink, int rounds) throws Exception {
        Map<String, Object> parameters = new TreeMap<>(Map.of(
                "history_rows",
                data.historyRows(),
                "spine_rows",
                data.spineRows(),
                "views",
                TrainingData.VIEWS.size()));
        Result freshet = new Result(Suite.TRAINING.label(), GROUP, "Freshet, embedded Flink", parameters);
        Result duckDb = new Result(Suite.TRAINING.label(), GROUP, "DuckDB, ASOF JOIN", parameters);
        for (int round = 0; round <= rounds; round++) {
            Path ours = folder.resolve("freshet-" + round + ".parquet");
            Path theirs = folder.resolve("duckdb-" + round + ".parquet");
            Map<Figure, Double> one = figures(timed(() -> runFreshet(flink, ours)));
            Map<Figure, Double> other = figures(timed(() -> runDuckDb(theirs)));
            Progress.show(freshet, round, rounds, one);
            Progress.show(duckDb, round, rounds, other);
            compare(ours, theirs);
            Files.delete(ours);
            Files.delete(theirs);
            if (round > 0) {
                freshet.add(one);
                duckDb.add(other);
            }
        }
        return List.of(freshet, duckDb);
    }

    private Map<Figure, Double> figures(double seconds) {
        return Map.of(Figure.SECONDS, seconds, Figure.HISTORY_ROWS_PER_SECOND, data.historyRows() / seconds);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double timed(Work work) throws Exception {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / NANOS;
    }

    private void runFreshet(EmbeddedFlink flink, Path out) throws Exception {
        List<TrainingRequest.OfView> views = new ArrayList<>();
        List<ViewPast> pasts = new ArrayList<>();
        for (String name : TrainingData.VIEWS) {
            ViewText text = TrainingData.view(name);
            List<String> columns =
                    text.plan().columns().stream().map(Column::name).toList();
            views.add(TrainingRequest.OfView.of(text, columns, List.of(TrainingData.entity(name))));
            ArchiveReader archive = ArchiveReader.open(TrainingData.path(data.archives()), name);
            pasts.add(new ViewPast(
                    Optional.empty(),
                    Optional.of(new ViewPast.Archive(
                            data.archives().toUri().toString(),
                            archive.files().stream().map(ArchiveFile::name).toList(),
                            archive.rows()))));
        }
        TrainingRequest request = new TrainingRequest(
                new TrainingRequest.Spine(
                        data.spine().toUri().toString(),
                        TableFormat.PARQUET,
                        TrainingData.spineSchema(),
                        "timestamp",
                        TimeForm.DEFAULT,
                        data.spineRows()),
                views,
                TrainingRequest.Rules.AS_SERVED,
                new TrainingRequest.Output(out.toUri().toString(), TableFormat.PARQUET));
        SpineSummary spine = new SpineSummary(data.spineRows(), 0, List.of(0L, 0L), 0, 0);
        flink.run(new TrainingPlan(request, spine, pasts).job()).awaitEnd();
    }

    private void runDuckDb(Path out) throws SQLException {
        StringBuilder columns = new StringBuilder("s.*");
        StringBuilder joins = new StringBuilder();
        for (String view : TrainingData.VIEWS) {
            String entity = TrainingData.entity(view);
            columns.append(", %1$s._as_of AS %1$s__as_of".formatted(view));
            for (String column : List.of("sales_1h", "sales_1d", "spent_1h", "spent_1d", "dearest_1h", "dearest_1d")) {
                columns.append(", %1$s.%2$s AS %1$s__%2$s".formatted(view, column));
            }
            joins.append(" ASOF LEFT JOIN read_parquet('%1$s/view=%2$s/*/*.parquet') %2$s"
                            .formatted(data.archives(), view))
                    .append(" ON s.%2$s = %1$s.%2$s AND s.timestamp >= %1$s._available_at".formatted(view, entity));
        }
        String query = "COPY (SELECT " + columns + " FROM read_parquet('" + data.spine() + "') s" + joins + ") TO '"
                + out + "' (FORMAT PARQUET)";
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads = " + THREADS);
            statement.execute(query);
        }
    }

    /** Both must have given the same values; of equal moments two rows of an entity may differ, so seldom that sums tell. */
    private void compare(Path ours, Path theirs) throws SQLException {
        String sums = "SELECT count(*) || ' ' || count(users__sales_1h) || ' ' || sum(users__sales_1h) || ' ' ||"
                + " count(shops__sales_1d) || ' ' || sum(shops__sales_1d) FROM read_parquet('%s')";
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            String one = first(statement, sums.formatted(ours));
            String other = first(statement, sums.formatted(theirs));
            if (!one.equals(other)) {
                throw new IllegalStateException(
                        "The training sets differ: Freshet's has " + one + ", DuckDB's " + other);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + file, e);
        }
    }

    private static String first(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
