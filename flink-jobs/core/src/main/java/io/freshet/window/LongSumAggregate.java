/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.event.SelectedEvent;
import io.freshet.metrics.ViewMetrics;
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

    private final boolean mean;
    private final ViewMetrics metrics;

    private LongSumAggregate(Placement placement, boolean mean, ViewMetrics metrics) {
        super(placement, 3, 0);
        this.mean = mean;
        this.metrics = metrics;
    }

    /** The sum: a long, or null and counted where it does not fit. */
    static LongSumAggregate sum(Placement placement, ViewMetrics metrics) {
        return new LongSumAggregate(placement, false, metrics);
    }

    /** The mean: the double nearest to the exact quotient. */
    static LongSumAggregate mean(Placement placement) {
        return new LongSumAggregate(placement, true, ViewMetrics.NONE);
    }

    @Override
    void add(TileRing into, int slot, Object value, SelectedEvent event) {
        long number = (Long) value;
        plus(into, slot, 1, number, number >> 63);
    }

    @Override
    void merge(TileRing into, int slot, TileRing from, int fromSlot) {
        int at = from.at(fromSlot) + cell;
        plus(into, slot, from.longs[at + COUNT], from.longs[at + LOW], from.longs[at + HIGH]);
    }

    @Override
    boolean evict(TileRing ring, int window, int tile) {
        int at = ring.at(tile) + cell;
        long low = -ring.longs[at + LOW];
        long high = ~ring.longs[at + HIGH] + (low == 0 ? 1 : 0);
        plus(ring, window, -ring.longs[at + COUNT], low, high);
        return true;
    }

    @Override
    @Nullable
    Object result(TileRing ring, int slot) {
        int at = ring.at(slot) + cell;
        long count = ring.longs[at + COUNT];
        if (count == 0) {
            return null;
        }
        long low = ring.longs[at + LOW];
        long high = ring.longs[at + HIGH];
        boolean fits = high == low >> 63;
        if (mean) {
            return mean(count, low, high, fits);
        }
        if (!fits) {
            metrics.overflow();
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
