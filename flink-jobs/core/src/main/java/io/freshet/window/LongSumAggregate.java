/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.function.CoreFinish;
import io.freshet.function.Finish;
import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Sum or mean of longs, summed in 128 bits: exact, and exactly subtracted. */
final class LongSumAggregate extends Aggregate {

    private static final long EXACT_IN_DOUBLE = 1L << 53;
    private static final int COUNT = 0;
    private static final int LOW = 1;
    private static final int HIGH = 2;

    LongSumAggregate(Placement placement) {
        super(placement, 3, 0);
    }

    @Override
    void add(TileRing into, int slot, Object value, Occurrence event) {
        long number = (Long) value;
        plus(into, slot, 1, number, number >> 63);
    }

    @Override
    void merge(TileRing into, int slot, TileRing from, int fromSlot) {
        int at = from.at(fromSlot) + cell;
        plus(into, slot, from.longs[at + COUNT], from.longs[at + LOW], from.longs[at + HIGH]);
    }

    @Override
    boolean evict(TileRing ring, int window, TileRing from, int tile) {
        int at = from.at(tile) + cell;
        long low = -from.longs[at + LOW];
        long high = ~from.longs[at + HIGH] + (low == 0 ? 1 : 0);
        plus(ring, window, -from.longs[at + COUNT], low, high);
        return true;
    }

    @Override
    @Nullable
    Object result(TileRing ring, int slot, Finish<?> finish, Reading at) {
        int from = ring.at(slot) + cell;
        long count = ring.longs[from + COUNT];
        if (count == 0) {
            return null;
        }
        long low = ring.longs[from + LOW];
        long high = ring.longs[from + HIGH];
        boolean fits = high == low >> 63;
        if (finish == CoreFinish.MEAN) {
            return mean(count, low, high, fits);
        }
        if (!fits) {
            at.countOverflow();
            return null;
        }
        return low;
    }

    private static double mean(long count, long low, long high, boolean fits) {
        if (fits && low > -EXACT_IN_DOUBLE && low < EXACT_IN_DOUBLE) {
            return (double) low / count;
        }
        BigInteger sum = new BigInteger(
                ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array());
        return new BigDecimal(sum)
                .divide(BigDecimal.valueOf(count), MathContext.DECIMAL128)
                .doubleValue();
    }

    private void plus(TileRing into, int slot, long count, long low, long high) {
        int at = into.at(slot) + cell;
        long sum = into.longs[at + LOW] + low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        into.longs[at + COUNT] += count;
        into.longs[at + LOW] = sum;
        into.longs[at + HIGH] += high + carry;
    }
}
