/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.function.Description.Group;
import io.freshet.function.FeatureFunction;
import io.freshet.function.Functions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** Files that are checked in, yet made from the functions there are. */
public final class GeneratedFiles {

    private static final String COMMAND =
            "./mvnw -q -pl flink-jobs/core -am test -Dsurefire.failIfNoSpecifiedTests=false"
                    + " '-Dtest=ViewJsonSchemaTest,ReferencePagesTest' -Dfreshet.write=true";

    private GeneratedFiles() {}

    /** The functions that files are made from: all but those of users' jars and of tests. */
    public static Collection<FeatureFunction> builtIn() {
        return Functions.all().functions().stream()
                .filter(function -> function.description().group() != Group.OTHER)
                .toList();
    }

    /** Compares a file with what it must be; with {@code -Dfreshet.write=true} it is written instead. */
    public static void check(Path file, String text) throws IOException {
        if (Boolean.getBoolean("freshet.write")) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as(file.normalize() + " is out of date. Write it anew with: " + COMMAND + "\n")
                .isEqualTo(text);
    }
}
