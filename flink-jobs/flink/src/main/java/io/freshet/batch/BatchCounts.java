/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.batch;

import io.freshet.event.DeadLetterReason;
import java.util.Locale;

/** Names of what a run over files counts, as accumulators of its job. */
final class BatchCounts {

    /** Rows of files read, events and others. */
    static final String READ = "read";
    /** Greatest event time of all, ms; absent without events. */
    static final String REACHED = "reached";

    private static final String LETTERS = "dead_letters/";

    private BatchCounts() {}

    /** What is counted of rows made. */
    enum Of {
        /** Rows made. */
        MADE,
        /** Of these: not in the history, written. */
        WRITTEN,
        /** Of these: of a load before this run's, when the view was another: written as backfilled. */
        PAST,
        /** Of these: of a load before this run's and not in the history any more: left out. */
        GONE,
        /** Entities whose newest row is offered to the online store. */
        ONLINE
    }

    static String of(Of count) {
        return "rows/" + count.name().toLowerCase(Locale.ROOT);
    }

    /** Name of the number of dead letters for that reason. */
    static String letters(DeadLetterReason reason) {
        return LETTERS + reason.label();
    }
}
