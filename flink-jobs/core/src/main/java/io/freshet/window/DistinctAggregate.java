/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.event.SelectedEvent;
import io.freshet.expression.ValueType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Number of distinct values, exact: how often each value occurs, so that a tile can be taken out again. Memory grows
 * with the distinct values. As in SQL, -0.0 and 0.0 are one value.
 */
final class DistinctAggregate extends Aggregate {

    private final ValueType type;

    DistinctAggregate(Placement placement, ValueType type) {
        super(placement, 0, 1);
        this.type = type;
    }

    @Override
    void add(Cells into, Object value, SelectedEvent event) {
        // Adding 0.0 turns -0.0 into 0.0 and leaves all else.
        Object key = value instanceof Double number ? (Object) (number + 0.0) : value;
        own(into).merge(key, 1L, Long::sum);
    }

    @Override
    void merge(Cells into, Cells from) {
        Map<Object, Long> others = occurrences(from);
        if (others != null) {
            Map<Object, Long> own = own(into);
            others.forEach((value, times) -> own.merge(value, times, Long::sum));
        }
    }

    @Override
    boolean evict(Cells from, Cells tile) {
        Map<Object, Long> gone = occurrences(tile);
        if (gone != null) {
            Map<Object, Long> own = own(from);
            gone.forEach((value, times) ->
                    own.computeIfPresent(value, (key, before) -> before.equals(times) ? null : before - times));
        }
        return true;
    }

    @Override
    Object result(Cells cells) {
        Map<Object, Long> occurrences = occurrences(cells);
        return occurrences == null ? 0L : (long) occurrences.size();
    }

    @SuppressWarnings("unchecked") // only this class fills the cell
    private @Nullable Map<Object, Long> occurrences(Cells cells) {
        return (Map<Object, Long>) cells.objects[cells.objectAt + object];
    }

    private Map<Object, Long> own(Cells cells) {
        Map<Object, Long> occurrences = occurrences(cells);
        if (occurrences == null) {
            occurrences = new HashMap<>();
            cells.objects[cells.objectAt + object] = occurrences;
        }
        return occurrences;
    }

    @Override
    Object copyOf(Object content) {
        return new HashMap<>((Map<?, ?>) content);
    }

    @Override
    void write(Cells cells, DataOutput out) throws IOException {
        Map<Object, Long> occurrences = occurrences(cells);
        if (occurrences == null) {
            Varint.write(0, out);
            return;
        }
        Varint.write(occurrences.size(), out);
        for (Map.Entry<Object, Long> each : occurrences.entrySet()) {
            ValueForm.write(each.getKey(), type, out);
            Varint.write(each.getValue(), out);
        }
    }

    @Override
    void read(Cells cells, DataInput in) throws IOException {
        int size = Varint.readCount(in);
        for (int i = 0; i < size; i++) {
            Object value = ValueForm.read(type, in);
            own(cells).put(value, Varint.read(in));
        }
    }
}
