/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.ViewText;
import io.freshet.job.JobSpec;
import io.freshet.job.PreflightException;
import io.freshet.local.EmbeddedFlink;
import io.freshet.local.JobHandle;
import io.freshet.local.LocalStackException;
import io.freshet.operator.AvailableAt;
import io.freshet.source.EventRange;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet run}: computes views on a Flink in this process: over topics until Ctrl-C, over files to their end. */
@Command(
        name = "run",
        description = {
            "Compute feature views on a Flink in this process, until Ctrl-C.",
            "A view over files is computed to their end; repeating it loads the files that have come since."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the end was reached", "1:the job failed", "2:a view or setting is wrong"},
        footer = {
            "",
            "Examples:",
            "  freshet run user_activity",
            "  freshet run --from earliest --until-end --replay-delay 1s",
            "  freshet run user_profile"
        })
final class RunCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(names = "--until-end", description = "Stop after the last event there is now.")
    private boolean untilEnd;

    @Option(
            names = "--from",
            paramLabel = "earliest|latest|TIME",
            defaultValue = "earliest",
            description = "First event: the oldest, the next, or the first Kafka took in at an ISO 8601 time."
                    + " Default: earliest.")
    private String from = "earliest";

    @Option(
            names = "--replay-delay",
            paramLabel = "DURATION",
            description = "The events are of the past: rows are available that long after their as_of, e.g. 1s.")
    private @Nullable String replayDelay;

    @Option(
            names = "--json",
            description =
                    "Print one JSON object: once the job runs, its id and where Flink shows it; of views over files"
                            + " the summary of each, one a line.")
    private boolean json;

    @Parameters(
            paramLabel = "VIEW",
            arity = "0..*",
            completionCandidates = ViewNames.class,
            description = "Names of views, all over topics or all over files. Default: all there are.")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call()
            throws CommandFailedException, DefinitionException, LocalStackException, InterruptedException,
                    JsonProcessingException {
        EventRange range = new EventRange(start(from), untilEnd ? EventRange.End.AT_LATEST : EventRange.End.NEVER);
        AvailableAt availableAt = replayDelay == null
                ? new AvailableAt.Live()
                : new AvailableAt.Delayed(DurationOptions.parse("--replay-delay", replayDelay));
        Settings settings = options.read();
        List<ViewText> views = settings.selected(names);
        if (FilesRun.isOverFiles(views)) {
            checkForFiles();
            return new FilesRun(spec, settings, options.environment(), json).run(views);
        }
        try {
            return run(JobSpec.prepare(settings.config(), views, range, availableAt));
        } catch (PreflightException e) {
            throw CommandFailedException.failed(
                    Optional.ofNullable(e.getMessage()).orElse("Cannot look at the topics"));
        }
    }

    private void checkForFiles() throws CommandFailedException {
        for (String option : List.of("--until-end", "--from", "--replay-delay")) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw CommandFailedException.wrongInput("Cannot use " + option + " with views over files: they are read"
                        + " whole, to their end, and 'source.available' says when their rows are available");
            }
        }
    }

    private int run(JobSpec job) throws LocalStackException {
        PrintWriter err = spec.commandLine().getErr();
        FreshetConfig.Flink settings = job.config().flink();
        try (EmbeddedFlink flink =
                EmbeddedFlink.start(settings.uiPort(), settings.parallelism(), settings.metricsPort())) {
            JobHandle handle = flink.run(job);
            err.println("job      " + handle.jobId());
            err.println("flink    " + flink.webUi());
            flink.metrics().ifPresent(address -> err.println("metrics  " + address));
            err.println(untilEnd ? "Runs to the last event there is now." : "Ctrl-C stops it.");
            err.flush();
            if (json) {
                PrintWriter out = spec.commandLine().getOut();
                out.println("{\"job\":\"" + handle.jobId() + "\",\"flink\":\"" + flink.webUi() + "\"}");
                out.flush();
            }
            handle.awaitEnd();
            err.println("Done.");
            return Freshet.OK;
        }
    }

    private static EventRange.Start start(String text) throws CommandFailedException {
        if (text.equals("earliest")) {
            return new EventRange.Earliest();
        }
        if (text.equals("latest")) {
            return new EventRange.Latest();
        }
        try {
            return new EventRange.At(Instant.parse(text).toEpochMilli());
        } catch (DateTimeParseException e) {
            throw CommandFailedException.wrongInput(
                    "Cannot read --from '" + text + "', expected earliest, latest or a time like 2026-01-31T12:00:00Z");
        }
    }
}
