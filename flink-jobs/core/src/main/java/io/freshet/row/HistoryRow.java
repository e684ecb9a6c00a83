/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A row as the history tells it. Its order is that of point-in-time reads: (available_at, as_of, seq).
 *
 * @param entity the entity key, see {@link EntityKey}
 * @param asOfMillis event time at which the values are true, ms since 1970 UTC
 * @param availableAtMillis from when a reader could have had the row, ms since 1970 UTC
 * @param seq number of the row among those of its entity
 * @param version version of the view
 * @param origin what made the row
 * @param ingestedAtMillis when Kafka took in the event that caused the row, wall clock, ms; of a view over files, from when
 *     that event was available; {@link FeatureRow#NO_EVENT} where a tile left a window, or an event of a topic came from a
 *     file
 * @param warming names of the columns still warming
 * @param values one per column of the plan; null is SQL's null
 */
public record HistoryRow(
        String entity,
        long asOfMillis,
        long availableAtMillis,
        long seq,
        int version,
        RowOrigin origin,
        long ingestedAtMillis,
        List<String> warming,
        List<@Nullable Object> values)
        implements Row, Comparable<HistoryRow> {

    private static final Comparator<HistoryRow> POINT_IN_TIME = Comparator.comparingLong(HistoryRow::availableAtMillis)
            .thenComparingLong(HistoryRow::asOfMillis)
            .thenComparingLong(HistoryRow::seq);

    public HistoryRow {
        requireNonNull(entity, "entity");
        requireNonNull(origin, "origin");
        warming = List.copyOf(warming);
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    @Override
    public @Nullable Object value(int column) {
        return values.get(column);
    }

    /** This row with those columns among the warming. */
    HistoryRow alsoWarming(Set<String> names) {
        if (names.isEmpty()) {
            return this;
        }
        TreeSet<String> all = new TreeSet<>(warming);
        all.addAll(names);
        return new HistoryRow(
                entity,
                asOfMillis,
                availableAtMillis,
                seq,
                version,
                origin,
                ingestedAtMillis,
                List.copyOf(all),
                values);
    }

    /** By (available_at, as_of, seq): the greatest that was available at a moment is what was served then. */
    @Override
    public int compareTo(HistoryRow other) {
        return POINT_IN_TIME.compare(this, other);
    }
}
