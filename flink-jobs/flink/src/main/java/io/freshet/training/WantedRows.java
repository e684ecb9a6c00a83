/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.row.RowHead;
import io.freshet.row.RowIdentity;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of one view that a spine names, in memory: of a history no others are sorted. */
final class WantedRows {

    /** About what a row takes: its entity, its identity, and its place in the set. */
    private static final int ROW_BYTES = 200;

    /** All rows there are. */
    static final WantedRows ALL = new WantedRows(null);

    private final @Nullable Set<Row> rows;

    private record Row(String entity, RowIdentity identity) {}

    private WantedRows(@Nullable Set<Row> rows) {
        this.rows = rows;
    }

    /**
     * Those of one view of a request; all, where the spine names none, or they would take more memory than that.
     *
     * @param mostBytes see {@link WantedTimes#budgetBytes}
     */
    static WantedRows read(TrainingRequest request, int view, long mostBytes) throws IOException {
        if (!request.views().get(view).isOfServed()) {
            return ALL;
        }
        Set<Row> rows = new HashSet<>();
        try (SpineReader spine = SpineReader.open(request, view)) {
            while (spine.next()) {
                String key = spine.key(0);
                Optional<RowIdentity> served = spine.served(0);
                if (key != null && served.isPresent()) {
                    rows.add(new Row(key, served.get()));
                }
                if (ROW_BYTES * (long) rows.size() > mostBytes) {
                    return ALL;
                }
            }
        }
        return new WantedRows(rows);
    }

    /** Whether a row may be one that was served. */
    boolean has(String entity, RowHead head) {
        return rows == null || rows.contains(new Row(entity, identity(head)));
    }

    static RowIdentity identity(RowHead head) {
        return new RowIdentity(head.version(), head.asOfMillis(), head.seq());
    }
}
