/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an entity behind its last committed row.
 *
 * @param served rows that the job must have served by its watermark: missing, unless the online store shows that they only
 *     wait for being committed
 * @param next the rows that the events give next, which the online store may hold
 */
record Ending(List<Difference> served, List<Next> next) {

    Ending {
        served = List.copyOf(served);
        next = List.copyOf(next);
    }

    /**
     * A row to come.
     *
     * @param asOfMillis event time
     * @param seq its number
     * @param values one per column
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Next(long asOfMillis, long seq, @Nullable Object[] values) {}
}
