/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.restore;

import java.util.Map;

/**
 * What came of a restore.
 *
 * @param view name of the view
 * @param read rows read, of the history and of the archive
 * @param archived of them rows of the archive
 * @param backfilled of them rows that a backfill wrote: no reader could have had them, and none was written
 * @param otherVersions of them rows of other versions of the view: none was written
 * @param entities entities with a row that could have been read
 * @param written entities whose newest row was written
 * @param there entities of which the store had that row, or a newer one
 * @param expired entities whose row would have been gone by now, and was not written
 * @param late rows that were committed only meanwhile, and were read then
 * @param lateWritten entities of which a row was written then
 * @param deleted at most so many rows were gone from the history, and not in an archive that was read
 * @param isComplete whether no transaction was left open
 */
public record RestoreReport(
        String view,
        long read,
        long archived,
        long backfilled,
        long otherVersions,
        long entities,
        long written,
        long there,
        long expired,
        long late,
        long lateWritten,
        long deleted,
        boolean isComplete) {

    /**
     * The report of a restore.
     *
     * @param counts what its job has counted
     * @param later what the job has counted that read what was committed meanwhile; empty where there was none
     * @param isComplete see {@link RestoreSpec.Rest}
     */
    public static RestoreReport of(
            RestoreSpec spec, Map<String, Long> counts, Map<String, Long> later, boolean isComplete) {
        return new RestoreReport(
                spec.name(),
                get(counts, Count.READ),
                get(counts, Count.ARCHIVED),
                get(counts, Count.BACKFILLED),
                get(counts, Count.OTHER_VERSIONS),
                get(counts, Count.ENTITIES),
                get(counts, Count.WRITTEN),
                get(counts, Count.THERE),
                get(counts, Count.EXPIRED),
                get(later, Count.READ),
                get(later, Count.WRITTEN),
                spec.deleted(),
                isComplete);
    }

    private static long get(Map<String, Long> counts, Count count) {
        return counts.getOrDefault(count.label(), 0L);
    }
}
