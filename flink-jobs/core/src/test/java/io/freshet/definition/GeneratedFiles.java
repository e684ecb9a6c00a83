/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that are made from the code: checked, or written anew with {@code -Dfreshet.generate=true}. */
final class GeneratedFiles {

    private static final boolean GENERATE = Boolean.getBoolean("freshet.generate");

    private GeneratedFiles() {}

    /** The file holds exactly that text. */
    static void assertIs(Path file, String text) throws IOException {
        if (GENERATE) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(file)
                .as(
                        "%s is made from the code; make it anew with"
                                + " ./mvnw -q -pl flink-jobs/core -am test -Dfreshet.generate=true",
                        file)
                .hasContent(text);
    }
}
