/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.definition.ViewText;
import io.freshet.row.RowHead;
import io.freshet.row.RowOrigin;
import io.freshet.table.TableFormat;
import io.freshet.table.TableSchema;
import java.io.Serializable;
import java.util.List;

/**
 * A training set, stated and checked.
 *
 * @param spine the labelled rows
 * @param views what is joined to them, at least one view
 * @param rules how values are chosen
 * @param out where it goes
 */
public record TrainingRequest(Spine spine, List<OfView> views, Rules rules, Output out) implements Serializable {

    public TrainingRequest {
        views = List.copyOf(views);
    }

    /**
     * The file of labelled rows.
     *
     * @param path where it is
     * @param format how it is laid out
     * @param schema all its columns, of the types that the training set gives them
     * @param timeColumn the column that says as of when the features are wanted
     * @param times how that column is read
     * @param rows how many rows it has
     */
    public record Spine(
            String path, TableFormat format, TableSchema schema, String timeColumn, TimeForm times, long rows)
            implements Serializable {}

    /**
     * A view to join.
     *
     * @param name its name
     * @param text its definition
     * @param columns names of the columns that are wanted, in the order of the view
     * @param keyColumns names of the spine's columns that hold the entity key, in the order of the key
     */
    public record OfView(String name, ViewText text, List<String> columns, List<String> keyColumns)
            implements Serializable {
        public OfView {
            columns = List.copyOf(columns);
            keyColumns = List.copyOf(keyColumns);
        }
    }

    /**
     * How values are chosen.
     *
     * @param maxAgeMillis a row whose as_of is further back is stale, ms; {@link Long#MAX_VALUE}: none is
     * @param delayMillis backfilled rows are available that long after their as_of, ms; {@link #AS_WRITTEN}: as they say
     * @param horizonMillis features are wanted as of that long before the spine's time, ms; 0: as of the time itself
     * @param keepWarming whether values of windows that were not full yet are given; otherwise they are null
     */
    public record Rules(long maxAgeMillis, long delayMillis, long horizonMillis, boolean keepWarming)
            implements Serializable {

        /** In place of a delay: backfilled rows are available when they say. */
        public static final long AS_WRITTEN = -1;

        /** As served: no limit of age, no horizon, warming values left out. */
        public static final Rules AS_SERVED = new Rules(Long.MAX_VALUE, AS_WRITTEN, 0, false);

        /** The place of a row in time, under these rules. */
        RowHead placed(RowHead head) {
            return head.origin() != RowOrigin.BACKFILL || delayMillis == AS_WRITTEN
                    ? head
                    : new RowHead(
                            head.asOfMillis(),
                            head.asOfMillis() + delayMillis,
                            head.seq(),
                            head.version(),
                            head.origin());
        }
    }

    /**
     * The file to write.
     *
     * @param path where it will be
     * @param format how it is laid out
     */
    public record Output(String path, TableFormat format) implements Serializable {}
}
