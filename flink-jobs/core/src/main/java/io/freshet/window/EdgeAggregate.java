/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.expression.ValueType;
import io.freshet.function.Finish;
import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import io.freshet.function.ValueForm;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Value of the first or last event that has one, in order of time, partition, offset. */
final class EdgeAggregate extends Aggregate {

    private static final int TIME = 0;
    private static final int PARTITION = 1;
    private static final int OFFSET = 2;

    private final ValueType type;
    private final boolean last;

    private EdgeAggregate(Placement placement, ValueType type, boolean last) {
        super(placement, 3, 1);
        this.type = type;
        this.last = last;
    }

    static EdgeAggregate first(Placement placement, ValueType type) {
        return new EdgeAggregate(placement, type, false);
    }

    static EdgeAggregate last(Placement placement, ValueType type) {
        return new EdgeAggregate(placement, type, true);
    }

    @Override
    void add(TileRing into, int slot, Object value, Occurrence event) {
        take(into, slot, event.timeMillis(), event.partition(), event.offset(), value);
    }

    @Override
    void merge(TileRing into, int slot, TileRing from, int fromSlot) {
        Object value = value(from, fromSlot);
        if (value != null) {
            int at = from.at(fromSlot) + cell;
            take(into, slot, from.longs[at + TIME], from.longs[at + PARTITION], from.longs[at + OFFSET], value);
        }
    }

    @Override
    boolean evict(TileRing ring, int window, TileRing from, int tile) {
        if (value(from, tile) == null) {
            return true;
        }
        int at = from.at(tile) + cell;
        return order(ring, window, from.longs[at + TIME], from.longs[at + PARTITION], from.longs[at + OFFSET]) != 0;
    }

    @Override
    @Nullable
    Object result(TileRing ring, int slot, Finish<?> finish, Reading at) {
        return value(ring, slot);
    }

    private @Nullable Object value(TileRing ring, int slot) {
        return ring.objects[ring.objectAt(slot) + object];
    }

    private void take(TileRing into, int slot, long time, long partition, long offset, Object value) {
        int order = value(into, slot) == null ? 0 : order(into, slot, time, partition, offset);
        if (value(into, slot) == null || (last ? order < 0 : order > 0)) {
            int at = into.at(slot) + cell;
            into.longs[at + TIME] = time;
            into.longs[at + PARTITION] = partition;
            into.longs[at + OFFSET] = offset;
            into.objects[into.objectAt(slot) + object] = value;
        }
    }

    /** Below zero where the cells' event comes before the other. */
    private int order(TileRing ring, int slot, long time, long partition, long offset) {
        int at = ring.at(slot) + cell;
        int order = Long.compare(ring.longs[at + TIME], time);
        if (order == 0) {
            order = Long.compare(ring.longs[at + PARTITION], partition);
        }
        return order == 0 ? Long.compare(ring.longs[at + OFFSET], offset) : order;
    }

    @Override
    void write(TileRing ring, int slot, DataOutput out) throws IOException {
        Object value = value(ring, slot);
        ValueForm.writeNullable(value, type, out);
        if (value != null) {
            super.write(ring, slot, out);
        }
    }

    @Override
    void read(TileRing ring, int slot, DataInput in) throws IOException {
        Object value = ValueForm.readNullable(type, in);
        ring.objects[ring.objectAt(slot) + object] = value;
        if (value != null) {
            super.read(ring, slot, in);
        }
    }
}
