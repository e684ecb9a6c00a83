/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.cli.cluster.Deployment;
import io.freshet.definition.DefinitionException;
import io.freshet.rest.FlinkRest;
import io.freshet.rest.FlinkRestException;
import io.freshet.rest.JobSummary;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet stop}: stops the job of a namespace on a Flink cluster. */
@Command(
        name = "stop",
        description = "Stop the job of the namespace on the cluster at flink.rest.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the job has stopped", "1:none runs, or it cannot be stopped"},
        footer = {"", "Examples:", "  freshet stop --savepoint", "  freshet stop --no-savepoint"})
final class StopCommand implements Callable<Integer> {

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Mixin
    private JobOptions job = new JobOptions();

    @Option(
            names = "--savepoint",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "With a savepoint, whose path is printed: the default. --no-savepoint cancels the job; its last"
                            + " checkpoint stays.")
    private boolean savepoint = true;

    @Option(names = "--to", paramLabel = "URI", description = "Where the savepoint goes. Default: as the cluster says.")
    private @Nullable String directory;

    @Override
    public Integer call() throws CommandFailedException, DefinitionException, FlinkRestException, InterruptedException {
        Settings settings = options.read();
        FlinkRest flink = new FlinkRest(settings.config().flink().rest());
        Deployment deployment = new Deployment(flink, settings.config().namespace(), job::tell);
        JobSummary running = deployment.requireJob();
        if (savepoint) {
            String path = deployment.stop(running, Optional.ofNullable(directory), job.limit());
            job.print(Map.entry("savepoint", path));
        } else {
            deployment.cancel(running.id(), job.limit());
            job.print(Map.entry("cancelled", running.id()));
        }
        return Freshet.OK;
    }
}
