/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import io.freshet.row.RowIdentity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row as the store holds it. Never changed.
 *
 * @param identity which row it is
 * @param availableAtMillis from when it could have been read, ms since 1970 UTC
 * @param values one per column of the plan that it was read for
 * @param warming names of the warming columns of the view
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StoredRow(
        RowIdentity identity,
        long availableAtMillis,
        @Nullable Object[] values,
        List<String> warming) {
    StoredRow {
        warming = List.copyOf(warming);
    }
}
