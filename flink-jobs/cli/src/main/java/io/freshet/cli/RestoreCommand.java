/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.archive.ArchiveException;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.ViewText;
import io.freshet.history.KafkaRefusal;
import io.freshet.local.EmbeddedFlink;
import io.freshet.local.LocalStackException;
import io.freshet.restore.RestoreJob;
import io.freshet.restore.RestoreReport;
import io.freshet.restore.RestoreSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet restore}: refills an online store that has lost rows. */
@Command(
        name = "restore",
        description = {
            "Write the newest row of each entity from the history of a view into Redis, which was emptied or has lost some.",
            "A newer row stays: the job may run meanwhile. A row lives as long as it had still to live."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Redis has the newest row that is committed, or a newer one, of each entity",
            "1:Kafka or Redis cannot be used; what is written stays, run it again",
            "2:a view, setting or option is wrong"
        },
        footer = {
            "",
            "Examples:",
            "  freshet restore",
            "  freshet restore user_activity --archive archive      # where retention has deleted rows from Kafka"
        })
final class RestoreCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(
            names = "--archive",
            paramLabel = "DIR",
            description = "Read the archives in that folder, and of the histories what is not in them yet.")
    private @Nullable String archive;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            description = "How long to wait, once all else is written, for rows that a running job commits at its next"
                    + " checkpoint. Default: 1m.")
    private String wait = "1m";

    @Option(names = "--json", description = "One JSON object per view, one a line.")
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
        Duration longest = DurationOptions.parse("--wait", wait);
        Settings settings = options.read();
        List<ViewText> views = new ArrayList<>(settings.selected(names));
        views.sort(Comparator.comparing(view -> view.plan().view().name()));
        List<RestoreSpec> restores = new ArrayList<>();
        for (ViewText view : views) {
            prepare(settings, view).ifPresent(restores::add);
        }
        try (EmbeddedFlink flink =
                EmbeddedFlink.start(0, settings.config().flink().parallelism())) {
            for (RestoreSpec restore : restores) {
                print(restored(restore, flink, longest));
            }
        } catch (KafkaException e) {
            throw unreadable(settings, e);
        }
        return Freshet.OK;
    }

    /** Empty for a view that has never run and was not asked for by name. */
    private Optional<RestoreSpec> prepare(Settings settings, ViewText view) throws CommandFailedException {
        try {
            return Optional.of(RestoreSpec.prepare(settings.config(), view, Optional.ofNullable(archive)));
        } catch (ArchiveException e) {
            throw CommandFailedException.wrongInput(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw CommandFailedException.wrongInput("Cannot use the folder '" + archive + "': " + e.getMessage());
        } catch (RestoreSpec.NeverRanException e) {
            if (names.isEmpty()) {
                spec.commandLine().getErr().println("Warning: " + e.getMessage());
                return Optional.empty();
            }
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        } catch (KafkaException e) {
            throw unreadable(settings, e);
        }
    }

    private static CommandFailedException unreadable(Settings settings, KafkaException e) {
        return CommandFailedException.failed("Cannot read the history on Kafka at "
                + settings.config().kafka().bootstrap() + ": " + KafkaRefusal.reason(e));
    }

    private RestoreReport restored(RestoreSpec restore, EmbeddedFlink flink, Duration longest)
            throws LocalStackException, InterruptedException {
        Map<String, Long> counts = run(restore, flink);
        RestoreSpec.Rest rest = restore.awaitRest(longest);
        Map<String, Long> later = rest.rest().isPresent() ? run(rest.rest().get(), flink) : Map.of();
        RestoreReport report = RestoreReport.of(restore, counts, later, rest.isComplete());
        RestoreText.warnings(report).forEach(spec.commandLine().getErr()::println);
        return report;
    }

    private Map<String, Long> run(RestoreSpec restore, EmbeddedFlink flink)
            throws LocalStackException, InterruptedException {
        try (Progress progress = Progress.of(restore.name(), restore.rowsAtMost(), options.environment())) {
            Map<String, Long> counts = progress.follow(
                    flink.run(new RestoreJob(restore)), known -> known.getOrDefault(RestoreJob.ROWS_READ, 0L));
            progress.reach(restore.rowsAtMost());
            return counts;
        }
    }

    private void print(RestoreReport report) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(RestoreText.fields(report)));
        } else {
            RestoreText.lines(report).forEach(out::println);
        }
        out.flush();
    }
}
