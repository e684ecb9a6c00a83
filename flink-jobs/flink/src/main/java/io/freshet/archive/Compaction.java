/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.archive;

import io.freshet.table.ReadOptions;
import io.freshet.table.TableFormat;
import io.freshet.table.TableReader;
import io.freshet.table.TableSchema;
import io.freshet.table.TableWriter;
import io.freshet.table.Tables;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Makes one file of the many small ones of a day. The manifest goes from the old files to the new one at once; who lists
 * the folder instead sees both between the renaming of the new file and the removal of the old ones, which follow each
 * other.
 */
final class Compaction {

    /** A file as large as that is left as it is. */
    private static final long SMALL_BYTES = 256L << 20;

    private final Archive archive;

    Compaction(Archive archive) {
        this.archive = archive;
    }

    /**
     * Compacts every day of more than that many small files.
     *
     * @return how many days it compacted
     */
    int run(int mostFiles) throws IOException {
        Map<LocalDate, List<ArchiveFile>> days = new TreeMap<>();
        if (archive.manifest().isEmpty()) {
            return 0;
        }
        for (Manifest.Entry entry : archive.manifest().get().files()) {
            if (entry.bytes() < SMALL_BYTES) {
                days.computeIfAbsent(entry.file().date(), day -> new ArrayList<>())
                        .add(entry.file());
            }
        }
        days.values().removeIf(files -> files.size() <= Math.max(1, mostFiles));
        for (Map.Entry<LocalDate, List<ArchiveFile>> day : days.entrySet()) {
            compact(day.getKey(), day.getValue());
        }
        return days.size();
    }

    private void compact(LocalDate date, List<ArchiveFile> files) throws IOException {
        Manifest manifest = archive.manifest().orElseThrow();
        String run = Archive.newRun();
        String name = Archive.fileName(date, manifest.generation() + 1, run, "compact");
        Path staged = archive.staged(run, name);
        long rows = write(manifest, files, staged);
        long expected = files.stream().mapToLong(ArchiveFile::rows).sum();
        if (rows != expected) {
            throw new ArchiveException("Cannot compact " + date + " of the archive '" + archive.root()
                    + "': its files hold " + rows + " rows, expected " + expected + " as the manifest says");
        }
        Manifest.Entry one = Manifest.Entry.of(new ArchiveFile(
                name,
                date,
                rows,
                archive.length(staged),
                files.stream().mapToLong(ArchiveFile::minAsOfMillis).min().orElseThrow(),
                files.stream().mapToLong(ArchiveFile::maxAsOfMillis).max().orElseThrow(),
                offsets(files)));
        Set<String> replaced = new HashSet<>();
        files.forEach(file -> replaced.add(file.name()));
        List<Manifest.Entry> kept = new ArrayList<>();
        List<Manifest.Entry> removed = new ArrayList<>();
        for (Manifest.Entry entry : manifest.files()) {
            if (!replaced.contains(entry.name())) {
                kept.add(entry);
            } else {
                // In the place of the first, so that files stay in the order in which their rows came.
                if (removed.isEmpty()) {
                    kept.add(one);
                }
                removed.add(entry);
            }
        }
        archive.commit(manifest.next(run, kept));
        archive.remove(removed);
    }

    private static Map<Integer, OffsetRange> offsets(List<ArchiveFile> files) {
        Map<Integer, OffsetRange> all = new HashMap<>();
        files.forEach(
                file -> file.offsets().forEach((partition, range) -> all.merge(partition, range, OffsetRange::and)));
        return all;
    }

    private long write(Manifest manifest, List<ArchiveFile> files, Path staged) throws IOException {
        TableSchema schema = manifest.schema();
        long rows = 0;
        try (TableWriter out = Tables.create(staged, TableFormat.PARQUET, schema)) {
            for (ArchiveFile file : files) {
                try (TableReader in = WidenedReader.open(archive.path(file), schema, ReadOptions.ALL)) {
                    for (@Nullable Object[] row = in.next(); row != null; row = in.next()) {
                        out.write(row);
                        rows++;
                    }
                }
            }
        }
        return rows;
    }
}
