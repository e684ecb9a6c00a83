/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.local.LocalStackException;
import io.freshet.local.cluster.LocalCluster;
import io.freshet.local.cluster.Part;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that looks after a cluster on this machine. */
final class ClusterOptions {

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Folder of the cluster. Default: .freshet/cluster beside the settings.")
    private @Nullable Path folder;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings. Default: freshet.yaml in this folder.")
    private @Nullable Path settings;

    // Read by Failures, from the parsed arguments.
    @SuppressWarnings("UnusedVariable")
    @Option(names = "--debug", description = "Show stack traces.")
    private boolean debug;

    /** The folder of the cluster. */
    Path folder() {
        return Optional.ofNullable(folder).orElseGet(() -> beside(Optional.ofNullable(settings)));
    }

    /** Where the cluster of a settings file is. */
    static Path beside(Optional<Path> settings) {
        return settings.flatMap(file -> Optional.ofNullable(file.getParent()))
                .orElse(Path.of(""))
                .resolve(".freshet/cluster");
    }

    /** The cluster, which there must be. */
    LocalCluster open() throws LocalStackException {
        return LocalCluster.open(folder());
    }

    /** The part of that name. */
    static Part part(LocalCluster cluster, String label) throws CommandFailedException {
        return cluster.layout().parts().stream()
                .filter(part -> part.label().equals(label))
                .findFirst()
                .orElseThrow(() ->
                        CommandFailedException.wrongInput("Unknown part '" + label + "' of the cluster (known: "
                                + String.join(
                                        ", ",
                                        cluster.layout().parts().stream()
                                                .map(Part::label)
                                                .toList())
                                + ")"));
    }
}
