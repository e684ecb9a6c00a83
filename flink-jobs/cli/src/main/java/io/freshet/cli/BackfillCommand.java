/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.backfill.BackfillJob;
import io.freshet.backfill.BackfillReport;
import io.freshet.backfill.BackfillSpec;
import io.freshet.backfill.DelayUnknownException;
import io.freshet.backfill.Span;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.ViewText;
import io.freshet.eventfile.EventFiles;
import io.freshet.eventfile.NoEventFilesException;
import io.freshet.job.PreflightException;
import io.freshet.local.EmbeddedFlink;
import io.freshet.local.JobHandle;
import io.freshet.local.LocalStackException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet backfill}: rows of the past into the history, never into the online store. */
@Command(
        name = "backfill",
        description = {
            "Give views a past: replay their events, in order of event time, into the history alone.",
            "Repeating it writes only what is lacking; one that was interrupted is completed so."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the history has all rows that were asked for",
            "1:it has others in their place (nothing was written), or the job failed",
            "2:a view, setting or option is wrong, or a --delay is needed"
        },
        footer = {
            "",
            "Examples:",
            "  freshet backfill user_activity",
            "  freshet backfill user_activity --from 2026-01-01T00:00:00Z --to 2026-02-01T00:00:00Z --delay 1s",
            "  freshet backfill user_activity --files 'archive/*.parquet'"
        })
final class BackfillCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "First as_of of a row; events before it still fill the windows. Default: the beginning.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description =
                    "As_of before which rows are. Default: of each entity, where its live rows begin to be complete.")
    private @Nullable String to;

    @Option(
            names = "--delay",
            paramLabel = "DURATION",
            description = "How long after its as_of a reader could have had a row, e.g. 250ms. Default: that of earlier"
                    + " backfills of the view, else what 99 in 100 of its last live rows took.")
    private @Nullable String delay;

    @Option(
            names = "--allow-zero-delay",
            description = "Accept --delay 0ms: a labelled event may then find itself in its own features.")
    private boolean allowZeroDelay;

    @Option(
            names = "--files",
            paramLabel = "PATTERN",
            arity = "1..*",
            description = "Older events, before those of the topic: Avro, Parquet, JSON lines or CSV files, a folder of"
                    + " them, or a pattern like 'old/*.avro'.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--files-hold-all",
            description = "There were no events before those of the files: no value is warming on their account.")
    private boolean filesHoldAll;

    @Option(names = "--json", description = "The summary as one JSON object.")
    private boolean json;

    @Parameters(
            paramLabel = "VIEW",
            arity = "1..*",
            completionCandidates = ViewNames.class,
            description = "Names of views.")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call()
            throws CommandFailedException, DefinitionException, LocalStackException, JsonProcessingException,
                    InterruptedException {
        Settings settings = options.read();
        List<ViewText> views = settings.selected(names);
        for (ViewText view : views) {
            if (view.plan().view().isOverFiles()) {
                throw CommandFailedException.wrongInput("Cannot backfill view '"
                        + view.plan().view().name()
                        + "': its events come from files, which hold its past; 'freshet run "
                        + view.plan().view().name() + "' writes all of it");
            }
        }
        try {
            return run(BackfillSpec.prepare(settings.config(), views, request()));
        } catch (DelayUnknownException | NoEventFilesException | IllegalArgumentException e) {
            throw CommandFailedException.wrongInput(String.valueOf(e.getMessage()));
        } catch (PreflightException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
    }

    private BackfillSpec.Request request() throws CommandFailedException, NoEventFilesException {
        if (filesHoldAll && files.isEmpty()) {
            throw CommandFailedException.wrongInput("Cannot use --files-hold-all without --files");
        }
        return new BackfillSpec.Request(span(), delay(), EventFiles.find(files), filesHoldAll);
    }

    private int run(BackfillSpec backfill) throws LocalStackException, JsonProcessingException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        int port = backfill.config().flink().uiPort();
        try (EmbeddedFlink flink =
                EmbeddedFlink.start(port, backfill.config().flink().parallelism())) {
            JobHandle job = flink.run(new BackfillJob(backfill));
            err.println("flink  " + flink.webUi());
            err.flush();
            BackfillReport report = follow(backfill, job);
            out.println(
                    json
                            ? new ObjectMapper().writeValueAsString(BackfillText.fields(report))
                            : BackfillText.text(report));
            out.flush();
        }
        return Freshet.OK;
    }

    private BackfillReport follow(BackfillSpec backfill, JobHandle job)
            throws LocalStackException, InterruptedException {
        long events = backfill.topics().stream()
                .mapToLong(BackfillSpec.Topic::records)
                .sum();
        try (Progress progress = Progress.of("events", events, options.environment())) {
            Map<String, Long> counts =
                    progress.follow(job, so -> BackfillReport.of(backfill, so).read());
            return BackfillReport.of(backfill, counts);
        }
    }

    private Span span() throws CommandFailedException {
        long first = from == null ? Long.MIN_VALUE : time("--from", from);
        long end = to == null ? Long.MAX_VALUE : time("--to", to);
        if (first >= end) {
            throw CommandFailedException.wrongInput(
                    "Cannot backfill --from " + from + " --to " + to + ", expected an end behind the start");
        }
        return new Span(first, end);
    }

    private Optional<Duration> delay() throws CommandFailedException {
        if (delay == null) {
            return Optional.empty();
        }
        Duration given = DurationOptions.parse("--delay", delay);
        if (given.isZero() && !allowZeroDelay) {
            throw CommandFailedException.wrongInput("Cannot backfill with --delay " + delay
                    + ": a labelled event would find itself in its own features, expected at least 1ms"
                    + " (or --allow-zero-delay)");
        }
        return Optional.of(given);
    }

    private static long time(String option, String text) throws CommandFailedException {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            throw CommandFailedException.wrongInput(
                    "Cannot read " + option + " '" + text + "', expected a time like 2026-01-31T12:00:00Z");
        }
    }
}
