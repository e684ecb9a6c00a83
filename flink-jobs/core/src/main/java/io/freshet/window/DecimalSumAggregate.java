/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.expression.ValueType;
import io.freshet.function.CoreFinish;
import io.freshet.function.Finish;
import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import io.freshet.function.ValueForm;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** Sum or mean of decimals, exact. A sum of more than 38 digits gives null and is counted; a mean is a double. */
final class DecimalSumAggregate extends Aggregate {

    private final ValueType type;

    DecimalSumAggregate(Placement placement, ValueType type) {
        super(placement, 1, 1);
        this.type = type;
    }

    @Override
    void add(TileRing into, int slot, Object value, Occurrence event) {
        plus(into, slot, 1, (BigDecimal) value);
    }

    @Override
    void merge(TileRing into, int slot, TileRing from, int fromSlot) {
        BigDecimal sum = sum(from, fromSlot);
        if (sum != null) {
            plus(into, slot, from.longs[from.at(fromSlot) + cell], sum);
        }
    }

    @Override
    boolean evict(TileRing ring, int window, TileRing from, int tile) {
        BigDecimal sum = sum(from, tile);
        if (sum != null) {
            plus(ring, window, -from.longs[from.at(tile) + cell], sum.negate());
            if (ring.longs[ring.at(window) + cell] == 0) {
                ring.objects[ring.objectAt(window) + object] = null;
            }
        }
        return true;
    }

    @Override
    @Nullable
    Object result(TileRing ring, int slot, Finish<?> finish, Reading at) {
        BigDecimal sum = sum(ring, slot);
        if (sum == null) {
            return null;
        }
        if (finish == CoreFinish.MEAN) {
            BigDecimal count = BigDecimal.valueOf(ring.longs[ring.at(slot) + cell]);
            return sum.divide(count, MathContext.DECIMAL128).doubleValue();
        }
        if (sum.precision() > ValueType.MAX_PRECISION) {
            at.countOverflow();
            return null;
        }
        return sum;
    }

    private @Nullable BigDecimal sum(TileRing ring, int slot) {
        return (BigDecimal) ring.objects[ring.objectAt(slot) + object];
    }

    private void plus(TileRing into, int slot, long count, BigDecimal other) {
        BigDecimal sum = sum(into, slot);
        into.longs[into.at(slot) + cell] += count;
        into.objects[into.objectAt(slot) + object] = sum == null ? other : sum.add(other);
    }

    @Override
    void write(TileRing ring, int slot, DataOutput out) throws IOException {
        super.write(ring, slot, out);
        ValueForm.writeNullable(sum(ring, slot), type, out);
    }

    @Override
    void read(TileRing ring, int slot, DataInput in) throws IOException {
        super.read(ring, slot, in);
        ring.objects[ring.objectAt(slot) + object] = ValueForm.readNullable(type, in);
    }
}
