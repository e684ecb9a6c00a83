/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import io.freshet.event.SelectedEvent;
import io.freshet.history.LoggedRow;

/** What is known of one entity at one moment: a replay takes these in order of their time. */
sealed interface ReplayItem {

    /** The entity key, see EntityKey. */
    String entity();

    /**
     * An event.
     *
     * @param event the event
     */
    record Event(SelectedEvent event) implements ReplayItem {
        @Override
        public String entity() {
            return event.entity();
        }
    }

    /**
     * A row that an earlier backfill wrote.
     *
     * @param row the row
     */
    record Logged(LoggedRow row) implements ReplayItem {
        @Override
        public String entity() {
            return row.entity();
        }
    }

    /**
     * Where the live rows of the entity begin to be complete. Comes before all else of the entity; no such item where it
     * has none.
     *
     * @param entity the entity key
     * @param fromMillis as_of of the first complete live row after the last that is warming, ms;
     *     {@link Long#MAX_VALUE} if none is
     */
    record LiveRows(String entity, long fromMillis) implements ReplayItem {}
}
