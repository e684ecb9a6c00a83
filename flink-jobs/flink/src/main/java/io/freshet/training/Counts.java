/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

/** Names of what a training job counts, per view. */
final class Counts {

    /** Rows of the history that were read. */
    static final String READ = "read";

    /** Rows of the history left out because another version of the view made them. */
    static final String OTHER_VERSIONS = "otherVersions";

    /** Rows of the archive that were read. */
    static final String ARCHIVED = "archived";

    /** Rows of the archive left out because another version of the view made them. */
    static final String ARCHIVED_OTHER_VERSIONS = "archivedOtherVersions";

    /** Rows of the spine that found a row. */
    static final String MATCHED = "matched";

    /** Rows of the spine whose entity had no row yet. */
    static final String UNMATCHED = "unmatched";

    /** Rows of the spine whose row was further back than the greatest age. */
    static final String STALE = "stale";

    /** Rows of the spine whose entity the online store had dropped. */
    static final String EXPIRED = "expired";

    /** Rows of the spine whose row was made by a backfill. */
    static final String BACKFILLED = "backfilled";

    /** Values left out because they were warming. */
    static final String WARMING = "warming";

    /** Values that were warming, taken from a backfilled row. */
    static final String FILLED = "filled";

    private Counts() {}

    /** The name of a count of the view of that name. */
    static String of(String view, String count) {
        return view + "/" + count;
    }
}
