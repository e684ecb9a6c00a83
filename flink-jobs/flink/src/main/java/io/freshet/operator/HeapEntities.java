/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import static java.util.Objects.requireNonNull;

import io.freshet.window.WindowEngine;
import org.jspecify.annotations.Nullable;

/**
 * All entities at hand, for Flink's state on the heap, which holds the very same objects. They are changed in place, with
 * no call to Flink between two snapshots. While a snapshot is being written Flink copies what is asked for, so the first
 * change of an entity after each snapshot asks: what was there when the snapshot was taken stays as it was. A restored
 * task fills table and wheel by going through the state once; no timers are stored.
 */
final class HeapEntities extends Entities {

    private final KeptStates states;
    private int epoch;

    HeapEntities(KeptStates states, WindowEngine engine) throws Exception {
        this.states = states;
        states.forEach((key, state) -> {
            TimedState stored = state.value();
            TimedState own = states.own(stored);
            if (engine.isSpent(own.windows)) {
                state.clear(); // nothing is left of it but what other columns kept
                return;
            }
            if (own != stored) {
                state.update(own);
            }
            Entity entity = new Entity(key, own.windows);
            table.add(entity);
            schedule(entity, engine.nextDueMillis(entity.windows));
        });
    }

    @Override
    @Nullable
    Entity find(String key) throws Exception {
        Entity entity = table.find(key);
        if (entity != null) {
            ready(entity);
        }
        return entity;
    }

    @Override
    void ready(Entity entity) throws Exception {
        if (entity.epoch != epoch) {
            entity.windows = requireNonNull(states.get(entity.key), "An entity at hand has no state").windows;
            entity.epoch = epoch;
        }
    }

    @Override
    void keep(Entity entity, long dueMillis) throws Exception {
        if (!entity.known) {
            states.put(entity.key, entity.windows, TimedState.NO_TIMER);
            entity.epoch = epoch;
            table.add(entity);
        }
        schedule(entity, dueMillis);
    }

    @Override
    void drop(Entity entity) throws Exception {
        if (entity.known) {
            states.remove(entity.key);
            table.remove(entity);
            wheel.remove(entity);
        }
    }

    @Override
    void beforeSnapshot() {
        epoch++;
    }

    @Override
    long count() {
        return table.size();
    }

    @Override
    boolean timersStored() {
        return false;
    }

    @Override
    boolean drainRest(long watermarkMillis, Budget budget, Expiry expiry) {
        return true; // all are in the wheel
    }

    @Override
    void drainAll(Expiry expiry) throws Exception {
        table.forEach(entity -> {
            ready(entity);
            expiry.expire(entity);
        });
    }
}
