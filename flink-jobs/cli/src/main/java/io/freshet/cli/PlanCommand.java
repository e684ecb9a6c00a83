/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.change.Consent;
import io.freshet.cli.cluster.Deployment;
import io.freshet.cli.plan.JobPlan;
import io.freshet.cli.plan.PlanJson;
import io.freshet.cli.plan.PlanText;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.ViewText;
import io.freshet.job.Bundle;
import io.freshet.rest.FlinkRest;
import io.freshet.rest.FlinkRestException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet plan}: what a deployment would change. */
@Command(
        name = "plan",
        description = {
            "Show what 'freshet deploy' would change against what runs: views and features, state that is kept and",
            "dropped, what will be warming and until when, topics that would be made or do not fit. Changes nothing.",
            "What could harm is refused, unless a flag agrees to it."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing unsafe, or agreed to",
            "1:something unsafe, or Flink or Kafka does not answer",
            "2:a view, setting or option is wrong"
        },
        footer = {
            "",
            "+ comes, - goes, ~ changes, = stays, ! is unsafe.",
            "",
            "Examples:",
            "  freshet plan",
            "  freshet plan user_activity --json"
        })
final class PlanCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Mixin
    private ConsentOptions consents = new ConsentOptions();

    @Option(names = "--json", description = "The plan as one JSON object.")
    private boolean json;

    @Parameters(
            paramLabel = "VIEW",
            arity = "0..*",
            completionCandidates = ViewNames.class,
            description = "Names of the views that are to run, all others being gone. Default: all.")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call()
            throws CommandFailedException, DefinitionException, FlinkRestException, JsonProcessingException {
        Settings settings = options.read();
        List<ViewText> views = settings.selected(names);
        Bundles bundles = new Bundles(options.source(), options.environment());
        Bundle wanted = bundles.bundle(views, "earliest");
        FlinkRest flink = new FlinkRest(settings.config().flink().rest());
        Deployment deployment = new Deployment(flink, settings.config().namespace(), step -> {});
        Set<Consent> given = consents.given();
        JobPlan plan = Plans.of(settings, deployment.last(), views, wanted, given);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(PlanJson.of(plan, given)));
        } else {
            PlanText.of(plan, given, spec.commandLine().getColorScheme().ansi()).forEach(out::println);
        }
        out.flush();
        return plan.refused(given).isEmpty() ? Freshet.OK : Freshet.FAILED;
    }
}
