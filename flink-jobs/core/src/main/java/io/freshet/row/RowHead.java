/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import java.util.Comparator;

/**
 * What places a row of the history in time. Its order is that of point-in-time reads: (available_at, as_of, seq).
 *
 * @param asOfMillis event time at which the values are true, ms since 1970 UTC
 * @param availableAtMillis from when a reader could have had the row, ms since 1970 UTC
 * @param seq number of the row among those of its entity
 * @param version version of the view
 * @param origin what made the row
 */
public record RowHead(long asOfMillis, long availableAtMillis, long seq, int version, RowOrigin origin)
        implements Comparable<RowHead> {

    private static final Comparator<RowHead> POINT_IN_TIME = Comparator.comparingLong(RowHead::availableAtMillis)
            .thenComparingLong(RowHead::asOfMillis)
            .thenComparingLong(RowHead::seq);

    /** By (available_at, as_of, seq): the greatest that was available at a moment is what was served then. */
    @Override
    public int compareTo(RowHead other) {
        return POINT_IN_TIME.compare(this, other);
    }
}
