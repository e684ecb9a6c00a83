/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.window.EntityState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One course that the events of an entity may have taken so far: one that gives each row up to here. There is more than
 * one where a log does not tell which of two events that Kafka took in at the same moment came first.
 */
final class Course {

    private final Replay replay;
    private final Unapplied unapplied;
    private final Map<Integer, Long> offsets;
    private EntityState state;
    private long greatestMillis;
    private long clockMillis;
    private long seq;

    /** That of an entity that has not been seen. */
    Course(Replay replay) {
        this(replay, replay.newState(), new Unapplied(), new HashMap<>());
        greatestMillis = Long.MIN_VALUE;
        clockMillis = Long.MIN_VALUE;
    }

    private Course(Replay replay, EntityState state, Unapplied unapplied, Map<Integer, Long> offsets) {
        this.replay = replay;
        this.state = state;
        this.unapplied = unapplied;
        this.offsets = offsets;
    }

    /** The same course, to go on from in another way. Its state is the caller's to set, by {@link #take}. */
    Course fork() {
        Course copy = new Course(replay, state, unapplied.copy(), new HashMap<>(offsets));
        copy.greatestMillis = greatestMillis;
        copy.clockMillis = clockMillis;
        copy.seq = seq;
        return copy;
    }

    /** Goes on by these steps. */
    void take(Replay.Steps steps) {
        state = steps.state();
        steps.before().forEach(this::applied);
        Item.Event cause = steps.cause();
        if (cause != null) {
            applied(cause);
        }
        Replay.Given given = steps.last();
        if (given != null) {
            clockMillis = given.asOfMillis();
            seq = given.seq();
        }
    }

    private void applied(Item.Event event) {
        unapplied.remove(event);
        offsets.merge(event.partition(), event.offset(), Math::max);
        greatestMillis = Math.max(greatestMillis, event.timeMillis());
    }

    /** Lets all expire that is due at or before that moment, and gives the rows. */
    List<Replay.Given> expire(long limitMillis) {
        if (nextExpiryMillis() > limitMillis) {
            return List.of();
        }
        Replay.Steps steps = replay.expire(this, state, List.of(), limitMillis);
        take(steps);
        return steps.rows();
    }

    /** The events that no row has told of. */
    Unapplied unapplied() {
        return unapplied;
    }

    /** Where it stands, to go on from; changed by whoever does. */
    EntityState state() {
        return state;
    }

    /** A copy of where it stands, to try on. */
    EntityState stateToTry() {
        return replay.copy(state);
    }

    /** Whether nothing is in the windows. */
    boolean isSpent() {
        return replay.isSpent(state);
    }

    long nextExpiryMillis() {
        return replay.nextExpiryMillis(state);
    }

    /** The as_of of the last row; {@link Long#MIN_VALUE} before the first. */
    long clockMillis() {
        return clockMillis;
    }

    /** The number of the last row. An entity that has nothing in its windows starts a new count. */
    long seq() {
        return isSpent() ? 0 : seq;
    }

    /** The greatest event time that was applied. */
    long greatestMillis() {
        return greatestMillis;
    }

    /** Whether an event that came later in that partition was applied. */
    boolean isBeyond(Item.Event event) {
        return offsets.getOrDefault(event.partition(), -1L) > event.offset();
    }

    /** Whether what follows is the same as after another course that gives the same rows. */
    boolean leadsToTheSameAs(Course other) {
        return unapplied.owesTheSameAs(other.unapplied) && offsets.equals(other.offsets);
    }
}
