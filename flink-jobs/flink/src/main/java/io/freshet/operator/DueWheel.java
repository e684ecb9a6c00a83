/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Entities by when they are due, in a hierarchical wheel of exact milliseconds: level L has 64 slots of 64^L ms each, 11
 * levels hold any long. An entity stands in the slot of the highest digit (of 6 bits) in which its due differs from the
 * time that the wheel has reached. So to add and to remove cost the same however many entities there are, and one jump of
 * time, however far, moves each entity once at most.
 *
 * <p>{@link #advanceTo} only hands whole slots over; {@link #poll} then gives their entities one by one, so that the
 * caller may stop after any of them. Slots come in order of time, the entities of one slot in any order.
 */
final class DueWheel {

    private static final int DIGIT_BITS = 6;
    private static final int SLOTS = 1 << DIGIT_BITS;
    private static final int LEVELS = 11;

    private final Link[] slots = new Link[LEVELS * SLOTS];

    /** Bit s of level L: slot s may hold entities; its last one may have been removed since. */
    private final long[] taken = new long[LEVELS];

    private final Link ready = new Link();

    /** The time reached, with its sign bit turned: so the least long is 0, and order is that of unsigned numbers. */
    private long reached;

    DueWheel() {
        Arrays.setAll(slots, slot -> new Link());
    }

    /** A place in a list of the wheel; alone, it is linked to itself. */
    static class Link {
        private Link before = this;
        private Link after = this;

        private void unlink() {
            before.after = after;
            after.before = before;
            before = this;
            after = this;
        }

        private void append(Link link) {
            link.before = before;
            link.after = this;
            before.after = link;
            before = link;
        }

        /** Appends all that hangs on that head, which is empty then. */
        private void appendAllOf(Link head) {
            if (head.after == head) {
                return;
            }
            before.after = head.after;
            head.after.before = before;
            head.before.after = this;
            before = head.before;
            head.before = head;
            head.after = head;
        }
    }

    /** Adds an entity that is not in the wheel; {@link #poll} gives it once its due has been reached. */
    void add(Entity entity) {
        long due = entity.dueMillis ^ Long.MIN_VALUE;
        entity.wheelMillis = entity.dueMillis;
        if (Long.compareUnsigned(due, reached) <= 0) {
            ready.append(entity);
            return;
        }
        int level = level(due ^ reached);
        int slot = digit(due, level);
        slots[level * SLOTS + slot].append(entity);
        taken[level] |= 1L << slot;
    }

    /** Takes an entity out, if it is in. */
    void remove(Entity entity) {
        ((Link) entity).unlink();
        entity.wheelMillis = Entity.NEVER;
    }

    /** Time has come to here; earlier than before changes nothing. */
    void advanceTo(long millis) {
        long now = millis ^ Long.MIN_VALUE;
        if (Long.compareUnsigned(now, reached) <= 0) {
            return;
        }
        int top = level(now ^ reached);
        for (int level = 0; level < top; level++) {
            handOver(level, -1L); // these agree with the old time in the top digit, so all are past
        }
        int from = digit(reached, top);
        int to = digit(now, top);
        handOver(top, -1L << from << 1 & -1L >>> SLOTS - 1 - to);
        reached = now;
    }

    /**
     * Takes out the next entity of the slots that were reached; null if there is none. It may be due later than now: it
     * was moved since, or shares its slot with earlier ones. Then it is to be added again.
     */
    @Nullable
    Entity poll() {
        if (ready.after == ready) {
            return null;
        }
        Entity entity = (Entity) ready.after;
        remove(entity);
        return entity;
    }

    private void handOver(int level, long which) {
        for (long left = taken[level] & which; left != 0; left &= left - 1) {
            ready.appendAllOf(slots[level * SLOTS + Long.numberOfTrailingZeros(left)]);
        }
        taken[level] &= ~which;
    }

    private static int level(long differing) {
        return (Long.SIZE - 1 - Long.numberOfLeadingZeros(differing)) / DIGIT_BITS;
    }

    private static int digit(long time, int level) {
        return (int) (time >>> level * DIGIT_BITS) & SLOTS - 1;
    }
}
