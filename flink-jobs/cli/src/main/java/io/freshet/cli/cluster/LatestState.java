/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the newest checkpoint or savepoint of a namespace's jobs in folders of this machine. */
public final class LatestState {

    private static final String METADATA = "_metadata";

    /** Of a job's id, what Flink puts into the name of its savepoints. */
    private static final int IN_SAVEPOINTS = 6;

    /** {@code <folder>/<job>/chk-7/_metadata}, {@code <folder>/savepoint-<job>-<random>/_metadata}. */
    private static final int DEPTH = 3;

    private LatestState() {}

    /**
     * The newest complete one; Flink writes its metadata last.
     *
     * @param folders of checkpoints and savepoints; those that are not there are skipped
     */
    public static Optional<KeptState> of(String namespace, List<Path> folders) throws IOException {
        Optional<Path> newest = Optional.empty();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                newest = Stream.concat(newest.stream(), ofNamespace(namespace, folder).stream())
                        .max(Comparator.comparing(LatestState::writtenAt));
            }
        }
        return newest.map(LatestState::state);
    }

    private static KeptState state(Path metadata) {
        String uri = metadata.toUri().toString();
        return new KeptState(
                uri.substring(0, uri.length() - METADATA.length() - 1),
                writtenAt(metadata).toMillis());
    }

    private static List<Path> ofNamespace(String namespace, Path folder) throws IOException {
        String job = JobIds.prefix(namespace);
        String savepoint = "savepoint-" + job.substring(0, IN_SAVEPOINTS) + "-";
        try (Stream<Path> files = Files.find(
                folder, DEPTH, (file, attributes) -> file.endsWith(METADATA), FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> {
                        String owner = folder.relativize(file).getName(0).toString();
                        return owner.startsWith(job) || owner.startsWith(savepoint);
                    })
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static FileTime writtenAt(Path metadata) {
        try {
            return Files.getLastModifiedTime(metadata);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
