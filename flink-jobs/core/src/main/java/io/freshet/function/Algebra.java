/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Partial states of events, and what can be done with them. Used by one thread at a time; holds no state itself. Give it
 * value equality (a record): columns over equal inputs whose algebras are equal share their partial states.
 *
 * <p>The laws, for partial states a, b, c and an event e:
 *
 * <ul>
 *   <li>nothing is neutral: {@code merge(create(), a) = merge(a, create()) = a}
 *   <li>adding is merging: {@code add(a, e) = merge(a, add(create(), e))}
 *   <li>merging is associative: {@code merge(merge(a, b), c) = merge(a, merge(b, c))}
 *   <li>an {@link #isExact exact} algebra gives equal values in any order of adding and merging, to the bit; others are
 *       equal up to rounding, and are always merged from the oldest to the newest
 *   <li>where {@code evict(merge(a, b), a)} is true it leaves b
 *   <li>{@code read(write(a)) = copy(a) = a}, and neither shares anything mutable with a
 *   <li>nothing is random: the same events give the same bits
 * </ul>
 *
 * @param <P> the partial state
 */
public non-sealed interface Algebra<P> extends Partials {

    /** The partial state of nothing. */
    P create();

    /** Takes one more event. Changes the partial state and returns it, or returns another in its place. */
    P add(P partial, Occurrence event);

    /** Takes all that the other holds, which stays as it is. Changes the partial state and returns it, or another. */
    P merge(P into, P from);

    /**
     * Takes out what was merged in.
     *
     * @return false if that cannot be done exactly; the partial state is then of no use any more
     */
    default boolean evict(P from, P gone) {
        return false;
    }

    /** A copy that shares nothing mutable. */
    P copy(P partial);

    /** Writes a partial state in a compact form. */
    void write(P partial, DataOutput out) throws IOException;

    /** Reads what {@link #write} wrote. */
    P read(DataInput in) throws IOException;

    /** Whether order never shows, not even in the last bit. */
    default boolean isExact() {
        return true;
    }

    /** Whether events of which any input is null are passed over, as SQL does. */
    default boolean skipsNulls() {
        return true;
    }
}
