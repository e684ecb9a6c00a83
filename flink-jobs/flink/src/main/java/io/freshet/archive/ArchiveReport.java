/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.archive;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What an archive holds after a run, and what the run did.
 *
 * @param view name of the view
 * @param added rows that the run added
 * @param rows all rows
 * @param files all files
 * @param bytes their length
 * @param dates days that have rows
 * @param first the first of them; empty where there is none
 * @param last the last of them; empty where there is none
 * @param compacted days that were compacted
 * @param lost see {@link ArchiveSpec#lost}
 */
public record ArchiveReport(
        String view,
        long added,
        long rows,
        int files,
        long bytes,
        int dates,
        Optional<LocalDate> first,
        Optional<LocalDate> last,
        int compacted,
        long lost) {

    /** Looks at the archive after a run. */
    public static ArchiveReport of(ArchiveSpec spec, int compacted) throws IOException {
        List<ArchiveFile> files = spec.archive()
                .manifest()
                .map(manifest ->
                        manifest.files().stream().map(Manifest.Entry::file).toList())
                .orElse(List.of());
        TreeSet<LocalDate> dates = new TreeSet<>();
        files.forEach(file -> dates.add(file.date()));
        long rows = files.stream().mapToLong(ArchiveFile::rows).sum();
        long before =
                spec.next().files().stream().mapToLong(Manifest.Entry::rows).sum();
        return new ArchiveReport(
                spec.view(),
                rows - before,
                rows,
                files.size(),
                files.stream().mapToLong(ArchiveFile::bytes).sum(),
                dates.size(),
                dates.isEmpty() ? Optional.empty() : Optional.of(dates.first()),
                dates.isEmpty() ? Optional.empty() : Optional.of(dates.last()),
                compacted,
                spec.lost());
    }
}
