/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.expression.ValueType;
import io.freshet.function.Finish;
import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import io.freshet.function.ValueForm;
import io.freshet.function.ValueOrder;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Least or greatest of decimals, or of texts by code points. */
final class ObjectExtremeAggregate extends Aggregate {

    private final ValueType type;

    /** 1 for the least, -1 for the greatest. */
    private final int sign;

    private ObjectExtremeAggregate(Placement placement, ValueType type, int sign) {
        super(placement, 0, 1);
        this.type = type;
        this.sign = sign;
    }

    static ObjectExtremeAggregate least(Placement placement, ValueType type) {
        return new ObjectExtremeAggregate(placement, type, 1);
    }

    static ObjectExtremeAggregate greatest(Placement placement, ValueType type) {
        return new ObjectExtremeAggregate(placement, type, -1);
    }

    @Override
    void add(TileRing into, int slot, Object value, Occurrence event) {
        take(into, slot, value);
    }

    @Override
    void merge(TileRing into, int slot, TileRing from, int fromSlot) {
        Object extreme = extreme(from, fromSlot);
        if (extreme != null) {
            take(into, slot, extreme);
        }
    }

    @Override
    boolean evict(TileRing ring, int window, TileRing from, int tile) {
        Object gone = extreme(from, tile);
        Object extreme = extreme(ring, window);
        return gone == null || extreme == null || sign * ValueOrder.compare(gone, extreme) > 0;
    }

    @Override
    @Nullable
    Object result(TileRing ring, int slot, Finish<?> finish, Reading at) {
        return extreme(ring, slot);
    }

    private @Nullable Object extreme(TileRing ring, int slot) {
        return ring.objects[ring.objectAt(slot) + object];
    }

    private void take(TileRing into, int slot, Object candidate) {
        Object extreme = extreme(into, slot);
        if (extreme == null || sign * ValueOrder.compare(candidate, extreme) < 0) {
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
