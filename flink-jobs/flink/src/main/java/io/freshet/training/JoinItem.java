/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import static java.util.Objects.requireNonNull;

import io.freshet.operator.EntityHash;
import io.freshet.row.RowHead;
import io.freshet.row.RowIdentity;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What meets in the join of one view: times at which an entity's features are wanted, and its rows. */
sealed interface JoinItem {

    /** Position of the view in the request. */
    int view();

    /** The entity key. */
    String entity();

    /** Place in time, such that what was available at a moment comes before who asks at that moment. */
    long stamp();

    /** What brings the items of an entity of a view together; rarely two entities have one number. */
    default long place() {
        return EntityHash.of(entity(), view());
    }

    /**
     * A row of the spine that asks.
     *
     * @param index number of the row in the spine, from 0
     * @param timeMillis as of when it asks, ms since 1970 UTC
     * @param served the row that it was served then, where that is known: it asks for this one, and comes behind all rows
     */
    record Asking(int view, String entity, long index, long timeMillis, Optional<RowIdentity> served)
            implements JoinItem {
        public Asking {
            requireNonNull(entity, "entity");
            requireNonNull(served, "served");
        }

        /** One that asks for what was available at its time. */
        Asking(int view, String entity, long index, long timeMillis) {
            this(view, entity, index, timeMillis, Optional.empty());
        }

        @Override
        public long stamp() {
            return served.isPresent() ? Long.MAX_VALUE - 1 : 2 * timeMillis + 1;
        }
    }

    /**
     * A row of the history, of the columns that are wanted.
     *
     * @param head its place in time
     * @param values one per wanted column; null is SQL's null
     * @param warming the wanted columns that were warming
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sample(
            int view, String entity, RowHead head, @Nullable Object[] values, BitSet warming) implements JoinItem {
        public Sample {
            requireNonNull(entity, "entity");
            requireNonNull(head, "head");
        }

        @Override
        public long stamp() {
            return 2 * head.availableAtMillis();
        }
    }
}
