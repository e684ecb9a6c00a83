/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import org.jspecify.annotations.Nullable;

/**
 * The entities of one task: those at hand by key and by due, and how they come from and go to Flink's state. An entity is
 * changed between {@link #find} and {@link #keep} or {@link #drop}, with no other call in between.
 */
abstract class Entities {

    final EntityTable table = new EntityTable();
    final DueWheel wheel = new DueWheel();

    /** What is done with an entity whose time may have come: it is looked at, and kept or dropped. */
    @FunctionalInterface
    interface Expiry {
        void expire(Entity entity) throws Exception;
    }

    /** The entity of that key, ready to be changed; null if nothing is kept of it. */
    abstract @Nullable Entity find(String key) throws Exception;

    /** Keeps the entity as it is now, known before or not, and looks at it again when it is due. */
    abstract void keep(Entity entity, long dueMillis) throws Exception;

    /** Nothing is kept of the entity any more, if anything was. */
    abstract void drop(Entity entity) throws Exception;

    /** Flink's state is about to be written: from now on it must not change under the writer. */
    abstract void beforeSnapshot() throws Exception;

    /** Entities of which something is kept, at hand or not. */
    abstract long count();

    /** Whether Flink's state has all that brings every entity back in time, without a look at each. */
    abstract boolean timersStored();

    /** Makes an entity that came out of the wheel ready to be changed. */
    abstract void ready(Entity entity) throws Exception;

    /** Hands over the due entities that are not at hand, until the budget is used up; false if some may be left. */
    abstract boolean drainRest(long watermarkMillis, Budget budget, Expiry expiry) throws Exception;

    /** Hands over, once or more, each entity that could change yet, whatever its due: the input has ended. */
    abstract void drainAll(Expiry expiry) throws Exception;

    /**
     * Hands over entities due at or before the watermark, which the wheel has been advanced to, until the budget is used
     * up.
     *
     * @return false if some may be left
     */
    final boolean drain(long watermarkMillis, Budget budget, Expiry expiry) throws Exception {
        while (budget.take()) {
            Entity entity = wheel.poll();
            if (entity == null) {
                return drainRest(watermarkMillis, budget, expiry);
            }
            if (entity.dueMillis <= watermarkMillis) {
                ready(entity);
                expiry.expire(entity);
            } else if (entity.dueMillis != Entity.NEVER) {
                wheel.add(entity);
            }
        }
        return false;
    }

    final void schedule(Entity entity, long dueMillis) {
        entity.dueMillis = dueMillis;
        if (dueMillis < entity.wheelMillis) {
            wheel.remove(entity);
            wheel.add(entity);
        }
    }

    /** How much may be done before others have their turn. */
    static final class Budget {
        private int left;

        Budget(int entities) {
            this.left = entities;
        }

        boolean take() {
            return --left >= 0;
        }
    }
}
