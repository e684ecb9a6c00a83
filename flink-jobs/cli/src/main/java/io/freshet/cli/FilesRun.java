/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.batch.BatchException;
import io.freshet.batch.BatchJob;
import io.freshet.batch.BatchReport;
import io.freshet.batch.BatchSpec;
import io.freshet.definition.ViewText;
import io.freshet.job.PreflightException;
import io.freshet.local.EmbeddedFlink;
import io.freshet.local.LocalStackException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** Runs over the files of views, one view after the other. */
final class FilesRun {

    private final CommandSpec spec;
    private final Settings settings;
    private final Map<String, String> environment;
    private final boolean json;

    FilesRun(CommandSpec spec, Settings settings, Map<String, String> environment, boolean json) {
        this.spec = spec;
        this.settings = settings;
        this.environment = environment;
        this.json = json;
    }

    /**
     * Whether these views are over files.
     *
     * @throws CommandFailedException if some are and some are not
     */
    static boolean isOverFiles(List<ViewText> views) throws CommandFailedException {
        Map<Boolean, String> names = views.stream()
                .sorted(Comparator.comparing(view -> view.plan().view().name()))
                .collect(Collectors.partitioningBy(
                        view -> view.plan().view().isOverFiles(),
                        Collectors.mapping(view -> view.plan().view().name(), Collectors.joining(" "))));
        String files = names.getOrDefault(true, "");
        String topics = names.getOrDefault(false, "");
        if (!files.isEmpty() && !topics.isEmpty()) {
            throw CommandFailedException.wrongInput(
                    "Cannot run views over topics, which run on, together with views over"
                            + " files, which end: use 'freshet run " + topics + "' and 'freshet run " + files + "'");
        }
        return !files.isEmpty();
    }

    int run(List<ViewText> views)
            throws CommandFailedException, LocalStackException, InterruptedException, JsonProcessingException {
        List<ViewText> sorted = new ArrayList<>(views);
        sorted.sort(Comparator.comparing(view -> view.plan().view().name()));
        for (ViewText view : sorted) {
            try {
                show(run(BatchSpec.prepare(
                        settings.config(), view, settings.folder().toString())));
            } catch (BatchException e) {
                throw CommandFailedException.wrongInput(String.valueOf(e.getMessage()));
            } catch (PreflightException e) {
                throw CommandFailedException.failed(String.valueOf(e.getMessage()));
            }
        }
        return Freshet.OK;
    }

    private BatchReport run(BatchSpec run) throws LocalStackException, InterruptedException, PreflightException {
        try (EmbeddedFlink flink = EmbeddedFlink.start(
                        run.config().flink().uiPort(), run.config().flink().parallelism());
                Progress progress = Progress.of("rows of files", -1, environment)) {
            Map<String, Long> counts = progress.follow(flink.run(new BatchJob(run)), BatchReport::read);
            return run.finish(counts);
        }
    }

    private void show(BatchReport report) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                json ? new ObjectMapper().writeValueAsString(FilesRunText.fields(report)) : FilesRunText.text(report));
        out.flush();
    }
}
