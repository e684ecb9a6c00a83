/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.cli.explain.ExplainJson;
import io.freshet.cli.explain.ExplainText;
import io.freshet.cli.explain.Explanation;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.ViewPlan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet explain}: what a view costs. */
@Command(
        name = "explain",
        description = {
            "Tell what a view computes and what it costs: tiles, bytes of state per entity, rows per event, bytes in Redis.",
            "Costs are those of the job's own windows, filled with made-up events at stated rates, or with those of a file."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:the file of events cannot be read", "2:a view, setting or option is wrong"},
        footer = {
            "",
            "Examples:",
            "  freshet explain user_activity",
            "  freshet explain user_activity --events-per-day 250",
            "  freshet explain user_activity --events edits.json.gz",
            "  freshet explain user_activity --json | jq '.columns[] | {name, type}'"
        })
final class ExplainCommand implements Callable<Integer> {

    private static final double MOST_PER_DAY = 1_000_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(
            names = "--events-per-day",
            paramLabel = "N",
            description = "Tell the costs of an entity with that many events a day. Default: of 1, 20 and 1000.")
    private Optional<Double> eventsPerDay = Optional.empty();

    @Option(
            names = "--events",
            paramLabel = "FILE",
            description = "Measure with these events too: JSON lines or CSV with a head line, maybe .gz.")
    private Optional<Path> events = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object: columns with their types, tiles, costs.")
    private boolean json;

    @Parameters(
            index = "0",
            paramLabel = "VIEW",
            completionCandidates = ViewNames.class,
            description = "Name of the view.")
    private String viewName = "";

    @Override
    public Integer call() throws CommandFailedException, DefinitionException, JsonProcessingException {
        if (eventsPerDay.isPresent() && !(eventsPerDay.get() > 0 && eventsPerDay.get() <= MOST_PER_DAY)) {
            throw CommandFailedException.wrongInput("Cannot use --events-per-day " + eventsPerDay.get()
                    + ", expected a number above 0, up to a million");
        }
        Settings settings = options.read();
        ViewPlan view = settings.view(viewName);
        if (events.isPresent() && view.sources().size() > 1) {
            throw CommandFailedException.wrongInput("Cannot use --events with view '" + viewName
                    + "': its events come from several topics, a file has those of one");
        }
        String namespace = settings.config().namespace();
        Explanation explanation = Explanation.of(view, namespace, eventsPerDay, events.map(EventFile::new));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(ExplainJson.fields(explanation, namespace)));
        } else {
            ExplainText.print(explanation, out);
        }
        out.flush();
        return Freshet.OK;
    }
}
