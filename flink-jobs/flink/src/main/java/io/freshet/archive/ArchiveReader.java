/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.archive;

import io.freshet.table.ReadOptions;
import io.freshet.table.TableReader;
import io.freshet.table.TableSchema;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.core.fs.Path;

/** The archive of one view as it was committed when it was opened. Safe to use from any thread. */
public final class ArchiveReader {

    private final Archive archive;
    private final Manifest manifest;
    private final TableSchema schema;
    private final List<ArchiveFile> files;

    private ArchiveReader(Archive archive, Manifest manifest) {
        this.archive = archive;
        this.manifest = manifest;
        schema = manifest.schema();
        files = manifest.files().stream().map(Manifest.Entry::file).toList();
    }

    /**
     * Opens the archive of a view.
     *
     * @param directory the folder of archives
     * @throws ArchiveException if there is none
     */
    public static ArchiveReader open(Path directory, String view) throws IOException {
        Archive archive = Archive.of(directory, view);
        return new ArchiveReader(
                archive,
                archive.manifest()
                        .orElseThrow(() -> new ArchiveException("Cannot read the archive '" + archive.root()
                                + "': nothing was archived there; 'freshet archive " + view + "' does it")));
    }

    /** All columns that any file has. */
    public TableSchema schema() {
        return schema;
    }

    /** All files, in the order in which their rows came. */
    public List<ArchiveFile> files() {
        return files;
    }

    /** The files of the days from the first to the last, both included. */
    public List<ArchiveFile> files(LocalDate first, LocalDate last) {
        return files.stream()
                .filter(file -> !file.date().isBefore(first) && !file.date().isAfter(last))
                .toList();
    }

    /** How many rows there are. */
    public long rows() {
        return files.stream().mapToLong(ArchiveFile::rows).sum();
    }

    /**
     * By partition of the history, the first offset that is not in the archive. None where the topic was deleted and made
     * anew, or is not there: nothing of what it holds now is in the archive.
     *
     * @param limit how long Kafka may take to answer
     * @throws org.apache.kafka.common.KafkaException if Kafka cannot be asked
     */
    public Map<Integer, Long> nextOffsets(Properties kafka, Duration limit) {
        boolean isSame = TopicId.find(kafka, manifest.topic(), limit)
                .filter(manifest.topicId()::equals)
                .isPresent();
        return isSame ? nextOffsets() : Map.of();
    }

    Map<Integer, Long> nextOffsets() {
        return manifest.nextOffsets();
    }

    /** Where a file is, for programs of others. */
    public Path path(ArchiveFile file) {
        return archive.path(file);
    }

    /**
     * The rows of a file; null in columns that the view did not have when it was written.
     *
     * @throws io.freshet.table.TableException if the file is gone (a compaction has replaced it: open the archive anew),
     *     or no column has that name
     */
    public TableReader open(ArchiveFile file, ReadOptions options) throws IOException {
        return WidenedReader.open(archive.path(file), schema, options);
    }
}
