/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.function.CoreFinish;
import io.freshet.function.Finish;
import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Variances and standard deviations: count, mean and sum of squared distances from the mean, merged by the formula of
 * Chan, Golub and LeVeque (1979), of which adding one value is Welford's. Never negative. Values are taken as doubles.
 */
final class VarianceAggregate extends Aggregate {

    private static final int COUNT = 0;
    private static final int MEAN = 1;
    private static final int SQUARES = 2;

    VarianceAggregate(Placement placement) {
        super(placement, 3, 0);
    }

    @Override
    boolean isExact() {
        return false;
    }

    @Override
    void add(TileRing into, int slot, Object value, Occurrence event) {
        plus(into, slot, 1, ((Number) value).doubleValue(), 0);
    }

    @Override
    void merge(TileRing into, int slot, TileRing from, int fromSlot) {
        int at = from.at(fromSlot) + cell;
        if (from.longs[at + COUNT] != 0) {
            double mean = Double.longBitsToDouble(from.longs[at + MEAN]);
            plus(into, slot, from.longs[at + COUNT], mean, Double.longBitsToDouble(from.longs[at + SQUARES]));
        }
    }

    @Override
    boolean evict(TileRing ring, int window, TileRing from, int tile) {
        return from.longs[from.at(tile) + cell + COUNT] == 0;
    }

    @Override
    @Nullable
    Object result(TileRing ring, int slot, Finish<?> finish, Reading at) {
        long count = ring.longs[ring.at(slot) + cell + COUNT];
        double squares = Double.longBitsToDouble(ring.longs[ring.at(slot) + cell + SQUARES]);
        boolean sample = finish == CoreFinish.VARIANCE || finish == CoreFinish.STDDEV;
        long divisor = sample ? count - 1 : count;
        if (divisor < 1) {
            return null;
        }
        if (!Double.isFinite(squares)) {
            at.countOverflow();
            return null;
        }
        boolean root = finish == CoreFinish.STDDEV || finish == CoreFinish.STDDEV_POP;
        return root ? Math.sqrt(squares / divisor) : squares / divisor;
    }

    private void plus(TileRing into, int slot, long otherCount, double otherMean, double otherSquares) {
        int at = into.at(slot) + cell;
        long count = into.longs[at + COUNT];
        double mean = otherMean;
        double squares = otherSquares;
        if (count != 0) {
            double ownMean = Double.longBitsToDouble(into.longs[at + MEAN]);
            double total = count + otherCount;
            double distance = otherMean - ownMean;
            mean = ownMean + distance * (otherCount / total);
            squares += Double.longBitsToDouble(into.longs[at + SQUARES])
                    + distance * distance * (count * (otherCount / total));
        }
        into.longs[at + COUNT] = count + otherCount;
        into.longs[at + MEAN] = Double.doubleToLongBits(mean);
        into.longs[at + SQUARES] = Double.doubleToLongBits(squares);
    }

    @Override
    void write(TileRing ring, int slot, DataOutput out) throws IOException {
        int at = ring.at(slot) + cell;
        Varint.write(ring.longs[at + COUNT], out);
        if (ring.longs[at + COUNT] != 0) {
            out.writeLong(ring.longs[at + MEAN]);
            out.writeLong(ring.longs[at + SQUARES]);
        }
    }

    @Override
    void read(TileRing ring, int slot, DataInput in) throws IOException {
        int at = ring.at(slot) + cell;
        ring.longs[at + COUNT] = Varint.read(in);
        if (ring.longs[at + COUNT] != 0) {
            ring.longs[at + MEAN] = in.readLong();
            ring.longs[at + SQUARES] = in.readLong();
        }
    }
}
