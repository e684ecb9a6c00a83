/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every command tells how it is used, to people and to programs. */
class CommandPagesTest {

    private static final Path PAGE = Path.of("docs/commands.md");

    /** Commands without {@code --json}, and why. */
    private static final Map<String, String> WITHOUT_JSON = Map.of(
            "produce", "prints one JSON object anyway",
            "completion", "prints a script",
            "cluster", "is a group of commands");

    static Set<String> commands() {
        return Freshet.commandLine(Map.of()).getSubcommands().keySet();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpHasAnExampleAndTellsExitCodes(String command) {
        StringWriter out = new StringWriter();
        int code =
                Freshet.commandLine(Map.of()).setOut(new PrintWriter(out, true)).execute(command, "--help");
        assertThat(code).isZero();
        assertThat(out.toString()).contains("Example").containsPattern("(?m)^ .*freshet " + command);
        assertThat(Stream.of(out.toString().split("\n")))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(140));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void whatItPrintsIsThereForProgramsToo(String command) {
        CommandLine line =
                requireNonNull(Freshet.commandLine(Map.of()).getSubcommands().get(command));
        boolean hasJson = line.getCommandSpec().findOption("--json") != null;
        assertThat(hasJson)
                .as("--json of %s, or else a reason in WITHOUT_JSON", command)
                .isNotEqualTo(WITHOUT_JSON.containsKey(command));
    }

    @Test
    void thePageOfCommandsIsMadeFromThem() throws Exception {
        String page = CommandPages.page(Freshet.commandLine(Map.of()));
        if (Boolean.getBoolean("freshet.generate")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as(
                        "%s is made from the code; make it anew with ./mvnw -q -pl flink-jobs/cli -am test"
                                + " -Dtest=CommandPagesTest -Dsurefire.failIfNoSpecifiedTests=false -Dfreshet.generate=true",
                        PAGE)
                .hasContent(page);
    }
}
