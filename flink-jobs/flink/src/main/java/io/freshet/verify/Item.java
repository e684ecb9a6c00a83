/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.event.SelectedEvent;
import io.freshet.history.LoggedRow;

/** What is laid side by side for each entity, in the order of time. */
sealed interface Item {

    /** In place of a watermark: any may have been reached. */
    long ANY_WATERMARK = Long.MAX_VALUE;

    /** The entity key. */
    String entity();

    /** Event time, ms: of an event its own, of a row its as_of. */
    long timeMillis();

    /**
     * An event of one of the view's topics.
     *
     * @param event what the view reads of it
     * @param watermarkLimitMillis the greatest watermark that any job can have reached when it took the event in, by what
     *     came before in its partition; {@link #ANY_WATERMARK} where the partition may have been idle before
     */
    record Event(SelectedEvent event, long watermarkLimitMillis) implements Item {
        @Override
        public String entity() {
            return event.entity();
        }

        @Override
        public long timeMillis() {
            return event.timeMillis();
        }

        int partition() {
            return event.partition();
        }

        long offset() {
            return event.offset();
        }

        long ingestedAtMillis() {
            return event.ingestedAtMillis();
        }
    }

    /**
     * A row of the history.
     *
     * @param row the row, its values still bytes
     * @param writtenMillis when it was written, wall clock, ms
     */
    record Logged(LoggedRow row, long writtenMillis) implements Item {
        @Override
        public String entity() {
            return row.entity();
        }

        @Override
        public long timeMillis() {
            return row.head().asOfMillis();
        }
    }
}
