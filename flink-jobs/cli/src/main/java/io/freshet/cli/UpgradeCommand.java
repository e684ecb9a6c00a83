/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.cli.cluster.Deployment;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.ViewText;
import io.freshet.rest.FlinkRest;
import io.freshet.rest.FlinkRestException;
import io.freshet.rest.JobSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code freshet upgrade}: new views, settings or code in the place of those that run. */
@Command(
        name = "upgrade",
        description = {
            "Put the views, settings and code of now in the place of what runs on the cluster at flink.rest: by a",
            "savepoint, so without a gap or double, as 'freshet plan' shows. The job is stopped only once the cluster has",
            "accepted the new one; where that does not come to run, the old one is started again."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the new job runs",
            "1:it does not, or it is unsafe; the message says whether the old one does",
            "2:a view, setting or option is wrong"
        },
        footer = {"", "Examples:", "  freshet upgrade", "  freshet upgrade user_activity --drop-state"})
final class UpgradeCommand implements Callable<Integer> {

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Mixin
    private JobOptions job = new JobOptions();

    @Mixin
    private ConsentOptions consents = new ConsentOptions();

    @Parameters(paramLabel = "VIEW", arity = "0..*", description = "Names of views. Default: all.")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call()
            throws CommandFailedException, DefinitionException, FlinkRestException, IOException, InterruptedException {
        Settings settings = options.read();
        List<ViewText> views = settings.selected(names);
        FlinkRest flink = new FlinkRest(settings.config().flink().rest());
        Deployment deployment = new Deployment(flink, settings.config().namespace(), job::tell);
        JobSummary running = deployment.requireJob();
        new JobChange(settings, options, job, consents).make(deployment, flink, running, views);
        return Freshet.OK;
    }
}
