/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.archive;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/**
 * A committed file of an archive.
 *
 * @param name its path within the folder of the view
 * @param date the day, UTC, of the as_of of all its rows
 * @param rows how many rows it holds, at least one
 * @param bytes how long it is
 * @param minAsOfMillis least as_of of its rows, ms since 1970 UTC
 * @param maxAsOfMillis greatest as_of of its rows, ms since 1970 UTC
 * @param offsets by partition of the history, what the runs read that wrote its rows; other files hold rows of them too
 */
public record ArchiveFile(
        String name,
        LocalDate date,
        long rows,
        long bytes,
        long minAsOfMillis,
        long maxAsOfMillis,
        Map<Integer, OffsetRange> offsets) {

    public ArchiveFile {
        offsets = Map.copyOf(new TreeMap<>(offsets));
    }

    /** The folder of a date within that of the view, as programs know it that read such folders as a column. */
    static String folder(LocalDate date) {
        return "date=" + date;
    }
}
