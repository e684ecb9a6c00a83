/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.archive;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.ViewText;
import io.freshet.history.LoggedRow;
import io.freshet.history.LoggedRowSerializer;
import io.freshet.job.Assembly;
import io.freshet.job.BatchSettings;
import io.freshet.job.JobArguments;
import io.freshet.job.KafkaSettings;
import io.freshet.job.ProgramArguments;
import io.freshet.operator.SerializedType;
import java.util.Locale;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The bounded job of one run: the history, by day of as_of, into files, and those into the manifest. It runs as a batch:
 * Flink sorts the rows by day and as_of on disk, so that a task writes one file at a time however many days there are.
 */
public final class ArchiveJob implements Assembly {

    /** Accumulator: rows that were read. */
    public static final String ROWS_READ = "archive rows read";

    /** Accumulator: rows that were written. */
    public static final String ROWS_WRITTEN = "archive rows written";

    static final String USAGE = "flink run -c io.freshet.archive.ArchiveJob <jar> --dir DIR [--view VIEW[,VIEW...]]"
            + " [--compact] [--config <freshet.yaml>] [--<setting> <value>]...";

    private static final TypeInformation<LoggedRow> ROWS =
            new SerializedType<>(LoggedRow.class, LoggedRowSerializer.INSTANCE);

    private final ArchiveSpec spec;
    private final int parallelism;

    /**
     * A job.
     *
     * @param spec the run; a run can be carried out once
     * @param parallelism how many tasks read and write side by side
     */
    public ArchiveJob(ArchiveSpec spec, int parallelism) {
        this.spec = spec;
        this.parallelism = parallelism;
    }

    /**
     * Archives on the cluster it is submitted to, one view after the other, as {@code freshet archive} does on a Flink of
     * its own. The folder must be one that all TaskManagers see.
     *
     * @param arguments see {@link #USAGE}
     */
    public static void main(String[] arguments) throws Exception {
        ProgramArguments given = ProgramArguments.read(arguments, Set.of("--dir"), Set.of("--compact"), USAGE);
        String directory = given.value("--dir")
                .orElseThrow(() -> new IllegalArgumentException("Missing option --dir. Usage: " + USAGE));
        JobArguments job = JobArguments.read(given.others().toArray(String[]::new), System.getenv());
        FreshetConfig config = job.config();
        for (ViewText view : given.views(job.views())) {
            ArchiveSpec run = ArchiveSpec.prepare(KafkaSettings.of(config), config.namespace(), view, directory);
            if (!run.isUpToDate()) {
                StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
                new ArchiveJob(run, config.flink().parallelism()).assemble(env);
                env.execute("freshet archive " + run.view());
            }
            int compacted = run.compact(given.flags().contains("--compact") ? 1 : ArchiveSpec.MOST_FILES);
            ArchiveReport report = ArchiveReport.of(run, compacted);
            System.out.printf(
                    Locale.ROOT,
                    "view %s: %d rows added, %d rows in %d files%n",
                    report.view(),
                    report.added(),
                    report.rows(),
                    report.files());
        }
    }

    @Override
    public void assemble(StreamExecutionEnvironment env) {
        Configuration settings = BatchSettings.create();
        // What failed once fails again, mostly; and to run the command again is to go on.
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
        env.configure(settings);
        env.setParallelism(parallelism);
        String view = spec.view();
        env.fromSource(
                        spec.history().source(),
                        WatermarkStrategy.<LoggedRow>noWatermarks()
                                .withTimestampAssigner(
                                        (row, before) -> row.head().asOfMillis()),
                        "history " + view)
                .map(new RowCount())
                .returns(ROWS)
                .keyBy(row -> ArchiveWriter.day(row.head().asOfMillis()), Types.LONG)
                .transform(
                        "write " + view,
                        Types.STRING,
                        new ArchiveWriter(
                                spec.text()::plan,
                                spec.history().schemas(),
                                spec.archive().root().toUri(),
                                spec.next().generation(),
                                spec.next().run(),
                                spec.offsets()))
                .transform(
                        "commit " + view,
                        Types.STRING,
                        new ArchiveCommitter(
                                spec.archive().root().toUri(), spec.next().text()))
                .setParallelism(1)
                .setMaxParallelism(1);
    }
}
