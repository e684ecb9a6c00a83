/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.eventfile;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.apache.flink.core.fs.Path;

/** Finds the files of events that patterns name, on any of Flink's file systems. */
public final class EventFiles {

    private EventFiles() {}

    /**
     * The files that some patterns name, by path, each once.
     *
     * @param patterns see {@link FileGlob}; relative to the working directory where they are local
     * @throws NoEventFilesException if a pattern names none, or one whose format is not known
     */
    public static List<String> find(List<String> patterns) throws NoEventFilesException {
        TreeSet<String> files = new TreeSet<>();
        for (String pattern : patterns) {
            try {
                List<FileGlob.Found> found = FileGlob.find("", pattern);
                if (found.isEmpty()) {
                    throw new NoEventFilesException(
                            "Cannot find events: no file is named by --files '" + pattern + "'");
                }
                found.forEach(file -> files.add(file.path()));
            } catch (IOException | IllegalArgumentException e) {
                throw new NoEventFilesException(
                        "Cannot look for events in --files '" + pattern + "': " + e.getMessage(), e);
            }
        }
        for (String file : files) {
            checkFormat(file);
        }
        return List.copyOf(files);
    }

    /**
     * Checks that the format of a file can be told from its name.
     *
     * @throws NoEventFilesException if it cannot
     */
    public static void checkFormat(String file) throws NoEventFilesException {
        if (!EventReader.knows(new Path(file).getName())) {
            throw new NoEventFilesException("Cannot tell the format of '" + file
                    + "' from its name, expected one that ends in " + EventReader.ENDINGS);
        }
    }
}
