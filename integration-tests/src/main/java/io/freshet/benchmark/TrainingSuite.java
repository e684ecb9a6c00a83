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
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A training set of two views from Parquet archives: Freshet's job beside DuckDB's {@code ASOF JOIN}, on the same files, in
 * turn, two threads each. Flink's start is left out. Results are compared by count and sums.
 */
final class TrainingSuite {

    private static final int THREADS = 2;
    private static final double NANOS = 1e9;
    private static final String LITTLE = "512MB";

    private final TrainingData data;
    private final Path folder;

    private TrainingSuite(TrainingData data, Path folder) {
        this.data = data;
        this.folder = folder;
    }

    /** Makes a training set, in that file. */
    private interface Work {
        void run(Path out) throws Exception;
    }

    /** Who makes training sets, and what it takes. */
    private static final class Contestant {
        private final Work work;
        private Result result;
        private boolean failed;

        Contestant(Result result, Work work) {
            this.result = result;
            this.work = work;
        }
    }

    /** With the memory there is. */
    static List<Result> run(Options options) throws Exception {
        return run(
                Suite.TRAINING,
                "training set: two views from Parquet archives",
                Map.of("DuckDB, ASOF JOIN", new DuckDbJoin(THREADS, Optional.empty(), true)),
                options);
    }

    /** With so little that not all fits. How large Freshet's heap is says {@code benchmark.heap}, not this. */
    static List<Result> runInLittleMemory(Options options) throws Exception {
        Map<String, DuckDbJoin> others = new LinkedHashMap<>();
        others.put("DuckDB, " + LITTLE + ", no files", new DuckDbJoin(THREADS, Optional.of(LITTLE), false));
        others.put("DuckDB, " + LITTLE, new DuckDbJoin(THREADS, Optional.of(LITTLE), true));
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        return run(
                Suite.TRAINING_MEMORY,
                "training set in little memory: Freshet's heap " + heap + " MB",
                others,
                options);
    }

    private static List<Result> run(Suite suite, String group, Map<String, DuckDbJoin> others, Options options)
            throws Exception {
        Path folder = Files.createTempDirectory("freshet-training");
        TrainingData data = new TrainingData(folder, options.historyRows());
        data.write();
        Map<String, Object> parameters = Map.of(
                "history_rows", data.historyRows(), "spine_rows", data.spineRows(), "views", TrainingData.VIEWS.size());
        try (EmbeddedFlink flink = EmbeddedFlink.start(0, THREADS)) {
            TrainingSuite training = new TrainingSuite(data, folder);
            List<Contestant> contestants = new ArrayList<>();
            contestants.add(new Contestant(
                    new Result(suite.label(), group, "Freshet, embedded Flink", parameters),
                    out -> training.runFreshet(flink, out)));
            others.forEach((name, join) -> contestants.add(
                    new Contestant(new Result(suite.label(), group, name, parameters), out -> join.run(data, out))));
            training.measure(contestants, options.rounds());
            return contestants.stream().map(each -> each.result).toList();
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(TrainingSuite::delete);
            }
        }
    }

    private void measure(List<Contestant> contestants, int rounds) throws Exception {
        for (int round = 0; round <= rounds; round++) {
            Set<String> sums = new HashSet<>();
            for (Contestant each : contestants) {
                if (!each.failed) {
                    sums.addAll(measure(each, round, rounds));
                }
            }
            if (sums.size() > 1) {
                throw new IllegalStateException("The training sets differ: " + sums);
            }
        }
    }

    /** One round of one; gives what tells its training set from others, unless the database has refused. */
    private List<String> measure(Contestant contestant, int round, int rounds) throws Exception {
        Path out = folder.resolve("train.parquet");
        try {
            long begin = System.nanoTime();
            contestant.work.run(out);
            double seconds = (System.nanoTime() - begin) / NANOS;
            Map<Figure, Double> figures =
                    Map.of(Figure.SECONDS, seconds, Figure.HISTORY_ROWS_PER_SECOND, data.historyRows() / seconds);
            Progress.show(contestant.result, round, rounds, figures);
            if (round > 0) {
                contestant.result.add(figures);
            }
            return List.of(DuckDbJoin.sums(out));
        } catch (SQLException e) {
            Result tried = contestant.result;
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            contestant.failed = true;
            contestant.result = new Result(tried.suite(), tried.group(), tried.name() + ": " + why, tried.parameters());
            System.err.println(contestant.result.name());
            return List.of();
        } finally {
            Files.deleteIfExists(out);
        }
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

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + file, e);
        }
    }
}
