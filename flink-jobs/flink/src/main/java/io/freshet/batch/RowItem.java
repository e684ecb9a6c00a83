/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.batch;

import io.freshet.history.LoggedRow;
import io.freshet.row.FeatureRow;

/** A row of an entity that is made, or that is in the history. */
sealed interface RowItem {

    /** The entity key. */
    String entity();

    /** As of when the row is, ms since 1970 UTC. */
    long asOfMillis();

    /**
     * A row that was made.
     *
     * @param row the row; available when the events it needs were
     * @param loadedAtMillis when the run looked that loaded the last of them, ms since 1970 UTC
     */
    record Made(FeatureRow row, long loadedAtMillis) implements RowItem {
        @Override
        public String entity() {
            return row.entity();
        }

        @Override
        public long asOfMillis() {
            return row.asOfMillis();
        }
    }

    /**
     * A row that is in the history.
     *
     * @param row the row
     */
    record Logged(LoggedRow row) implements RowItem {
        @Override
        public String entity() {
            return row.entity();
        }

        @Override
        public long asOfMillis() {
            return row.head().asOfMillis();
        }
    }
}
