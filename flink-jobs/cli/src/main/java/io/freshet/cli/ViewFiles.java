/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** YAML files: feature views, and tests of them. */
final class ViewFiles {

    private ViewFiles() {}

    /** These files, and the {@code .yaml} and {@code .yml} files of these folders, sorted. */
    static List<Path> in(List<Path> places) throws CommandFailedException {
        return in(places, "feature views");
    }

    /** As {@link #in(List)}, of files that messages call so. */
    static List<Path> in(List<Path> places, String what) throws CommandFailedException {
        List<Path> files = new ArrayList<>();
        for (Path place : places) {
            if (!Files.exists(place)) {
                throw CommandFailedException.wrongInput("Cannot find " + what + ": " + place + " does not exist");
            }
            files.addAll(Files.isDirectory(place) ? ofFolder(place, what) : List.of(place));
        }
        if (files.isEmpty()) {
            throw CommandFailedException.wrongInput("Cannot find " + what + ": no .yaml file in "
                    + String.join(", ", places.stream().map(Path::toString).toList()));
        }
        return files;
    }

    /** The text of a file. */
    static String text(Path file) throws CommandFailedException {
        return text(file, "a feature view");
    }

    /** As {@link #text(Path)}, of a file that messages call so. */
    static String text(Path file, String what) throws CommandFailedException {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw CommandFailedException.wrongInput("Cannot read " + what + ": " + Reading.reason(e));
        }
    }

    private static List<Path> ofFolder(Path folder, String what) throws CommandFailedException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw CommandFailedException.wrongInput("Cannot list " + what + ": " + Reading.reason(e));
        }
    }
}
