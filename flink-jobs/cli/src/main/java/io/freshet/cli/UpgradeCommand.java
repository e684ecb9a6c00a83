/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.cli.cluster.Deployment;
import io.freshet.cli.cluster.JobJar;
import io.freshet.cli.cluster.Replacement;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.ViewText;
import io.freshet.job.Bundle;
import io.freshet.rest.FlinkRest;
import io.freshet.rest.FlinkRestException;
import io.freshet.rest.JobSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet upgrade}: new views, settings or code in the place of those that run. */
@Command(
        name = "upgrade",
        description = {
            "Put the views, settings and code of now in the place of what runs on the cluster at flink.rest: by a",
            "savepoint, so without a gap or double. The job is stopped only once the cluster has accepted the new one;",
            "where that does not come to run, the old one is started again."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the new job runs",
            "1:it does not; the message says whether the old one does",
            "2:a view, setting or option is wrong"
        },
        footer = {"", "Examples:", "  freshet upgrade", "  freshet upgrade user_activity --drop-state"})
final class UpgradeCommand implements Callable<Integer> {

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Mixin
    private JobOptions job = new JobOptions();

    @Option(
            names = "--drop-state",
            description = "Leave behind state of views and topics that are no longer there; else an error.")
    private boolean dropState;

    @Parameters(paramLabel = "VIEW", arity = "0..*", description = "Names of views. Default: all.")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call()
            throws CommandFailedException, DefinitionException, FlinkRestException, IOException, InterruptedException {
        Settings settings = options.read();
        List<ViewText> views = settings.selected(names);
        String namespace = settings.config().namespace();
        FlinkRest flink = new FlinkRest(settings.config().flink().rest());
        Deployment deployment = new Deployment(flink, namespace, job::tell);
        JobSummary running = deployment.requireJob();
        Optional<Bundle> old = deployment.bundle(running);
        Optional<String> oldJar = old.isPresent() ? deployment.jar(old.get()) : Optional.empty();
        String start = old.map(Bundle::start).orElse("earliest");
        try (JobJar packed = new Bundles(options.source(), options.environment()).pack(namespace, views, start)) {
            String jar = deployment.upload(packed);
            job.tell("trying out");
            flink.tryOut(jar, List.of());
            Replacement.Done done = new Replacement(flink, deployment, Optional.empty(), job.limit())
                    .replace(running, oldJar, jar, List.of(), dropState);
            deployment.deleteJarsBut(jar, oldJar);
            job.print(Map.entry("savepoint", done.savepoint()), Map.entry("job", done.job()));
        }
        return Freshet.OK;
    }
}
