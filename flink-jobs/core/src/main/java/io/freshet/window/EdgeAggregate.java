/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.event.SelectedEvent;
import io.freshet.expression.ValueType;
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
    void add(Cells into, Object value, SelectedEvent event) {
        take(into, event.timeMillis(), event.partition(), event.offset(), value);
    }

    @Override
    void merge(Cells into, Cells from) {
        Object value = result(from);
        if (value != null) {
            int at = from.at + cell;
            take(into, from.longs[at + TIME], from.longs[at + PARTITION], from.longs[at + OFFSET], value);
        }
    }

    @Override
    boolean evict(Cells from, Cells tile) {
        if (result(tile) == null) {
            return true;
        }
        int at = tile.at + cell;
        return order(from, tile.longs[at + TIME], tile.longs[at + PARTITION], tile.longs[at + OFFSET]) != 0;
    }

    @Override
    @Nullable
    Object result(Cells cells) {
        return cells.objects[cells.objectAt + object];
    }

    private void take(Cells into, long time, long partition, long offset, Object value) {
        int order = result(into) == null ? 0 : order(into, time, partition, offset);
        if (result(into) == null || (last ? order < 0 : order > 0)) {
            int at = into.at + cell;
            into.longs[at + TIME] = time;
            into.longs[at + PARTITION] = partition;
            into.longs[at + OFFSET] = offset;
            into.objects[into.objectAt + object] = value;
        }
    }

    /** Below zero where the cells' event comes before the other. */
    private int order(Cells cells, long time, long partition, long offset) {
        int at = cells.at + cell;
        int order = Long.compare(cells.longs[at + TIME], time);
        if (order == 0) {
            order = Long.compare(cells.longs[at + PARTITION], partition);
        }
        return order == 0 ? Long.compare(cells.longs[at + OFFSET], offset) : order;
    }

    @Override
    void write(Cells cells, DataOutput out) throws IOException {
        Object value = result(cells);
        ValueForm.writeNullable(value, type, out);
        if (value != null) {
            super.write(cells, out);
        }
    }

    @Override
    void read(Cells cells, DataInput in) throws IOException {
        Object value = ValueForm.readNullable(type, in);
        cells.objects[cells.objectAt + object] = value;
        if (value != null) {
            super.read(cells, in);
        }
    }
}
