/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.history;

import static java.util.Objects.requireNonNull;

import io.freshet.row.RowHead;

/**
 * A row as it lies in a history: placed in time, its values still bytes. Immutable by contract.
 *
 * @param view position of the view among those that are read together
 * @param entity the entity key, see EntityKey
 * @param head what places it in time
 * @param bytes the row, as {@link io.freshet.row.RowCodec} reads it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LoggedRow(int view, String entity, RowHead head, byte[] bytes) {

    public LoggedRow {
        requireNonNull(entity, "entity");
        requireNonNull(head, "head");
    }
}
