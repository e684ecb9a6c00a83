/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.restore;

import java.util.Locale;

/** What a restore counts. */
enum Count {
    /** Rows read, of the history and of the archive. */
    READ,
    /** Of them rows of the archive. */
    ARCHIVED,
    /** Rows that no reader could have had: a backfill wrote them. */
    BACKFILLED,
    /** Rows of other versions of the view. */
    OTHER_VERSIONS,
    /** Entities with a row. */
    ENTITIES,
    /** Entities whose row was written. */
    WRITTEN,
    /** Entities of which the store had that row, or a newer one. */
    THERE,
    /** Entities whose row would have been gone by now. */
    EXPIRED;

    /** Name of the accumulator. */
    String label() {
        return "restore " + name().toLowerCase(Locale.ROOT);
    }
}
