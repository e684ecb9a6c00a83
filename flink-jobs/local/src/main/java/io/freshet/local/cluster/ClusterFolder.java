/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.local.cluster;

import io.freshet.local.LocalStackException;
import io.freshet.local.WorkDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the files of a cluster are.
 *
 * @param root the folder, absolute
 */
record ClusterFolder(Path root) {

    static ClusterFolder at(Path root) {
        return new ClusterFolder(root.toAbsolutePath().normalize());
    }

    Path layout() {
        return root.resolve("cluster.properties");
    }

    Path environment() {
        return root.resolve("env");
    }

    Path conf() {
        return root.resolve("conf");
    }

    /** What a process writes: standard output and error, or of Flink's processes the log itself. */
    Path log(Part part) {
        return root.resolve("log").resolve(part.label() + ".log");
    }

    Path output(Part part) {
        return root.resolve("log").resolve(part.label() + ".out");
    }

    Path pid(Part part) {
        return root.resolve("pid").resolve(part.label());
    }

    Path temporary(Part part) {
        return root.resolve("tmp").resolve(part.label());
    }

    Path redis() {
        return root.resolve("redis");
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    Path checkpoints() {
        return root.resolve("checkpoints");
    }

    Path savepoints() {
        return root.resolve("savepoints");
    }

    Path uploads() {
        return root.resolve("jars");
    }

    void create(List<Part> parts) throws LocalStackException {
        try {
            for (Path folder : List.of(
                    conf(), root.resolve("log"), root.resolve("pid"), redis(), kafka(), checkpoints(), uploads())) {
                Files.createDirectories(folder);
            }
            Files.createDirectories(savepoints());
            for (Part part : parts) {
                Files.createDirectories(temporary(part));
            }
        } catch (IOException e) {
            throw new LocalStackException("Cannot make the folder of the cluster " + root + ": " + e, e);
        }
    }

    void delete() throws LocalStackException {
        try {
            WorkDirectory.delete(root);
        } catch (IOException e) {
            throw new LocalStackException("Cannot delete the folder of the cluster " + root + ": " + e, e);
        }
    }
}
