/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that the machine may have. Tests that need one it lacks are skipped, and say so. */
final class Tool {

    private Tool() {}

    /** What it writes; the test is skipped where there is no such program, and fails where the program does. */
    static String output(String name, String lacking, List<String> arguments) throws IOException, InterruptedException {
        Optional<Path> program = Stream.of(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(program.isPresent(), () -> "There is no " + name + " on PATH: " + lacking);
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of(program.orElseThrow().toString()), arguments.stream())
                                .toList())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
