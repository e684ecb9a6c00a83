/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.cli.cluster.Deployment;
import io.freshet.cli.cluster.DeploymentStatus;
import io.freshet.cli.cluster.StatusReader;
import io.freshet.cli.cluster.StatusText;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.ViewText;
import io.freshet.job.Bundle;
import io.freshet.rest.FlinkRest;
import io.freshet.rest.FlinkRestException;
import io.freshet.rest.JobSummary;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet status}: how the job of a namespace is doing on a Flink cluster. */
@Command(
        name = "status",
        description = "Show how the job of the namespace is doing on the cluster at flink.rest.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every task of the job runs", "1:none runs, or not all of it"},
        footer = {
            "",
            "Counts and rates are of the tasks since they were last started; the lag is by the offsets of the last",
            "checkpoint, so it is seldom 0. An exclamation mark: later than the view's target.",
            "",
            "Examples:",
            "  freshet status",
            "  freshet status --json"
        })
final class StatusCommand implements Callable<Integer> {

    private static final Duration REDIS_LIMIT = Duration.ofSeconds(3);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Override
    public Integer call()
            throws CommandFailedException, DefinitionException, FlinkRestException, JsonProcessingException {
        Settings settings = options.read();
        FlinkRest flink = new FlinkRest(settings.config().flink().rest());
        PrintWriter err = spec.commandLine().getErr();
        Deployment deployment = new Deployment(flink, settings.config().namespace(), err::println);
        JobSummary job = deployment.requireJob();
        Optional<Bundle> bundle = deployment.bundle(job);
        List<ViewText> views = bundle.isPresent() ? bundle.get().views() : settings.views();
        DeploymentStatus status = new StatusReader(
                        settings.config(), OnlineStore.options(settings.config(), REDIS_LIMIT), flink, err::println)
                .read(job, views.stream().map(ViewText::plan).toList());
        StatusText text = new StatusText(status, flink.address(), System.currentTimeMillis());
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? new ObjectMapper().writeValueAsString(text.fields()) : text.table());
        out.flush();
        return status.allRun() ? Freshet.OK : Freshet.FAILED;
    }
}
