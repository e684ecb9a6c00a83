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
import java.math.BigDecimal;
import org.apache.datasketches.common.SketchesArgumentException;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.jspecify.annotations.Nullable;

/**
 * Number of distinct values by a HyperLogLog sketch, estimated so that order does not matter (composite estimate).
 *
 * <p>Values are hashed by DataSketches (MurmurHash3, seed 9001): longs, timestamps and booleans (0 or 1) as 8 bytes,
 * doubles likewise with -0.0 as 0.0, decimals as their plain text, texts as UTF-8; an empty text as the byte 0.
 */
final class SketchAggregate extends Aggregate {

    private static final int LG_REGISTERS = 12;
    private static final byte[] EMPTY_TEXT = {0};
    private static final byte[] NOTHING = {};

    private final ValueType type;

    SketchAggregate(Placement placement, ValueType type) {
        super(placement, 0, 1);
        this.type = type;
    }

    @Override
    void add(TileRing into, int slot, Object value, Occurrence event) {
        Union sketch = sketch(into, slot);
        if (sketch == null) {
            sketch = new Union(LG_REGISTERS);
            into.objects[into.objectAt(slot) + object] = sketch;
        }
        switch (type.kind()) {
            case LONG, TIMESTAMP -> sketch.update((Long) value);
            case DOUBLE -> sketch.update((Double) value);
            case BOOLEAN -> sketch.update((Boolean) value ? 1L : 0L);
            case DECIMAL -> sketch.update(((BigDecimal) value).toPlainString());
            case LIST, MAP -> throw new IllegalArgumentException("Cannot count distinct values of type " + type);
            case STRING -> {
                String text = (String) value;
                if (text.isEmpty()) {
                    sketch.update(EMPTY_TEXT); // the library passes over empty texts
                } else {
                    sketch.update(text);
                }
            }
        }
    }

    @Override
    void merge(TileRing into, int slot, TileRing from, int fromSlot) {
        Union other = sketch(from, fromSlot);
        if (other == null) {
            return;
        }
        Union own = sketch(into, slot);
        if (own == null) {
            own = new Union(LG_REGISTERS);
            into.objects[into.objectAt(slot) + object] = own;
        }
        own.update(other.getResult(TgtHllType.HLL_8));
    }

    @Override
    boolean evict(TileRing ring, int window, TileRing from, int tile) {
        return sketch(from, tile) == null;
    }

    @Override
    Object result(TileRing ring, int slot, Finish<?> finish, Reading at) {
        Union sketch = sketch(ring, slot);
        return sketch == null ? 0L : Math.round(sketch.getCompositeEstimate());
    }

    private @Nullable Union sketch(TileRing ring, int slot) {
        return (Union) ring.objects[ring.objectAt(slot) + object];
    }

    @Override
    Object copyOf(Object content) {
        return Union.heapify(((Union) content).toCompactByteArray());
    }

    @Override
    void write(TileRing ring, int slot, DataOutput out) throws IOException {
        Union sketch = sketch(ring, slot);
        ValueForm.writeBytes(sketch == null ? NOTHING : sketch.toCompactByteArray(), out);
    }

    @Override
    void read(TileRing ring, int slot, DataInput in) throws IOException {
        byte[] bytes = ValueForm.readBytes(in);
        if (bytes.length > 0) {
            try {
                ring.objects[ring.objectAt(slot) + object] = Union.heapify(bytes);
            } catch (SketchesArgumentException | IndexOutOfBoundsException e) {
                throw new IOException("Cannot read a sketch: " + e.getMessage() + ", expected a HyperLogLog sketch", e);
            }
        }
    }
}
