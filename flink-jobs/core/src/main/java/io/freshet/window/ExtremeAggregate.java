/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.function.Finish;
import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import org.jspecify.annotations.Nullable;

/** Least or greatest of doubles, kept as longs of the same order. */
final class ExtremeAggregate extends Aggregate {

    private static final int COUNT = 0;
    private static final int EXTREME = 1;

    /** All bits set for the greatest, so that in cells the least of {@code value ^ flip} is wanted; 0 for the least. */
    private final long flip;

    private ExtremeAggregate(Placement placement, long flip) {
        super(placement, 2, 0);
        this.flip = flip;
    }

    static ExtremeAggregate least(Placement placement) {
        return new ExtremeAggregate(placement, 0);
    }

    static ExtremeAggregate greatest(Placement placement) {
        return new ExtremeAggregate(placement, -1);
    }

    @Override
    void add(TileRing into, int slot, Object value, Occurrence event) {
        take(into, slot, 1, sortable(Double.doubleToLongBits((Double) value)) ^ flip);
    }

    @Override
    void merge(TileRing into, int slot, TileRing from, int fromSlot) {
        int at = from.at(fromSlot) + cell;
        if (from.longs[at + COUNT] != 0) {
            take(into, slot, from.longs[at + COUNT], from.longs[at + EXTREME]);
        }
    }

    @Override
    boolean evict(TileRing ring, int window, TileRing from, int tile) {
        int at = ring.at(window) + cell;
        int tileAt = from.at(tile) + cell;
        long count = from.longs[tileAt + COUNT];
        ring.longs[at + COUNT] -= count;
        if (ring.longs[at + COUNT] == 0) {
            ring.longs[at + EXTREME] = 0;
            return true;
        }
        return count == 0 || from.longs[tileAt + EXTREME] > ring.longs[at + EXTREME];
    }

    @Override
    @Nullable
    Object result(TileRing ring, int slot, Finish<?> finish, Reading at) {
        int from = ring.at(slot) + cell;
        if (ring.longs[from + COUNT] == 0) {
            return null;
        }
        return Double.longBitsToDouble(sortable(ring.longs[from + EXTREME] ^ flip));
    }

    private void take(TileRing into, int slot, long count, long candidate) {
        int at = into.at(slot) + cell;
        if (into.longs[at + COUNT] == 0 || candidate < into.longs[at + EXTREME]) {
            into.longs[at + EXTREME] = candidate;
        }
        into.longs[at + COUNT] += count;
    }

    /** Turns bits of a double into a long of the same order, and back: it is its own inverse. */
    private static long sortable(long bits) {
        return bits ^ bits >> 63 & Long.MAX_VALUE;
    }
}
