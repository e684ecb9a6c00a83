/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.archive.ArchiveException;
import io.freshet.archive.ArchiveJob;
import io.freshet.archive.ArchiveReport;
import io.freshet.archive.ArchiveSpec;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.ViewText;
import io.freshet.history.KafkaRefusal;
import io.freshet.local.EmbeddedFlink;
import io.freshet.local.JobHandle;
import io.freshet.local.LocalStackException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet archive}: histories into Parquet files. */
@Command(
        name = "archive",
        description = {
            "Write the histories of views to Parquet files, by day; each row once, however often and wherever it stops.",
            "A run goes on where the last one ended: what is committed in the history by then."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the archive holds all that was committed when it began",
            "1:Kafka cannot be read, or the job failed; run it again",
            "2:a view, setting or option is wrong, or the folder holds another archive"
        },
        footer = {
            "",
            "Examples:",
            "  freshet archive --dir archive",
            "  freshet archive user_activity --dir archive --compact",
            "  duckdb -c \"SELECT date, count(*) FROM 'archive/view=user_activity/*/*.parquet' GROUP BY date\""
        })
final class ArchiveCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(
            names = "--dir",
            required = true,
            paramLabel = "DIR",
            description = "Folder of the archives, one for each view; a path, or a URI of one of Flink's file systems.")
    private String directory = "";

    @Option(
            names = "--compact",
            description =
                    "Make one file of all small files of a day. Default: of more than " + ArchiveSpec.MOST_FILES + ".")
    private boolean compact;

    @Option(names = "--json", description = "The summary as one JSON object.")
    private boolean json;

    @Parameters(
            paramLabel = "VIEW",
            arity = "0..*",
            completionCandidates = ViewNames.class,
            description = "Names of views. Default: all.")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call()
            throws CommandFailedException, DefinitionException, LocalStackException, InterruptedException,
                    JsonProcessingException {
        Settings settings = options.read();
        List<ViewText> views = new ArrayList<>(settings.selected(names));
        views.sort(Comparator.comparing(view -> view.plan().view().name()));
        List<ArchiveSpec> runs = new ArrayList<>();
        for (ViewText view : views) {
            runs.add(prepare(settings, view));
        }
        warn(runs);
        if (!runs.stream().allMatch(ArchiveSpec::isUpToDate)) {
            run(runs, settings.config().flink());
        }
        List<ArchiveReport> reports = new ArrayList<>();
        for (ArchiveSpec run : runs) {
            reports.add(finish(run));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(ArchiveText.fields(directory, reports)));
        } else {
            reports.forEach(report -> out.println(ArchiveText.line(report)));
        }
        out.flush();
        return Freshet.OK;
    }

    private ArchiveSpec prepare(Settings settings, ViewText view) throws CommandFailedException {
        try {
            return ArchiveSpec.prepare(settings.kafka(), settings.config().namespace(), view, directory);
        } catch (ArchiveException e) {
            throw CommandFailedException.wrongInput(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw CommandFailedException.wrongInput("Cannot use the folder '" + directory + "': " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        } catch (KafkaException e) {
            throw CommandFailedException.failed("Cannot read the history on Kafka at "
                    + settings.config().kafka().bootstrap() + ": " + KafkaRefusal.reason(e));
        }
    }

    private void warn(List<ArchiveSpec> runs) {
        for (ArchiveSpec run : runs) {
            if (run.lost() > 0) {
                spec.commandLine()
                        .getErr()
                        .println("Warning: up to " + run.lost() + " rows of view '" + run.view()
                                + "' were deleted from its history before they were archived; archive more often, or"
                                + " raise history.retention");
            }
        }
    }

    private void run(List<ArchiveSpec> runs, FreshetConfig.Flink settings)
            throws LocalStackException, InterruptedException {
        try (EmbeddedFlink flink = EmbeddedFlink.start(0, settings.parallelism())) {
            for (ArchiveSpec run : runs) {
                if (!run.isUpToDate()) {
                    follow(run, flink.run(new ArchiveJob(run, settings.parallelism())));
                }
            }
        }
    }

    /** Rows are read, sorted and then written: each counts for a half when it is read, and for the other when written. */
    private void follow(ArchiveSpec run, JobHandle job) throws LocalStackException, InterruptedException {
        try (Progress progress = Progress.of(run.view(), run.rowsAtMost(), options.environment())) {
            progress.follow(
                    job,
                    counts -> (counts.getOrDefault(ArchiveJob.ROWS_READ, 0L)
                                    + counts.getOrDefault(ArchiveJob.ROWS_WRITTEN, 0L))
                            / 2);
            progress.reach(run.rowsAtMost());
        }
    }

    private ArchiveReport finish(ArchiveSpec run) throws CommandFailedException {
        try {
            int compacted = run.compact(compact ? 1 : ArchiveSpec.MOST_FILES);
            return ArchiveReport.of(run, compacted);
        } catch (IOException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
    }
}
