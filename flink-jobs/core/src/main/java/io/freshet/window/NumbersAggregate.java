/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.function.CoreFinish;
import io.freshet.function.CorePartials.Kind;
import io.freshet.function.Finish;
import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the longs or timestamps of one input: their number, their sum in 128 bits, the least, the greatest. Kept
 * together, as they share the number, and an event then costs one step for all of them. Exact.
 */
final class NumbersAggregate extends Aggregate {

    private static final long EXACT_IN_DOUBLE = 1L << 53;
    private static final int COUNT = 0;

    /** Cells behind {@link #COUNT}; 0 where the part is not asked for. */
    private final int low;

    private final int high;
    private final int least;
    private final int greatest;

    /**
     * An aggregate of these parts.
     *
     * @param parts among COUNT, SUM, MIN and MAX; the number is always kept
     */
    NumbersAggregate(Placement placement, Set<Kind> parts) {
        super(placement, cells(parts), 0);
        boolean sums = parts.contains(Kind.SUM);
        int next = COUNT + 1;
        low = sums ? next++ : 0;
        high = sums ? next++ : 0;
        least = parts.contains(Kind.MIN) ? next++ : 0;
        greatest = parts.contains(Kind.MAX) ? next : 0;
    }

    private static int cells(Set<Kind> parts) {
        return 1
                + (parts.contains(Kind.SUM) ? 2 : 0)
                + (parts.contains(Kind.MIN) ? 1 : 0)
                + (parts.contains(Kind.MAX) ? 1 : 0);
    }

    @Override
    void add(TileRing into, int slot, Object value, Occurrence event) {
        long number = (Long) value;
        long[] longs = into.longs;
        int at = into.at(slot) + cell;
        boolean first = longs[at]++ == 0;
        if (low != 0) {
            plus(longs, at, number, number >> 63);
        }
        if (least != 0 && (first || number < longs[at + least])) {
            longs[at + least] = number;
        }
        if (greatest != 0 && (first || number > longs[at + greatest])) {
            longs[at + greatest] = number;
        }
    }

    @Override
    void merge(TileRing into, int slot, TileRing from, int fromSlot) {
        long[] others = from.longs;
        int other = from.at(fromSlot) + cell;
        if (others[other] == 0) {
            return;
        }
        long[] longs = into.longs;
        int at = into.at(slot) + cell;
        boolean first = longs[at] == 0;
        longs[at] += others[other];
        if (low != 0) {
            plus(longs, at, others[other + low], others[other + high]);
        }
        if (least != 0 && (first || others[other + least] < longs[at + least])) {
            longs[at + least] = others[other + least];
        }
        if (greatest != 0 && (first || others[other + greatest] > longs[at + greatest])) {
            longs[at + greatest] = others[other + greatest];
        }
    }

    @Override
    boolean evict(TileRing ring, int window, TileRing from, int tile) {
        long[] gone = from.longs;
        int other = from.at(tile) + cell;
        if (gone[other] == 0) {
            return true;
        }
        long[] longs = ring.longs;
        int at = ring.at(window) + cell;
        if (longs[at] == gone[other]) {
            clear(ring, window);
            return true;
        }
        if (least != 0 && gone[other + least] <= longs[at + least]
                || greatest != 0 && gone[other + greatest] >= longs[at + greatest]) {
            return false;
        }
        longs[at] -= gone[other];
        if (low != 0) {
            long negated = -gone[other + low];
            plus(longs, at, negated, ~gone[other + high] + (negated == 0 ? 1 : 0));
        }
        return true;
    }

    private void plus(long[] longs, int at, long otherLow, long otherHigh) {
        long sum = longs[at + low] + otherLow;
        longs[at + low] = sum;
        longs[at + high] += otherHigh + (Long.compareUnsigned(sum, otherLow) < 0 ? 1 : 0);
    }

    @Override
    @Nullable
    Object result(TileRing ring, int slot, Finish<?> finish, Reading at) {
        int from = ring.at(slot) + cell;
        long count = ring.longs[from];
        if (finish == CoreFinish.COUNT) {
            return count;
        }
        if (count == 0) {
            return null;
        }
        if (finish == CoreFinish.MIN) {
            return ring.longs[from + least];
        }
        if (finish == CoreFinish.MAX) {
            return ring.longs[from + greatest];
        }
        long sum = ring.longs[from + low];
        boolean fits = ring.longs[from + high] == sum >> 63;
        if (finish == CoreFinish.MEAN) {
            return mean(count, sum, ring.longs[from + high], fits);
        }
        return fits ? (Object) sum : at.overflow();
    }

    /** The double nearest to the exact quotient. */
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

    @Override
    void take(TileRing into, int slot, Aggregate was, TileRing from, int fromSlot) {
        NumbersAggregate other = (NumbersAggregate) was;
        int at = into.at(slot) + cell;
        int source = from.at(fromSlot) + other.cell;
        into.longs[at] = from.longs[source];
        if (low != 0) {
            into.longs[at + low] = from.longs[source + other.low];
            into.longs[at + high] = from.longs[source + other.high];
        }
        if (least != 0) {
            into.longs[at + least] = from.longs[source + other.least];
        }
        if (greatest != 0) {
            into.longs[at + greatest] = from.longs[source + other.greatest];
        }
    }

    @Override
    void write(TileRing ring, int slot, DataOutput out) throws IOException {
        int at = ring.at(slot) + cell;
        long count = ring.longs[at];
        Varint.write(count, out);
        if (count == 0) {
            return;
        }
        if (low != 0) {
            Varint.writeSigned(ring.longs[at + low], out);
            // Zero for all sums that fit a long.
            Varint.writeSigned(ring.longs[at + high] - (ring.longs[at + low] >> 63), out);
        }
        if (least != 0) {
            Varint.writeSigned(ring.longs[at + least], out);
        }
        if (greatest != 0) {
            Varint.writeSigned(ring.longs[at + greatest], out);
        }
    }

    @Override
    void read(TileRing ring, int slot, DataInput in) throws IOException {
        int at = ring.at(slot) + cell;
        long count = Varint.read(in);
        ring.longs[at] = count;
        if (count == 0) {
            return;
        }
        if (low != 0) {
            ring.longs[at + low] = Varint.readSigned(in);
            ring.longs[at + high] = Varint.readSigned(in) + (ring.longs[at + low] >> 63);
        }
        if (least != 0) {
            ring.longs[at + least] = Varint.readSigned(in);
        }
        if (greatest != 0) {
            ring.longs[at + greatest] = Varint.readSigned(in);
        }
    }
}
