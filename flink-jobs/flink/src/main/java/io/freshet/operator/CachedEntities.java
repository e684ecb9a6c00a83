/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import io.freshet.window.WindowEngine;
import java.util.function.Function;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of entities at hand, for state that is larger than memory: read when first asked for, written back
 * when others need the place (CLOCK: the hand passes by what was used since its last round) and before each snapshot.
 *
 * <p>What is at hand comes due in the wheel. All else has one of Flink's timers: whenever an entity is written, the
 * earliest timer registered for it is at or before its due. A timer that fires too early changes nothing but that record.
 */
final class CachedEntities extends Entities implements Triggerable<String, VoidNamespace> {

    private static final Expiry NONE = entity -> {};

    private final KeptStates states;
    private final WindowEngine engine;
    private final ExpiryTimers timers;
    private final Entity[] round;
    private int size;
    private int hand;
    private long count;
    private boolean finished;
    private Expiry expiry = NONE;

    /**
     * A cache over these states.
     *
     * @param capacity most entities at hand
     * @param count entities of which something is kept
     * @param timers gives the timers that fire at their argument
     */
    CachedEntities(
            KeptStates states,
            WindowEngine engine,
            int capacity,
            long count,
            Function<Triggerable<String, VoidNamespace>, ExpiryTimers> timers) {
        this.states = states;
        this.engine = engine;
        this.round = new Entity[capacity];
        this.count = count;
        this.timers = timers.apply(this);
    }

    /** Sets the timers of all that is kept: it was written by a task that had its own way, or none, to bring it back. */
    void setTimers() throws Exception {
        states.forEach(this::setTimer);
    }

    private void setTimer(String key, ValueState<TimedState> state) throws Exception {
        TimedState stored = state.value();
        if (engine.isSpent(stored.windows)) {
            state.clear(); // nothing is left of it but what other columns kept
            count--;
            return;
        }
        long due = engine.nextDueMillis(stored.windows);
        if (due != Entity.NEVER) {
            timers.register(due);
        }
        stored.timerMillis = due;
        state.update(stored);
    }

    @Override
    @Nullable
    Entity find(String key) throws Exception {
        Entity entity = table.find(key);
        if (entity != null) {
            entity.used = true;
            return entity;
        }
        return load(key);
    }

    private @Nullable Entity load(String key) throws Exception {
        TimedState stored = states.get(key);
        if (stored == null) {
            return null;
        }
        Entity entity = new Entity(key, stored.windows);
        entity.timerMillis = stored.timerMillis;
        entity.stored = true;
        admit(entity);
        schedule(entity, engine.nextDueMillis(entity.windows));
        return entity;
    }

    private void admit(Entity entity) throws Exception {
        entity.place = size < round.length ? size++ : evict();
        round[entity.place] = entity;
        table.add(entity);
    }

    /** Makes room, and says where. */
    private int evict() throws Exception {
        while (true) {
            int place = hand;
            Entity entity = round[place];
            hand = place + 1 < size ? place + 1 : 0;
            if (!entity.used) {
                store(entity);
                table.remove(entity);
                wheel.remove(entity);
                return place;
            }
            entity.used = false;
        }
    }

    private void store(Entity entity) throws Exception {
        if (!entity.dirty) {
            return;
        }
        states.select(entity.key);
        if (entity.dueMillis < entity.timerMillis) {
            timers.register(entity.dueMillis);
            entity.timerMillis = entity.dueMillis;
        }
        states.put(entity.key, entity.windows, entity.timerMillis);
        entity.stored = true;
        entity.dirty = false;
    }

    @Override
    void ready(Entity entity) {}

    @Override
    void keep(Entity entity, long dueMillis) throws Exception {
        if (!entity.known) {
            admit(entity);
            count++;
        }
        entity.dirty = true;
        schedule(entity, dueMillis);
    }

    @Override
    void drop(Entity entity) throws Exception {
        if (!entity.known) {
            return;
        }
        if (entity.stored) {
            states.remove(entity.key);
        }
        table.remove(entity);
        wheel.remove(entity);
        Entity last = round[--size];
        last.place = entity.place;
        round[entity.place] = last;
        hand = hand < size ? hand : 0;
        count--;
    }

    @Override
    void beforeSnapshot() throws Exception {
        for (int place = 0; place < size; place++) {
            store(round[place]);
        }
    }

    @Override
    long count() {
        return count;
    }

    @Override
    boolean timersStored() {
        return !finished; // at the end all timers have fired, and none was set again
    }

    @Override
    boolean drainRest(long watermarkMillis, Budget budget, Expiry expiry) throws Exception {
        this.expiry = expiry;
        try {
            return timers.fire(watermarkMillis, budget);
        } finally {
            this.expiry = NONE;
        }
    }

    @Override
    void drainAll(Expiry expiry) throws Exception {
        finished = true;
        for (int place = size - 1; place >= 0; place--) {
            expiry.expire(round[place]); // if it goes, one that was handed over takes its place
        }
        while (!drainRest(Long.MAX_VALUE, new Budget(Integer.MAX_VALUE), expiry)) {
            // each call fires some
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        Entity known = table.find(timer.getKey());
        Entity entity = known == null ? load(timer.getKey()) : known;
        if (entity == null || entity.timerMillis != timer.getTimestamp()) {
            return; // it was dropped, or an earlier timer took the place of this one
        }
        entity.timerMillis = TimedState.NO_TIMER;
        entity.dirty = true;
        expiry.expire(entity);
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {}
}
