/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet cluster}: Flink, Kafka and Redis on this machine, each a process of its own. */
@Command(
        name = "cluster",
        description = "Run Flink, Kafka and Redis on this machine as processes of their own, as a deployment has them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ClusterUpCommand.class,
            ClusterDownCommand.class,
            ClusterStatusCommand.class,
            ClusterPartCommands.Kill.class,
            ClusterPartCommands.Stop.class,
            ClusterPartCommands.Start.class
        },
        footer = {
            "",
            "Examples:",
            "  freshet cluster up",
            "  freshet cluster kill taskmanager-1",
            "  freshet cluster down"
        })
final class ClusterCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: up, down, status, kill, stop or start");
    }
}
