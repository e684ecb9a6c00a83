/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import static java.util.Objects.requireNonNull;

import io.freshet.row.RowHead;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** What meets in the join of one view: times at which an entity's features are wanted, and its rows. */
sealed interface JoinItem {

    /** See {@link #place}. */
    long FNV_OFFSET = 0xcbf29ce484222325L;

    /** See {@link #place}. */
    long FNV_PRIME = 0x100000001b3L;

    /** Position of the view in the request. */
    int view();

    /** The entity key. */
    String entity();

    /** Place in time, such that what was available at a moment comes before who asks at that moment. */
    long stamp();

    /**
     * What brings the items of an entity of a view together: a number is sorted faster than a text. Rarely two entities
     * have one number. FNV-1a of 64 bits, by characters, its bits spread as by MurmurHash3.
     *
     * <p>Source: <a href="http://www.isthe.com/chongo/tech/comp/fnv/">FNV</a>; the last step of MurmurHash3, {@code fmix64}.
     */
    default long place() {
        long hash = FNV_OFFSET ^ view();
        String entity = entity();
        for (int i = 0; i < entity.length(); i++) {
            hash = (hash ^ entity.charAt(i)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    /**
     * A row of the spine that asks.
     *
     * @param index number of the row in the spine, from 0
     * @param timeMillis as of when it asks, ms since 1970 UTC
     */
    record Asking(int view, String entity, long index, long timeMillis) implements JoinItem {
        public Asking {
            requireNonNull(entity, "entity");
        }

        @Override
        public long stamp() {
            return 2 * timeMillis + 1;
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
