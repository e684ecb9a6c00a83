/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What this build has built, in a tree of its own that {@code ./freshet} finds to be up to date. */
final class LauncherHome implements AutoCloseable {

    private static final String CLI = "flink-jobs/cli/target";
    private static final List<String> BUILT = List.of("freshet-cli.jar", "lib");

    private final Path home;

    private LauncherHome(Path home) {
        this.home = home;
    }

    /** Sets it up in an empty folder. */
    static LauncherHome in(Path home) throws IOException {
        Files.createFile(home.resolve("pom.xml"));
        for (String sources : List.of("schemas", "deploy/demo", "flink-jobs")) {
            Files.createDirectories(home.resolve(sources));
        }
        Path built = Files.createDirectories(home.resolve(CLI));
        for (String name : BUILT) {
            Files.createSymbolicLink(
                    built.resolve(name), Path.of("..", CLI, name).toRealPath());
        }
        Files.createFile(built.resolve("launcher.stamp"));
        Files.copy(Path.of("../freshet"), home.resolve("freshet"));
        assertThat(home.resolve("freshet").toFile().setExecutable(true)).isTrue();
        return new LauncherHome(home);
    }

    /** Starts a command in a folder. */
    Command start(Path folder, Map<String, String> environment, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(home.resolve("freshet").toString()));
        command.addAll(List.of(words));
        return Command.start(folder, environment, command);
    }

    /** What a command says that ends well. */
    String output(Path folder, Map<String, String> environment, String... words) throws Exception {
        try (Command command = start(folder, environment, words)) {
            assertThat(command.exitCode()).as(command.output()).isZero();
            return command.output();
        }
    }

    /** Takes the links away, so that what they lead to stays when the folder is deleted. */
    @Override
    public void close() throws IOException {
        for (String name : BUILT) {
            Files.delete(home.resolve(CLI).resolve(name));
        }
    }
}
