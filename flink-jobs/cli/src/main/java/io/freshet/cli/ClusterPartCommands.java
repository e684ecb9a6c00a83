/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.local.LocalStackException;
import io.freshet.local.cluster.LocalCluster;
import io.freshet.local.cluster.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet cluster kill|stop|start PART}: what happens to machines, done on purpose to one process. */
final class ClusterPartCommands {

    private static final Duration LIMIT = Duration.ofSeconds(120);

    private ClusterPartCommands() {}

    /** What all three have. */
    abstract static class OfParts implements Callable<Integer> {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private ClusterOptions options = new ClusterOptions();

        @Parameters(paramLabel = "PART", arity = "1..*", description = "As 'freshet cluster status' names them.")
        private List<String> labels = new ArrayList<>();

        @Override
        public Integer call() throws CommandFailedException, LocalStackException {
            LocalCluster cluster = options.open();
            List<Part> parts = new ArrayList<>();
            for (String label : labels) {
                parts.add(ClusterOptions.part(cluster, label));
            }
            for (Part part : parts) {
                spec.commandLine().getErr().println(part.label() + " " + done(cluster, part));
            }
            return Freshet.OK;
        }

        abstract String done(LocalCluster cluster, Part part) throws LocalStackException;
    }

    /** Ends it without warning. */
    @Command(
            name = "kill",
            description = "End processes at once, as kill -9 does.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  freshet cluster kill taskmanager-1"})
    static final class Kill extends OfParts {
        @Override
        String done(LocalCluster cluster, Part part) throws LocalStackException {
            return cluster.kill(part) ? "is killed" : "did not run";
        }
    }

    /** Asks it to end. */
    @Command(
            name = "stop",
            description = "Ask processes to end, and wait for that.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  freshet cluster stop kafka"})
    static final class Stop extends OfParts {
        @Override
        String done(LocalCluster cluster, Part part) throws LocalStackException {
            return cluster.stop(part) ? "has stopped" : "did not run";
        }
    }

    /** Starts it again. */
    @Command(
            name = "start",
            description = "Start processes that do not run, and wait until they answer.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  freshet cluster start taskmanager-1"})
    static final class Start extends OfParts {
        @Override
        String done(LocalCluster cluster, Part part) throws LocalStackException {
            cluster.start(part, LIMIT);
            return "answers";
        }
    }
}
