/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.event.SelectedEvent;

/** Number of events or values. Exact; cannot overflow. */
final class CountAggregate extends Aggregate {

    CountAggregate(Placement placement) {
        super(placement, 1, 0);
    }

    @Override
    void add(TileRing into, int slot, Object value, SelectedEvent event) {
        into.longs[into.at(slot) + cell]++;
    }

    @Override
    void merge(TileRing into, int slot, TileRing from, int fromSlot) {
        into.longs[into.at(slot) + cell] += from.longs[from.at(fromSlot) + cell];
    }

    @Override
    boolean evict(TileRing ring, int window, int tile) {
        ring.longs[ring.at(window) + cell] -= ring.longs[ring.at(tile) + cell];
        return true;
    }

    @Override
    Object result(TileRing ring, int slot) {
        return ring.longs[ring.at(slot) + cell];
    }
}
