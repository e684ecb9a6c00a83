/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.event.SelectedEvent;
import io.freshet.expression.ValueType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Least or greatest of decimals. */
final class DecimalExtremeAggregate extends Aggregate {

    private final ValueType type;

    /** 1 for the least, -1 for the greatest. */
    private final int sign;

    private DecimalExtremeAggregate(Placement placement, ValueType type, int sign) {
        super(placement, 0, 1);
        this.type = type;
        this.sign = sign;
    }

    static DecimalExtremeAggregate least(Placement placement, ValueType type) {
        return new DecimalExtremeAggregate(placement, type, 1);
    }

    static DecimalExtremeAggregate greatest(Placement placement, ValueType type) {
        return new DecimalExtremeAggregate(placement, type, -1);
    }

    @Override
    void add(TileRing into, int slot, Object value, SelectedEvent event) {
        take(into, slot, (BigDecimal) value);
    }

    @Override
    void merge(TileRing into, int slot, TileRing from, int fromSlot) {
        BigDecimal extreme = extreme(from, fromSlot);
        if (extreme != null) {
            take(into, slot, extreme);
        }
    }

    @Override
    boolean evict(TileRing ring, int window, int tile) {
        BigDecimal gone = extreme(ring, tile);
        BigDecimal extreme = extreme(ring, window);
        return gone == null || extreme == null || sign * gone.compareTo(extreme) > 0;
    }

    @Override
    @Nullable
    Object result(TileRing ring, int slot) {
        return extreme(ring, slot);
    }

    private @Nullable BigDecimal extreme(TileRing ring, int slot) {
        return (BigDecimal) ring.objects[ring.objectAt(slot) + object];
    }

    private void take(TileRing into, int slot, BigDecimal candidate) {
        BigDecimal extreme = extreme(into, slot);
        if (extreme == null || sign * candidate.compareTo(extreme) < 0) {
            into.objects[into.objectAt(slot) + object] = candidate;
        }
    }

    @Override
    void write(TileRing ring, int slot, DataOutput out) throws IOException {
        ValueForm.writeNullable(extreme(ring, slot), type, out);
    }

    @Override
    void read(TileRing ring, int slot, DataInput in) throws IOException {
        ring.objects[ring.objectAt(slot) + object] = ValueForm.readNullable(type, in);
    }
}
