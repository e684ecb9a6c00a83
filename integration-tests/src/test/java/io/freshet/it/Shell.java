/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cli.Freshet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command line in this JVM, with the settings of one file and an environment of its own. */
final class Shell {

    private final Path settings;
    private final Map<String, String> environment;

    Shell(Path settings, Map<String, String> environment) {
        this.settings = settings;
        this.environment = new HashMap<>(environment);
    }

    /** What a command says, and how it ends. */
    record Result(int exitCode, String out, String err) {}

    /** Runs a command that ends well; gives what it prints. */
    String run(String... words) {
        Result result = tried(words);
        assertThat(result.exitCode())
                .as("%s: %s%s", List.of(words), result.out(), result.err())
                .isZero();
        return result.out();
    }

    /** Runs a command. */
    Result tried(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> command = new ArrayList<>(List.of(words));
        command.addAll(List.of("--config", settings.toString()));
        int exitCode = Freshet.commandLine(environment)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(command.toArray(String[]::new));
        return new Result(exitCode, out.toString(), err.toString());
    }
}
