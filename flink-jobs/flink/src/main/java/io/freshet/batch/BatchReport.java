/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.batch;

import io.freshet.batch.BatchCounts.Of;
import io.freshet.event.DeadLetterReason;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run over files did.
 *
 * @param view the view
 * @param files files there are
 * @param loaded of these: loaded by this run
 * @param rows rows read of all files
 * @param deadLetters rows of the files loaded that are put aside, by reason
 * @param made feature rows made
 * @param written of these: written to the history as available from now, or as stated
 * @param past of these: written as backfilled: what earlier runs would have written of the view as it is now
 * @param gone of these: of earlier runs, and not in the history any more
 * @param online entities whose newest row was offered to the online store
 * @param reachedMillis greatest event time of all, ms since 1970 UTC; empty of no events
 * @param atMillis when the run looked for files, ms since 1970 UTC
 */
public record BatchReport(
        String view,
        int files,
        int loaded,
        long rows,
        SortedMap<String, Long> deadLetters,
        long made,
        long written,
        long past,
        long gone,
        long online,
        OptionalLong reachedMillis,
        long atMillis) {

    static BatchReport of(BatchSpec spec, Map<String, Long> counts) {
        SortedMap<String, Long> letters = new TreeMap<>();
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            Long number = counts.get(BatchCounts.letters(reason));
            if (number != null) {
                letters.put(reason.label(), number);
            }
        }
        long reached = counts.getOrDefault(BatchCounts.REACHED, Long.MIN_VALUE);
        return new BatchReport(
                spec.name(),
                spec.files().files().size(),
                spec.files().fresh().size(),
                read(counts),
                letters,
                count(counts, Of.MADE),
                count(counts, Of.WRITTEN),
                count(counts, Of.PAST),
                count(counts, Of.GONE),
                count(counts, Of.ONLINE),
                reached == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(reached),
                spec.run().atMillis());
    }

    /** Rows of files read so far, of what a job has counted. */
    public static long read(Map<String, Long> counts) {
        return counts.getOrDefault(BatchCounts.READ, 0L);
    }

    /** Rows made that are in the history already. */
    public long there() {
        return made - written - past - gone;
    }

    private static long count(Map<String, Long> counts, Of of) {
        return counts.getOrDefault(BatchCounts.of(of), 0L);
    }
}
