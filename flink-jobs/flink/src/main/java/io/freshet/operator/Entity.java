/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import io.freshet.window.EntityState;
import org.jspecify.annotations.Nullable;

/** An entity at hand: its windows, when they change next, and its places in {@link EntityTable} and {@link DueWheel}. */
final class Entity extends DueWheel.Link {

    /** Due at no time. */
    static final long NEVER = Long.MAX_VALUE;

    final String key;
    final int hash;

    /** Changed in place; on the heap the same object that Flink's state holds. */
    EntityState windows;

    /** When a value next changes by itself, event time in ms; {@link #NEVER}. */
    long dueMillis = NEVER;

    /**
     * The time under which it stands in the wheel; {@link #NEVER} if it does not. Never later than it is due, and may be
     * earlier: a due that moves on is looked at when the wheel comes to its old place.
     */
    long wheelMillis = NEVER;

    /** The next of the same bucket of the table. */
    @Nullable
    Entity next;

    /** Whether it is in the table. */
    boolean known;

    /** Heap: the snapshot after which its windows were last fetched from Flink's state. */
    int epoch;

    /** Cache: the earliest timer that Flink holds of it; {@link TimedState#NO_TIMER}. */
    long timerMillis = TimedState.NO_TIMER;

    /** Cache: its place in the round of the cache. */
    int place;

    /** Cache: whether it was asked for since the clock hand last passed. */
    boolean used;

    /** Cache: whether it differs from what Flink's state holds. */
    boolean dirty;

    /** Cache: whether Flink's state holds anything of it. */
    boolean stored;

    Entity(String key, EntityState windows) {
        this.key = key;
        this.hash = key.hashCode();
        this.windows = windows;
    }
}
