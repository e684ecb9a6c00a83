/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The one temporary directory that holds all files of a stack. */
public final class WorkDirectory {

    private static final int ATTEMPTS = 5;

    private WorkDirectory() {}

    /** A new directory, with the folders that the parts expect. */
    public static Path create() throws LocalStackException {
        try {
            Path directory = Files.createTempDirectory("freshet-");
            for (String folder : List.of("kafka", "flink/tmp", "flink/blobs", "flink/web")) {
                Files.createDirectories(directory.resolve(folder));
            }
            return directory;
        } catch (IOException e) {
            throw new LocalStackException("Cannot create a temporary directory: " + e.getMessage(), e);
        }
    }

    /**
     * Deletes it with all that is in it. Threads of a stopping part may still remove or add a file of their own, so
     * what appears meanwhile is tried again.
     */
    public static void delete(Path directory) throws IOException {
        for (int attempt = 1; Files.exists(directory); attempt++) {
            try {
                deleteTree(directory);
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(directory)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
