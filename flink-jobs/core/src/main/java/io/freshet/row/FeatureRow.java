/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** The values of all features of one view for one entity at one moment. Immutable by contract. */
public final class FeatureRow implements Row {

    /** In place of an ingestion time: no event caused the row, a tile left a window; or the event of a topic came from a file. */
    public static final long NO_EVENT = Long.MIN_VALUE;

    private final String entity;
    private final long asOfMillis;
    private final long availableAtMillis;
    private final long seq;
    private final CompleteSince completeSince;
    private final long ingestedAtMillis;
    private final @Nullable Object[] values;

    /**
     * A row.
     *
     * @param entity the entity key, see EntityKey
     * @param asOfMillis event time at which the values are true, ms since 1970 UTC
     * @param availableAtMillis from when a reader could have had the row, ms since 1970 UTC
     * @param seq grows with every row of an entity
     * @param completeSinceMillis event time since which the job has seen all events; a value whose window reaches
     *     further back is warming. {@link Long#MIN_VALUE}: all events there ever were
     * @param ingestedAtMillis when Kafka took in the event that caused the row, wall clock, ms; of a view over files, from
     *     when that event was available; {@link #NO_EVENT} where a tile left a window
     * @param values one per column of the plan; null is SQL's null
     */
    public FeatureRow(
            String entity,
            long asOfMillis,
            long availableAtMillis,
            long seq,
            long completeSinceMillis,
            long ingestedAtMillis,
            @Nullable Object[] values) {
        this(
                entity,
                asOfMillis,
                availableAtMillis,
                seq,
                CompleteSince.all(completeSinceMillis),
                ingestedAtMillis,
                values);
    }

    /** A row of columns that have not all seen events for as long. */
    public FeatureRow(
            String entity,
            long asOfMillis,
            long availableAtMillis,
            long seq,
            CompleteSince completeSince,
            long ingestedAtMillis,
            @Nullable Object[] values) {
        this.entity = requireNonNull(entity, "entity");
        this.asOfMillis = asOfMillis;
        this.availableAtMillis = availableAtMillis;
        this.seq = seq;
        this.completeSince = requireNonNull(completeSince, "completeSince");
        this.ingestedAtMillis = ingestedAtMillis;
        this.values = requireNonNull(values, "values");
    }

    @Override
    public String entity() {
        return entity;
    }

    @Override
    public long asOfMillis() {
        return asOfMillis;
    }

    @Override
    public long availableAtMillis() {
        return availableAtMillis;
    }

    @Override
    public long seq() {
        return seq;
    }

    /** Event time since which the column that has done so longest has seen all events, ms since 1970 UTC. */
    public long completeSinceMillis() {
        return completeSince.millis();
    }

    /** Since when its columns have seen all events. */
    public CompleteSince completeSince() {
        return completeSince;
    }

    @Override
    public long ingestedAtMillis() {
        return ingestedAtMillis;
    }

    @Override
    public @Nullable Object value(int column) {
        return values[column];
    }

    public int size() {
        return values.length;
    }
}
