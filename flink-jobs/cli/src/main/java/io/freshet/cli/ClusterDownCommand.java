/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.local.LocalStackException;
import io.freshet.local.cluster.LocalCluster;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet cluster down}: stops all processes of a cluster. */
@Command(
        name = "down",
        description = {
            "Stop a cluster: TaskManagers, JobManager, Kafka, Redis. Events, rows and checkpoints stay in its folder;",
            "after 'freshet cluster up', 'freshet deploy --from-checkpoint latest' goes on with a job that ran."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  freshet cluster down", "  freshet cluster down --delete"})
final class ClusterDownCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ClusterOptions options = new ClusterOptions();

    @Option(names = "--delete", description = "Delete its folder, too: events, rows, checkpoints.")
    private boolean delete;

    @Override
    public Integer call() throws LocalStackException {
        PrintWriter err = spec.commandLine().getErr();
        LocalCluster cluster = options.open();
        cluster.stop(part -> {
            err.println("  " + part.label() + " has stopped");
            err.flush();
        });
        if (delete) {
            cluster.delete();
        }
        err.println(
                delete
                        ? "All is stopped, " + cluster.directory() + " is deleted."
                        : "All is stopped, its files are in " + cluster.directory() + ".");
        return Freshet.OK;
    }
}
