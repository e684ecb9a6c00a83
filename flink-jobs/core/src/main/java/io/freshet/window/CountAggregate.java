/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.function.Finish;
import io.freshet.function.Occurrence;
import io.freshet.function.Reading;

/** Number of events or values. Exact; cannot overflow. */
final class CountAggregate extends Aggregate {

    CountAggregate(Placement placement) {
        super(placement, 1, 0);
    }

    @Override
    void add(TileRing into, int slot, Object value, Occurrence event) {
        into.longs[into.at(slot) + cell]++;
    }

    @Override
    void merge(TileRing into, int slot, TileRing from, int fromSlot) {
        into.longs[into.at(slot) + cell] += from.longs[from.at(fromSlot) + cell];
    }

    @Override
    boolean evict(TileRing ring, int window, TileRing from, int tile) {
        ring.longs[ring.at(window) + cell] -= from.longs[from.at(tile) + cell];
        return true;
    }

    @Override
    Object result(TileRing ring, int slot, Finish<?> finish, Reading at) {
        return ring.longs[ring.at(slot) + cell];
    }
}
