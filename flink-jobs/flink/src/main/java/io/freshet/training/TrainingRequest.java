/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import io.freshet.expression.ValueType;
import io.freshet.reading.ReadPlan;
import io.freshet.row.RowHead;
import io.freshet.row.RowOrigin;
import io.freshet.table.TableFormat;
import io.freshet.table.TableSchema;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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
     * A view to join, resolved: who joins it does not plan it again.
     *
     * @param name its name
     * @param text its definition
     * @param version of the view: rows of others are left out
     * @param columns the columns that are read
     * @param features what is wanted
     * @param keyColumns names of the spine's columns that hold the entity key, in the order of the key
     * @param keyTypes types of the fields of the entity key, in order
     * @param ttlMillis how long the online store keeps an entity after its last row, ms; {@link Long#MAX_VALUE}: for ever
     * @param served names of the spine's columns that say which row was served: version, as_of, seq; empty: they are
     *     found by the time
     */
    public record OfView(
            String name,
            ViewText text,
            int version,
            ViewColumns columns,
            ViewFeatures features,
            List<String> keyColumns,
            List<ValueType> keyTypes,
            long ttlMillis,
            List<String> served)
            implements Serializable {
        public OfView {
            served = List.copyOf(served);
            keyColumns = List.copyOf(keyColumns);
            keyTypes = List.copyOf(keyTypes);
        }

        /**
         * Some columns of a view.
         *
         * @param columns names of the columns that are wanted
         * @param keyColumns names of the spine's columns that hold the entity key, in the order of the key
         */
        public static OfView of(ViewText text, List<String> columns, List<String> keyColumns) {
            return of(text, columns, keyColumns, Map.of());
        }

        /**
         * Some features of a view.
         *
         * @param wanted names of the columns and on-demand features that are wanted
         * @param keyColumns names of the spine's columns that hold the entity key, in the order of the key
         * @param requestColumns the spine's column of a request field where it has another name
         */
        public static OfView of(
                ViewText text, List<String> wanted, List<String> keyColumns, Map<String, String> requestColumns) {
            ViewPlan plan = text.plan();
            ReadPlan read = ReadPlan.of(plan, wanted);
            return new OfView(
                    plan.view().name(),
                    text,
                    plan.view().version(),
                    ViewColumns.of(read),
                    ViewFeatures.of(read, requestColumns),
                    keyColumns,
                    plan.entity().stream().map(ViewPlan.Field::type).toList(),
                    plan.view().online().ttl().map(Duration::toMillis).orElse(Long.MAX_VALUE),
                    List.of());
        }

        /** The same, of rows that the spine names. */
        OfView ofServed(List<String> columns) {
            return new OfView(name, text, version, this.columns, features, keyColumns, keyTypes, ttlMillis, columns);
        }

        /** Whether the spine names the rows that were served. */
        boolean isOfServed() {
            return !served.isEmpty();
        }

        /** How the features are got from rows. */
        ReadPlan readPlan() {
            return ReadPlan.of(text.plan(), features.names());
        }
    }

    /**
     * How values are chosen.
     *
     * @param maxAgeMillis a row whose as_of is further back is stale, ms; {@link Long#MAX_VALUE}: none is
     * @param delayMillis backfilled rows are available that long after their as_of, ms; {@link #AS_WRITTEN}: as they say
     * @param horizonMillis features are wanted as of that long before the spine's time, ms; 0: as of the time itself
     * @param keepWarming whether values of windows that were not full yet are given; otherwise they are null
     * @param ages as of when ages and decayed values are given
     */
    public record Rules(long maxAgeMillis, long delayMillis, long horizonMillis, boolean keepWarming, Ages ages)
            implements Serializable {

        /** With ages as of the moment of the question. */
        public Rules(long maxAgeMillis, long delayMillis, long horizonMillis, boolean keepWarming) {
            this(maxAgeMillis, delayMillis, horizonMillis, keepWarming, Ages.READ);
        }

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
