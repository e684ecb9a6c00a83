/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** Finds the files that patterns name, on any of Flink's file systems. */
public final class EventFiles {

    private EventFiles() {}

    /**
     * The files that some patterns name, by name, each once.
     *
     * @param patterns a file; a folder, for all files in it whose format is known; or either with {@code *}, {@code ?},
     *     {@code [...]} or {@code {...}} in its last name. Relative to the working directory where it is local
     * @throws NoEventFilesException if a pattern names none, or one whose format is not known
     */
    public static List<String> find(List<String> patterns) throws NoEventFilesException {
        TreeSet<String> files = new TreeSet<>();
        for (String pattern : patterns) {
            try {
                List<String> found = find(pattern);
                if (found.isEmpty()) {
                    throw new NoEventFilesException(
                            "Cannot find events: no file is named by --files '" + pattern + "'");
                }
                files.addAll(found);
            } catch (IOException | IllegalArgumentException e) {
                throw new NoEventFilesException(
                        "Cannot look for events in --files '" + pattern + "': " + e.getMessage(), e);
            }
        }
        for (String file : files) {
            if (!EventReader.knows(new Path(file).getName())) {
                throw new NoEventFilesException("Cannot tell the format of '" + file
                        + "' from its name, expected one that ends in " + EventReader.ENDINGS);
            }
        }
        return List.copyOf(files);
    }

    private static List<String> find(String pattern) throws IOException {
        Path path = absolute(new Path(pattern));
        FileSystem system = path.getFileSystem();
        boolean isPattern = path.getName().matches(".*[*?\\[{].*");
        if (!isPattern) {
            if (!system.exists(path)) {
                return List.of();
            }
            return system.getFileStatus(path).isDir() ? known(system, path) : List.of(path.toString());
        }
        PathMatcher names = FileSystems.getDefault().getPathMatcher("glob:" + path.getName());
        List<String> found = new ArrayList<>();
        Path folder = path.getParent();
        for (FileStatus file : list(system, folder)) {
            if (names.matches(java.nio.file.Path.of(file.getPath().getName()))) {
                if (file.isDir()) {
                    found.addAll(known(system, file.getPath()));
                } else {
                    found.add(file.getPath().toString());
                }
            }
        }
        return found;
    }

    private static Path absolute(Path path) {
        return path.isAbsolute() || path.toUri().getScheme() != null
                ? path
                : new Path(
                        java.nio.file.Path.of(path.toString()).toAbsolutePath().toUri());
    }

    private static List<String> known(FileSystem system, Path folder) throws IOException {
        List<String> files = new ArrayList<>();
        for (FileStatus file : list(system, folder)) {
            if (!file.isDir() && EventReader.knows(file.getPath().getName())) {
                files.add(file.getPath().toString());
            }
        }
        return files;
    }

    private static FileStatus[] list(FileSystem system, Path folder) throws IOException {
        FileStatus[] found = system.exists(folder) ? system.listStatus(folder) : null;
        return found == null ? new FileStatus[0] : found;
    }
}
