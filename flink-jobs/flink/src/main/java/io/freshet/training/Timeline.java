/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.row.RowOrigin;
import java.util.BitSet;
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

    private JoinItem.@Nullable Sample served;
    private JoinItem.@Nullable Sample backfilled;

    /**
     * An answer.
     *
     * @param row the row that was served
     * @param values one per wanted column
     * @param leftOut how many values are null because they were warming
     * @param filled how many values were warming and come from a backfilled row
     * @param state what became of it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(JoinItem.Sample row, @Nullable Object[] values, int leftOut, int filled, State state) {}

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
     */
    Timeline(TrainingRequest.Rules rules, long ttlMillis) {
        this.rules = rules;
        this.ttlMillis = ttlMillis;
    }

    /** The next row. */
    void add(JoinItem.Sample row) {
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
            return Optional.of(new Answer(row, nothing, 0, 0, State.EXPIRED));
        }
        if (isBeyond(timeMillis, row.head().asOfMillis(), rules.maxAgeMillis())) {
            return Optional.of(new Answer(row, nothing, 0, 0, State.STALE));
        }
        return Optional.of(complete(row));
    }

    private static boolean isBeyond(long timeMillis, long sinceMillis, long mostMillis) {
        return mostMillis != Long.MAX_VALUE && timeMillis - sinceMillis > mostMillis;
    }

    private Answer complete(JoinItem.Sample row) {
        @Nullable Object[] values = row.values().clone();
        JoinItem.Sample other = backfilled;
        BitSet spare = new BitSet();
        if (other != null
                && other != row
                && other.head().asOfMillis() >= row.head().asOfMillis()) {
            spare.set(0, values.length);
            spare.andNot(other.warming());
        }
        int leftOut = 0;
        int filled = 0;
        for (int i = row.warming().nextSetBit(0); i >= 0; i = row.warming().nextSetBit(i + 1)) {
            if (other != null && spare.get(i)) {
                values[i] = other.values()[i];
                filled++;
            } else if (!rules.keepWarming()) {
                values[i] = null;
                leftOut++;
            }
        }
        return new Answer(row, values, leftOut, filled, State.SERVED);
    }
}
