/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.reading.LaterValues;
import io.freshet.row.RowIdentity;
import io.freshet.row.RowOrigin;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was served of one entity of one view, going forward in time: rows and questions must come in the order of their
 * {@link JoinItem#stamp}.
 *
 * <p>A question at T gets the row of greatest (available_at, as_of, seq) of those with {@code available_at <= T} that a
 * reader could have had. Before there is one, it gets the newest backfilled row. Where values of the row were warming
 * they are taken from the newest backfilled row instead, if that is of the same moment or later and is complete there:
 * so a feature that was added to a running view has its past.
 */
final class Timeline {

    private final TrainingRequest.Rules rules;
    private final long ttlMillis;
    private final LaterValues.ForOneThread later;

    /** The rows that may be named, where the spine names rows. */
    private final Map<RowIdentity, JoinItem.Sample> named = new HashMap<>();

    private final boolean keepsAll;
    private JoinItem.@Nullable Sample served;
    private JoinItem.@Nullable Sample backfilled;

    /**
     * An answer.
     *
     * @param row the row that was served
     * @param values one per column that is read
     * @param leftOut the columns whose values are null because they were warming
     * @param filled how many values were warming and come from a backfilled row
     * @param state what became of it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(JoinItem.Sample row, @Nullable Object[] values, BitSet leftOut, int filled, State state) {}

    /** What became of a row that was found. */
    enum State {
        /** Its values are those of the answer. */
        SERVED,
        /** Its as_of is further back than the greatest age: all values are null. */
        STALE,
        /** The online store had dropped the entity by then: all values are null. */
        EXPIRED
    }

    /**
     * A timeline without rows.
     *
     * @param ttlMillis how long the online store keeps an entity after its last row, ms; {@link Long#MAX_VALUE}: for ever
     * @param later how the values of rows change up to the moment of a question
     */
    Timeline(TrainingRequest.Rules rules, long ttlMillis, LaterValues.ForOneThread later) {
        this(rules, ttlMillis, later, false);
    }

    private Timeline(TrainingRequest.Rules rules, long ttlMillis, LaterValues.ForOneThread later, boolean keepsAll) {
        this.rules = rules;
        this.ttlMillis = ttlMillis;
        this.later = later;
        this.keepsAll = keepsAll;
    }

    /** A timeline that is asked for rows by name: it holds all rows of the entity that may be named. */
    static Timeline ofServed(TrainingRequest.Rules rules, LaterValues.ForOneThread later) {
        return new Timeline(rules, Long.MAX_VALUE, later, true);
    }

    /** The next row. */
    void add(JoinItem.Sample row) {
        if (keepsAll) {
            // A row that was served is the one that a reader had, not one that a backfill made later.
            named.merge(
                    WantedRows.identity(row.head()),
                    row,
                    (known, other) -> known.head().origin() == RowOrigin.BACKFILL ? other : known);
            return;
        }
        if (row.head().origin() == RowOrigin.BACKFILL) {
            backfilled = newer(backfilled, row);
        } else {
            served = newer(served, row);
        }
    }

    /** Of two rows of one place, one was written again for features that the other lacks: the more complete one counts. */
    private static JoinItem.Sample newer(JoinItem.@Nullable Sample known, JoinItem.Sample row) {
        if (known == null) {
            return row;
        }
        int order = known.head().compareTo(row.head());
        if (order == 0) {
            return known.warming().cardinality() < row.warming().cardinality() ? known : row;
        }
        return order < 0 ? row : known;
    }

    /** What was served at that time, ms since 1970 UTC; empty if there was nothing yet. */
    Optional<Answer> at(long timeMillis) {
        JoinItem.Sample row = served == null ? backfilled : served;
        if (row == null) {
            return Optional.empty();
        }
        @Nullable Object[] nothing = new Object[row.values().length];
        if (isBeyond(timeMillis, row.head().availableAtMillis(), ttlMillis)) {
            return Optional.of(new Answer(row, nothing, new BitSet(), 0, State.EXPIRED));
        }
        if (isBeyond(timeMillis, row.head().asOfMillis(), rules.maxAgeMillis())) {
            return Optional.of(new Answer(row, nothing, new BitSet(), 0, State.STALE));
        }
        return Optional.of(complete(row, timeMillis));
    }

    /** The row of that name, as of that time, ms since 1970 UTC; empty if the history has none. */
    Optional<Answer> named(RowIdentity name, long timeMillis) {
        JoinItem.Sample row = named.get(name);
        return row == null ? Optional.empty() : Optional.of(complete(row, timeMillis));
    }

    private static boolean isBeyond(long timeMillis, long sinceMillis, long mostMillis) {
        return mostMillis != Long.MAX_VALUE && timeMillis - sinceMillis > mostMillis;
    }

    private Answer complete(JoinItem.Sample row, long timeMillis) {
        @Nullable Object[] values = valuesAt(row, timeMillis);
        JoinItem.Sample other = backfilled;
        BitSet spare = new BitSet();
        if (other != null
                && other != row
                && other.head().asOfMillis() >= row.head().asOfMillis()) {
            spare.set(0, values.length);
            spare.andNot(other.warming());
        }
        @Nullable Object[] spareValues = other == null || spare.isEmpty() ? values : valuesAt(other, timeMillis);
        BitSet leftOut = new BitSet();
        int filled = 0;
        for (int i = row.warming().nextSetBit(0); i >= 0; i = row.warming().nextSetBit(i + 1)) {
            if (spare.get(i)) {
                values[i] = spareValues[i];
                filled++;
            } else if (!rules.keepWarming()) {
                values[i] = null;
                leftOut.set(i);
            }
        }
        return new Answer(row, values, leftOut, filled, State.SERVED);
    }

    private @Nullable Object[] valuesAt(JoinItem.Sample row, long timeMillis) {
        return later.at(
                row.values(),
                rules.ages() == Ages.STORED ? 0 : timeMillis - row.head().asOfMillis());
    }
}
