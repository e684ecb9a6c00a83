/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.event.SelectedEvent;

/** Number of events or values. Exact; cannot overflow. */
final class CountAggregate extends Aggregate {

    CountAggregate(Placement placement) {
        super(placement, 1, 0);
    }

    @Override
    void add(Cells into, Object value, SelectedEvent event) {
        into.longs[into.at + cell]++;
    }

    @Override
    void merge(Cells into, Cells from) {
        into.longs[into.at + cell] += from.longs[from.at + cell];
    }

    @Override
    boolean evict(Cells from, Cells tile) {
        from.longs[from.at + cell] -= tile.longs[tile.at + cell];
        return true;
    }

    @Override
    Object result(Cells cells) {
        return cells.longs[cells.at + cell];
    }
}
