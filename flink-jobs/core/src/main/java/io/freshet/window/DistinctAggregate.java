/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.expression.ValueType;
import io.freshet.function.Finish;
import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import io.freshet.function.ValueForm;
import io.freshet.function.Varint;
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
    void add(TileRing into, int slot, Object value, Occurrence event) {
        // Adding 0.0 turns -0.0 into 0.0 and leaves all else.
        Object key = value instanceof Double number ? (Object) (number + 0.0) : value;
        own(into, slot).merge(key, 1L, Long::sum);
    }

    @Override
    void merge(TileRing into, int slot, TileRing from, int fromSlot) {
        Map<Object, Long> others = occurrences(from, fromSlot);
        if (others != null) {
            Map<Object, Long> own = own(into, slot);
            others.forEach((value, times) -> own.merge(value, times, Long::sum));
        }
    }

    @Override
    boolean evict(TileRing ring, int window, TileRing from, int tile) {
        Map<Object, Long> gone = occurrences(from, tile);
        if (gone != null) {
            Map<Object, Long> own = own(ring, window);
            gone.forEach((value, times) ->
                    own.computeIfPresent(value, (key, before) -> before.equals(times) ? null : before - times));
        }
        return true;
    }

    @Override
    Object result(TileRing ring, int slot, Finish<?> finish, Reading at) {
        Map<Object, Long> occurrences = occurrences(ring, slot);
        return occurrences == null ? 0L : (long) occurrences.size();
    }

    @SuppressWarnings("unchecked") // only this class fills the cell
    private @Nullable Map<Object, Long> occurrences(TileRing ring, int slot) {
        return (Map<Object, Long>) ring.objects[ring.objectAt(slot) + object];
    }

    private Map<Object, Long> own(TileRing ring, int slot) {
        Map<Object, Long> occurrences = occurrences(ring, slot);
        if (occurrences == null) {
            occurrences = new HashMap<>();
            ring.objects[ring.objectAt(slot) + object] = occurrences;
        }
        return occurrences;
    }

    @Override
    Object copyOf(Object content) {
        return new HashMap<>((Map<?, ?>) content);
    }

    @Override
    void write(TileRing ring, int slot, DataOutput out) throws IOException {
        Map<Object, Long> occurrences = occurrences(ring, slot);
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
    void read(TileRing ring, int slot, DataInput in) throws IOException {
        int size = Varint.readCount(in);
        for (int i = 0; i < size; i++) {
            Object value = ValueForm.read(type, in);
            own(ring, slot).put(value, Varint.read(in));
        }
    }
}
