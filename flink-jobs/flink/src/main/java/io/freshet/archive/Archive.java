/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The folder of one view's archive, on any of Flink's file systems.
 *
 * <pre>
 * &lt;dir&gt;/view=&lt;view&gt;/_manifest.json                   which files count; replacing it is the commit
 *                  /_manifest.new.json               the next, whole before the old one goes
 *                  /_staging/&lt;run&gt;/part-….tmp        what a run writes
 *                  /date=2026-01-31/part-….parquet   rows of that day's as_of
 * </pre>
 *
 * A run writes into its staging, renames the files to their places, and then replaces the manifest. Where it ends before
 * that, the next one removes what the manifest does not name and begins again from the same offsets.
 */
final class Archive {

    private static final String STAGING = "_staging";
    private static final String PART = "part-";
    private static final String ENDING = ".parquet";
    private static final String UNFINISHED = ".tmp";
    private static final int RUN_LETTERS = 8;

    private final Path root;
    private final FileSystem fs;
    private final ManifestFile manifestFile;

    private Archive(Path root, FileSystem fs) {
        this.root = root;
        this.fs = fs;
        manifestFile = new ManifestFile(root, fs);
    }

    /** The archive of a view in a folder of archives; neither need be there. */
    static Archive of(Path directory, String view) throws IOException {
        return at(new Path(directory, "view=" + view));
    }

    /** The archive in that folder. */
    static Archive at(Path root) throws IOException {
        return at(root, root.getFileSystem());
    }

    static Archive at(Path root, FileSystem fs) {
        return new Archive(root, fs);
    }

    Path root() {
        return root;
    }

    /** Place of a committed file. */
    Path path(ArchiveFile file) {
        return new Path(root, file.name());
    }

    /** A name for a run: another each time. */
    static String newRun() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, RUN_LETTERS);
    }

    /** Name of a file that a run will have written, within {@link #root}. */
    static String fileName(LocalDate date, long generation, String run, String number) {
        return ArchiveFile.folder(date) + "/" + PART + String.format("%06d", generation) + "-" + run + "-" + number
                + ENDING;
    }

    /** Where a run writes a file before it is committed. No pattern that finds Parquet files finds it. */
    Path staged(String run, String fileName) {
        return new Path(root, STAGING + "/" + run + "/" + fileName.replace('/', '.') + UNFINISHED);
    }

    /** The manifest, if anything was ever committed. */
    Optional<Manifest> manifest() throws IOException {
        return manifestFile.read();
    }

    /**
     * Makes a run's files and its manifest count.
     *
     * @param manifest the next one, the run's new files among its files
     * @throws ArchiveException if another run has committed since this one was prepared; this one's files are left staged
     */
    void commit(Manifest manifest) throws IOException {
        Optional<Manifest> now = manifest();
        if (now.isPresent() && now.get().run().equals(manifest.run())) {
            return; // This is a repetition of what was done.
        }
        long generation = now.map(Manifest::generation).orElse(0L);
        if (generation != manifest.generation() - 1) {
            throw new ArchiveException("Cannot commit to the archive '" + root + "': another run has, since this one"
                    + " began; run it again");
        }
        for (Manifest.Entry file : manifest.files()) {
            if (file.name().contains(manifest.run())) {
                Path staged = staged(manifest.run(), file.name());
                if (!fs.isDistributedFS()) {
                    toDisk(staged);
                }
                Path place = new Path(root, file.name());
                fs.mkdirs(place.getParent());
                rename(staged, place);
            }
        }
        manifestFile.replace(manifest);
        fs.delete(new Path(root, STAGING + "/" + manifest.run()), true);
    }

    /** So that a file of this machine is whole also after the power fails; others see to it when they are closed. */
    static void toDisk(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(local(file), StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private void rename(Path from, Path to) throws IOException {
        if (!fs.rename(from, to)) {
            throw new ArchiveException(
                    "Cannot write to the archive '" + root + "': renaming '" + from + "' to '" + to + "' failed");
        }
    }

    static java.nio.file.Path local(Path path) {
        return java.nio.file.Path.of(path.getPath());
    }

    /**
     * Removes what runs left that did not come to their end: nothing that the manifest names, and nothing that is not a
     * file of an archive.
     */
    void removeLeftovers(Optional<Manifest> manifest) throws IOException {
        fs.delete(new Path(root, STAGING), true);
        manifestFile.repair();
        Set<String> committed = new HashSet<>();
        manifest.ifPresent(known -> known.files().forEach(file -> committed.add(file.name())));
        for (String name : parts()) {
            if (!committed.contains(name)) {
                fs.delete(new Path(root, name), false);
            }
        }
    }

    /** Names of all files that look like ours, committed or not. */
    private List<String> parts() throws IOException {
        List<String> names = new ArrayList<>();
        if (!fs.exists(root)) {
            return names;
        }
        for (FileStatus folder : fs.listStatus(root)) {
            if (folder.isDir() && folder.getPath().getName().startsWith("date=")) {
                for (FileStatus file : fs.listStatus(folder.getPath())) {
                    String name = file.getPath().getName();
                    if (name.startsWith(PART) && name.endsWith(ENDING)) {
                        names.add(folder.getPath().getName() + "/" + name);
                    }
                }
            }
        }
        return names;
    }

    /** Removes files that a newer manifest no longer names. */
    void remove(List<Manifest.Entry> entries) throws IOException {
        for (Manifest.Entry entry : entries) {
            fs.delete(new Path(root, entry.name()), false);
        }
    }

    long length(Path file) throws IOException {
        return fs.getFileStatus(file).getLen();
    }

    /**
     * Makes sure that a run can write here.
     *
     * @throws ArchiveException if it cannot
     */
    void makeWritable(String run) throws IOException {
        Path probe = staged(run, "probe");
        try {
            fs.create(probe, FileSystem.WriteMode.OVERWRITE).close();
            fs.delete(probe, false);
        } catch (IOException e) {
            throw new ArchiveException("Cannot write to the archive '" + root + "': " + e.getMessage(), e);
        }
    }
}
