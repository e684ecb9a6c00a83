/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.cli.cluster.Deployment;
import io.freshet.cli.cluster.Replacement;
import io.freshet.definition.DefinitionException;
import io.freshet.job.Bundle;
import io.freshet.rest.FlinkRest;
import io.freshet.rest.FlinkRestException;
import io.freshet.rest.JobSummary;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet rescale}: the same job at another parallelism. */
@Command(
        name = "rescale",
        description = {
            "Run the job of the namespace, as it is, at another parallelism: by a savepoint, so without a gap or double.",
            "'freshet upgrade' goes back to flink.parallelism."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the job runs so", "1:it does not; the message says whether it runs as before"},
        footer = {"", "Example:", "  freshet rescale --parallelism 4"})
final class RescaleCommand implements Callable<Integer> {

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Mixin
    private JobOptions job = new JobOptions();

    @Option(names = "--parallelism", paramLabel = "N", required = true, description = "Subtasks of every operator.")
    private int parallelism;

    @Override
    public Integer call() throws CommandFailedException, DefinitionException, FlinkRestException, InterruptedException {
        if (parallelism < 1) {
            throw CommandFailedException.wrongInput(
                    "Cannot rescale to --parallelism " + parallelism + ", expected 1 or more");
        }
        Settings settings = options.read();
        FlinkRest flink = new FlinkRest(settings.config().flink().rest());
        Deployment deployment = new Deployment(flink, settings.config().namespace(), job::tell);
        JobSummary running = deployment.requireJob();
        String jar = jar(deployment, running);
        int slots = flink.overview().slots();
        if (parallelism > slots) {
            throw CommandFailedException.failed("Cannot rescale to --parallelism " + parallelism + ": the cluster has "
                    + slots + (slots == 1 ? " slot" : " slots"));
        }
        Replacement.Done done = new Replacement(flink, deployment, Optional.empty(), job.limit())
                .replace(running, Optional.of(jar), jar, Replacement.parallelism(parallelism), false);
        job.print(Map.entry("savepoint", done.savepoint()), Map.entry("job", done.job()));
        return Freshet.OK;
    }

    private static String jar(Deployment deployment, JobSummary running)
            throws FlinkRestException, CommandFailedException {
        Optional<Bundle> bundle = deployment.bundle(running);
        Optional<String> jar = bundle.isPresent() ? deployment.jar(bundle.get()) : Optional.empty();
        return jar.orElseThrow(() -> CommandFailedException.failed("Cannot start job " + running.id()
                + " again: the jar that it was started of is not on the cluster any more."
                + " Use 'freshet upgrade -D flink.parallelism=N'."));
    }
}
