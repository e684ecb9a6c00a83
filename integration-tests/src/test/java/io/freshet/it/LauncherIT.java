/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cli.Freshet;
import io.freshet.local.LocalStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's own function through {@code ./freshet}, from the folder {@code functions/} to Redis. */
class LauncherIT {

    private static LocalStack stack;
    private static LauncherHome launcher;

    @TempDir
    private static Path home;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.start(LocalStack.Options.freePorts());
        launcher = LauncherHome.in(home);
    }

    @AfterAll
    static void stop() throws Exception {
        stack.close();
        launcher.close();
    }

    @Test
    void aFunctionInTheFolderFunctionsIsThereForEveryCommand() throws Exception {
        OwnFunctionFolder own = OwnFunctionFolder.fill(folder, "launched", stack);
        try (Command validate = freshet(Map.of(), "validate", "views")) {
            assertThat(validate.exitCode()).isEqualTo(Freshet.WRONG_INPUT);
            assertThat(validate.output())
                    .contains("Unknown key 'weekend_share'", "put it into the folder functions/ beside freshet.yaml");
        }

        Path jar = OwnFunctionFolder.functionJar();
        Files.copy(jar, Files.createDirectory(folder.resolve("functions")).resolve(requireNonNull(jar.getFileName())));
        output(Map.of(), "validate", "views");
        assertThat(output(Map.of(), "functions", "--group", "other")).contains("weekend_share");
        try (Command run = freshet(Map.of(), "run")) {
            own.awaitTheShareOfAllEdits(run);
        }
        assertThat(output(Map.of(), "get", "weekend", "Ann"))
                .containsPattern("(?m)^  weekend_1d  0.6666666666666666$")
                .containsPattern("(?m)^  quiet_1d    0$")
                .containsPattern("(?m)^  is_quiet    false$");
        String later = OwnFunctionFolder.LAST.plusSeconds(60).toString();
        assertThat(output(Map.of(), "get", "weekend", "Ann", "--as-of", later))
                .containsPattern("(?m)^  weekend_1d  0.6666666666666666$")
                .contains("  quiet_1d    60000  (stored: 0)", "  is_quiet    true  (stored: false)");
        assertThat(output(Map.of(), "get", "weekend", "Ann", "--json", "--as-of", later))
                .contains("\"quiet_1d\":60000,\"is_quiet\":true}", "\"quiet_1d\":0,\"is_quiet\":false}");
    }

    @Test
    void itsRowsAreInTheHistoryOfARunThatEnds() throws Exception {
        OwnFunctionFolder.fill(folder, "ended", stack);
        Map<String, String> function =
                Map.of("FRESHET_FUNCTIONS", OwnFunctionFolder.functionJar().toString());
        output(function, "run", "--until-end", "--replay-delay", "1s");
        assertThat(output(function, "history", "weekend", "Ann", "--json")
                        .lines()
                        .filter(line -> line.startsWith("{")))
                .satisfiesExactly(
                        row -> assertThat(row).contains("\"weekend_1d\":0.0"),
                        row -> assertThat(row).contains("\"weekend_1d\":0.5"),
                        row -> assertThat(row).contains("\"weekend_1d\":0.6666666666666666"));
    }

    @Test
    void aTrainingSetOfItIsMadeInTheFolderAtHand() throws Exception {
        OwnFunctionFolder.fill(folder, "trained", stack);
        Map<String, String> function =
                Map.of("FRESHET_FUNCTIONS", OwnFunctionFolder.functionJar().toString());
        output(function, "run", "--until-end", "--replay-delay", "1s");
        Files.writeString(
                folder.resolve("labels.csv"),
                "user,timestamp\nAnn," + OwnFunctionFolder.LAST + "\nAnn," + OwnFunctionFolder.LAST.plusSeconds(1)
                        + "\n");

        output(function, "training-set", "--spine", "labels.csv", "--views", "weekend:weekend", "--out", "train.csv");

        assertThat(Files.readAllLines(folder.resolve("train.csv")))
                .satisfiesExactly(
                        head -> assertThat(head).isEqualTo("user,timestamp,weekend__as_of,weekend__weekend_1d"),
                        before -> assertThat(before).endsWith(",0.5"),
                        after -> assertThat(after).endsWith(",0.6666666666666666"));
        try (Command again = freshet(
                function, "training-set", "--spine", "labels.csv", "--views", "weekend", "--out", "train.csv")) {
            assertThat(again.exitCode()).isEqualTo(Freshet.WRONG_INPUT);
            assertThat(again.output()).contains("Cannot write train.csv: it is there already");
        }
        assertThat(folder.toFile().list()).noneMatch(name -> name.endsWith(".part"));
    }

    private String output(Map<String, String> environment, String... words) throws Exception {
        return launcher.output(folder, environment, words);
    }

    private Command freshet(Map<String, String> environment, String... words) throws Exception {
        return launcher.start(folder, environment, words);
    }
}
