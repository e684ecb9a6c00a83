/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.change.Consent;
import io.freshet.cli.plan.JobPlan;
import io.freshet.cli.plan.PlanText;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    /** How long one step may take. */
    Duration limit() throws CommandFailedException {
        return DurationOptions.parse("--timeout", timeout);
    }

    /** Says what is being done. */
    void tell(String step) {
        command.commandLine().getErr().println(step + " ...");
        command.commandLine().getErr().flush();
    }

    /** Shows what is about to change. */
    void show(JobPlan plan, Set<Consent> given) {
        PrintWriter err = command.commandLine().getErr();
        PlanText.of(plan, given, command.commandLine().getColorScheme().ansi()).forEach(err::println);
        err.flush();
    }

    /** Prints the result: a line for each of its parts, or one JSON object. */
    @SafeVarargs
    final void print(Map.Entry<String, String>... parts) {
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, String> part : parts) {
                object.put(part.getKey(), part.getValue());
            }
            out.println(object);
        } else {
            for (Map.Entry<String, String> part : parts) {
                out.println("%-10s %s".formatted(part.getKey(), part.getValue()));
            }
        }
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
