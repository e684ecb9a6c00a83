/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import org.jspecify.annotations.Nullable;

/** Entities by key: a hash table whose nodes are the entities themselves, so that a look-up has no step to spare. */
final class EntityTable {

    private static final int FEWEST_BUCKETS = 1024;
    private static final int MOST_BUCKETS = 1 << 30;

    private @Nullable Entity[] buckets = new Entity[FEWEST_BUCKETS];
    private int size;

    /** What is done with each entity. */
    @FunctionalInterface
    interface Step {
        void take(Entity entity) throws Exception;
    }

    /** The entity of that key, or null. */
    @Nullable
    Entity find(String key) {
        int hash = key.hashCode();
        for (Entity entity = buckets[bucket(hash)]; entity != null; entity = entity.next) {
            if (entity.hash == hash && entity.key.equals(key)) {
                return entity;
            }
        }
        return null;
    }

    /** Adds an entity whose key is not in the table. */
    void add(Entity entity) {
        if (size >= buckets.length && buckets.length < MOST_BUCKETS) {
            grow();
        }
        link(entity);
        entity.known = true;
        size++;
    }

    /** Removes an entity that is in the table. */
    void remove(Entity entity) {
        int bucket = bucket(entity.hash);
        Entity before = buckets[bucket];
        if (before == entity) {
            buckets[bucket] = entity.next;
        } else {
            while (before != null && before.next != entity) {
                before = before.next;
            }
            if (before == null) {
                throw new IllegalStateException("Cannot remove entity '" + entity.key + "': it is not in the table");
            }
            before.next = entity.next;
        }
        entity.next = null;
        entity.known = false;
        size--;
    }

    int size() {
        return size;
    }

    /** Hands each entity over; the step may remove it, and no other. */
    void forEach(Step step) throws Exception {
        for (Entity first : buckets) {
            for (Entity entity = first; entity != null; ) {
                Entity next = entity.next;
                step.take(entity);
                entity = next;
            }
        }
    }

    private void grow() {
        @Nullable Entity[] old = buckets;
        buckets = new Entity[old.length * 2];
        for (Entity first : old) {
            for (Entity entity = first; entity != null; ) {
                Entity next = entity.next;
                link(entity);
                entity = next;
            }
        }
    }

    private void link(Entity entity) {
        int bucket = bucket(entity.hash);
        entity.next = buckets[bucket];
        buckets[bucket] = entity;
    }

    private int bucket(int hash) {
        return (hash ^ hash >>> 16) & buckets.length - 1;
    }
}
