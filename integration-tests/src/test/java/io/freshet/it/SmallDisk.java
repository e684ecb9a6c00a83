/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder in which there can be no room: a file system of its own of a few megabytes, where the tests run as root and may
 * mount one; elsewhere a folder that is made read-only, which to who writes is another error at the same place.
 */
final class SmallDisk implements AutoCloseable {

    private static final int CHUNK = 1 << 16;

    private final Path folder;
    private final boolean isMounted;

    private SmallDisk(Path folder, boolean isMounted) {
        this.folder = folder;
        this.isMounted = isMounted;
    }

    static SmallDisk at(Path folder) throws Exception {
        Files.createDirectories(folder);
        return new SmallDisk(folder, run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder.toString()));
    }

    private static boolean run(String... words) throws Exception {
        try {
            return new ProcessBuilder(words).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    Path folder() {
        return folder;
    }

    /** What is done, in words. */
    String kind() {
        return isMounted ? "no space left for checkpoints" : "folder of checkpoints read-only";
    }

    /** Leaves no room. */
    void fill() throws Exception {
        if (!isMounted) {
            setWritable(false);
            return;
        }
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (true) {
                out.write(new byte[CHUNK]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    /** Makes room again. */
    void free() throws Exception {
        if (isMounted) {
            Files.deleteIfExists(filler());
        } else {
            setWritable(true);
        }
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    private void setWritable(boolean isWritable) throws IOException {
        List<Path> folders;
        try (Stream<Path> all = Files.walk(folder)) {
            folders = all.filter(Files::isDirectory).toList();
        }
        for (Path each : folders) {
            assertThat(each.toFile().setWritable(isWritable)).isTrue();
        }
    }

    @Override
    public void close() throws Exception {
        free();
        if (isMounted) {
            // Lazily: a process that still has a file open there does not hold it up.
            assertThat(run("umount", "-l", folder.toString())).isTrue();
        }
    }
}
