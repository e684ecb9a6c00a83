/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The file that says what an archive holds. On this machine's file system a new one takes the place of the old one at
 * once; where a file system cannot do that, the old one goes and the new one, which is whole by then, takes its name.
 */
final class ManifestFile {

    private static final String NAME = "_manifest.json";
    private static final String NEXT_NAME = "_manifest.new.json";

    private final Path root;
    private final FileSystem fs;
    private final Path current;
    private final Path next;

    ManifestFile(Path root, FileSystem fs) {
        this.root = root;
        this.fs = fs;
        current = new Path(root, NAME);
        next = new Path(root, NEXT_NAME);
    }

    /** The manifest, if anything was ever committed. */
    Optional<Manifest> read() throws IOException {
        Optional<String> text = text(current);
        if (text.isPresent()) {
            return Optional.of(parse(text.get()));
        }
        Optional<Manifest> whole = text(next).flatMap(ManifestFile::whole);
        if (whole.isPresent()) {
            return whole;
        }
        // It may have taken its name just now.
        text = text(current);
        return text.isPresent() ? Optional.of(parse(text.get())) : Optional.empty();
    }

    /** The first manifest of all may be cut off: then nothing was committed yet. */
    private static Optional<Manifest> whole(String text) {
        try {
            return Optional.of(Manifest.parse(text));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private Manifest parse(String text) throws ArchiveException {
        Manifest manifest;
        try {
            manifest = Manifest.parse(text);
        } catch (JsonProcessingException e) {
            throw new ArchiveException(
                    "Cannot read the archive '" + root + "': its " + NAME + " is not one: " + e.getOriginalMessage(),
                    e);
        }
        if (manifest.format() != Manifest.FORMAT) {
            throw new ArchiveException("Cannot read the archive '" + root + "': it is of form " + manifest.format()
                    + ", expected " + Manifest.FORMAT + "; another version of Freshet wrote it");
        }
        return manifest;
    }

    private Optional<String> text(Path file) throws IOException {
        try (FSDataInputStream in = fs.open(file)) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Puts a manifest in the place of the one that is there. */
    void replace(Manifest manifest) throws IOException {
        try (OutputStream out = fs.create(next, FileSystem.WriteMode.OVERWRITE)) {
            out.write(manifest.text().getBytes(StandardCharsets.UTF_8));
        }
        if (fs.isDistributedFS()) {
            fs.delete(current, false);
            takeName();
        } else {
            Archive.toDisk(next);
            Files.move(Archive.local(next), Archive.local(current), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void takeName() throws IOException {
        if (!fs.rename(next, current)) {
            throw new ArchiveException(
                    "Cannot write to the archive '" + root + "': renaming '" + next + "' to '" + current + "' failed");
        }
    }

    /** Ends what an interrupted run began: a new manifest that counts takes its name, one that does not goes. */
    void repair() throws IOException {
        if (!fs.exists(current) && read().isPresent()) {
            takeName();
        } else {
            fs.delete(next, false);
        }
    }
}
