/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands have that start or stop a job on a cluster. */
final class JobOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long starting, and how long stopping, may take. Default: 2m.")
    private String timeout = "2m";

    /** How long one step may take. */
    Duration limit() throws CommandFailedException {
        return DurationOptions.parse("--timeout", timeout);
    }

    /** Says what is being done. */
    void tell(String step) {
        command.commandLine().getErr().println(step + " ...");
        command.commandLine().getErr().flush();
    }

    /** Prints one line of the result. */
    void print(String name, String value) {
        PrintWriter out = command.commandLine().getOut();
        out.println("%-10s %s".formatted(name, value));
        out.flush();
    }

    /** Folders of this machine where checkpoints and savepoints of a job may be. */
    List<Path> stateFolders(Settings settings) {
        List<Path> folders = new ArrayList<>();
        settings.config().flink().checkpointDir().map(URI::create).ifPresent(dir -> {
            if ("file".equals(dir.getScheme())) {
                folders.add(Path.of(dir.getPath()));
            }
        });
        Path cluster = settings.folder().resolve(".freshet/cluster");
        folders.add(cluster.resolve("checkpoints"));
        folders.add(cluster.resolve("savepoints"));
        return folders;
    }
}
