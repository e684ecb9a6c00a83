/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher hands to Java; a script that tells its arguments stands in for Java, and nothing is built. */
class LauncherTest {

    private static final String OWN = "freshet-cli.jar:";

    @TempDir
    private Path folder;

    @BeforeEach
    void aSourceTreeThatIsBuilt() throws Exception {
        Path built = Files.createDirectories(folder.resolve("flink-jobs/cli/target/lib"))
                .getParent();
        Files.createFile(requireNonNull(built).resolve("launcher.stamp"));
        script("java/bin/java", """
                #!/bin/sh
                if [ "$1" = -version ]; then echo 'openjdk version "17.0.1"' >&2; exit 0; fi
                while [ "$1" != -cp ]; do shift; done
                echo "$2"
                """);
        script("freshet", Files.readString(Path.of("../../freshet")));
    }

    private void script(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(requireNonNull(file.getParent()));
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void withoutJarsOfTheUserTheClassPathIsFreshetsOwn() throws Exception {
        assertThat(classPath("", "functions")).contains(OWN).endsWith("/flink-jobs/cli/target/lib/*");
    }

    @Test
    void jarsInFunctionsBesideTheSettingsAreOnTheClassPath() throws Exception {
        Files.createDirectories(folder.resolve("functions"));
        Files.createDirectories(folder.resolve("shop/functions"));
        assertThat(classPath("", "functions")).contains(OWN).endsWith("/lib/*:./functions/*");
        assertThat(classPath("", "run", "--config", "shop/freshet.yaml", "x")).endsWith("/lib/*:shop/functions/*");
        assertThat(classPath("", "run", "--config=shop/freshet.yaml")).endsWith("/lib/*:shop/functions/*");
        assertThat(classPath("", "run", "--config", "none/freshet.yaml")).endsWith("/lib/*");
    }

    @Test
    void jarsThatTheEnvironmentNamesAreOnTheClassPath() throws Exception {
        assertThat(classPath("/a/b.jar:c.jar", "functions")).contains(OWN).endsWith("/lib/*:/a/b.jar:c.jar");
    }

    private String classPath(String functions, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("./freshet"));
        command.addAll(List.of(arguments));
        ProcessBuilder launcher =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
        launcher.environment().put("JAVA_HOME", folder.resolve("java").toString());
        launcher.environment().put("FRESHET_FUNCTIONS", functions);
        Process process = launcher.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return text.strip();
    }
}
