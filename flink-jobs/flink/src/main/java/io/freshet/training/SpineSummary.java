/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import java.util.List;

/**
 * What a look at the whole spine found.
 *
 * @param rows its rows
 * @param withoutTime rows whose time is null: no view gives them anything
 * @param withoutKey per view, rows of which a cell of the key is null
 * @param firstMillis earliest time, ms since 1970 UTC; {@link Long#MAX_VALUE} where there is none
 * @param lastMillis latest time, ms since 1970 UTC; {@link Long#MIN_VALUE} where there is none
 */
public record SpineSummary(long rows, long withoutTime, List<Long> withoutKey, long firstMillis, long lastMillis) {
    public SpineSummary {
        withoutKey = List.copyOf(withoutKey);
    }
}
