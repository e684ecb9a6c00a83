/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.console;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of an entity's history.
 *
 * @param partition the partition of its key
 * @param partitions how many the history has
 * @param begin the offset that this part began at
 * @param next the offset that the next begins at
 * @param end where what is committed ends as of now
 * @param done whether this part is the last
 * @param scanned records that were looked at
 * @param rows the entity's among them, as written
 */
@JsonNaming(SnakeCaseStrategy.class)
public record HistoryPart(
        int partition, int partitions, long begin, long next, long end, boolean done, long scanned, List<Row> rows) {

    public HistoryPart {
        rows = List.copyOf(rows);
    }

    /**
     * A row.
     *
     * @param event whether an event made it; else a tile left a window
     * @param origin {@code live} or {@code backfill}
     * @param warming names of the columns that are warming
     * @param values one per column of the view; longs that JavaScript cannot hold as text
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Row(
            long asOf,
            long availableAt,
            long seq,
            int version,
            boolean event,
            String origin,
            List<String> warming,
            List<@Nullable Object> values) {

        public Row {
            warming = List.copyOf(warming);
            values = Collections.unmodifiableList(new ArrayList<>(values));
        }
    }
}
