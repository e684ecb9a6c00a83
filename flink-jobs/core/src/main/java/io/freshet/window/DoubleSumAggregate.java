/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.function.CoreFinish;
import io.freshet.function.Finish;
import io.freshet.function.Occurrence;
import io.freshet.function.PairSum;
import io.freshet.function.Reading;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Sum or mean of doubles, summed as a {@link PairSum}. A sum that leaves the range of doubles, even on the way, gives null and is counted.
 */
final class DoubleSumAggregate extends Aggregate {

    private static final int COUNT = 0;
    private static final int SUM = 1;
    private static final int REST = 2;

    DoubleSumAggregate(Placement placement) {
        super(placement, 3, 0);
    }

    @Override
    boolean isExact() {
        return false;
    }

    @Override
    void add(TileRing into, int slot, Object value, Occurrence event) {
        plus(into, slot, 1, (Double) value, 0);
    }

    @Override
    void merge(TileRing into, int slot, TileRing from, int fromSlot) {
        int at = from.at(fromSlot) + cell;
        if (from.longs[at + COUNT] != 0) {
            double sum = Double.longBitsToDouble(from.longs[at + SUM]);
            plus(into, slot, from.longs[at + COUNT], sum, Double.longBitsToDouble(from.longs[at + REST]));
        }
    }

    @Override
    boolean evict(TileRing ring, int window, TileRing from, int tile) {
        return from.longs[from.at(tile) + cell + COUNT] == 0;
    }

    @Override
    @Nullable
    Object result(TileRing ring, int slot, Finish<?> finish, Reading at) {
        int from = ring.at(slot) + cell;
        long count = ring.longs[from + COUNT];
        if (count == 0) {
            return null;
        }
        double sum = Double.longBitsToDouble(ring.longs[from + SUM]);
        if (!Double.isFinite(sum)) {
            at.countOverflow();
            return null;
        }
        return finish == CoreFinish.MEAN ? sum / count : sum;
    }

    private void plus(TileRing into, int slot, long count, double otherSum, double otherRest) {
        long[] longs = into.longs;
        int at = into.at(slot) + cell;
        PairSum sum = new PairSum(Double.longBitsToDouble(longs[at + SUM]), Double.longBitsToDouble(longs[at + REST]));
        sum.add(otherSum, otherRest);
        longs[at + COUNT] += count;
        longs[at + SUM] = Double.doubleToLongBits(sum.value());
        longs[at + REST] = Double.doubleToLongBits(sum.rest());
    }

    @Override
    void write(TileRing ring, int slot, DataOutput out) throws IOException {
        int at = ring.at(slot) + cell;
        Varint.write(ring.longs[at + COUNT], out);
        if (ring.longs[at + COUNT] != 0) {
            out.writeLong(ring.longs[at + SUM]);
            out.writeLong(ring.longs[at + REST]);
        }
    }

    @Override
    void read(TileRing ring, int slot, DataInput in) throws IOException {
        int at = ring.at(slot) + cell;
        ring.longs[at + COUNT] = Varint.read(in);
        if (ring.longs[at + COUNT] != 0) {
            ring.longs[at + SUM] = in.readLong();
            ring.longs[at + REST] = in.readLong();
        }
    }
}
