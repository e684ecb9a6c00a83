/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.Algebra;
import io.freshet.function.Occurrence;
import io.freshet.function.PairSum;
import io.freshet.function.Reading;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Sums of values and of weights that halve with each half-life, as of a reference time at or after the latest event. The
 * reference moves by whole half-lives wherever it fits, which changes exponents alone: what has been summed is not rounded
 * again when an event comes, so nothing drifts however many do.
 *
 * @param halfLifeMillis the half-life, ms, above 0
 * @param ofEvents whether whole events are counted, so that there is no value
 */
record DecayAlgebra(long halfLifeMillis, boolean ofEvents) implements Algebra<DecayAlgebra.Sums> {

    /**
     * Half-lives after which a sum is 0, even one that left the doubles: 2^63 events of less than 2^1024 come to less than
     * 2^-1075 then.
     */
    private static final long ENDLESS = 2_200;

    /** What is kept; zeros are nothing. */
    static final class Sums {
        private boolean any;
        private long referenceMillis;
        private PairSum values = new PairSum();
        private PairSum weights = new PairSum();
    }

    /** Sum of the values; null of nothing and, counted, where it left the doubles. */
    @Nullable
    Object sum(Sums sums, Reading at) {
        return sums.any ? NamedFunction.finite(asOf(sums.values, sums, at), at) : null;
    }

    /** Sum of the weights; 0 of nothing. */
    Object count(Sums sums, Reading at) {
        return asOf(sums.weights, sums, at);
    }

    /** Mean of the values; null of nothing and, counted, where their sum left the doubles. */
    @Nullable
    Object mean(Sums sums, Reading at) {
        return sums.any ? NamedFunction.finite(sums.values.value() / sums.weights.value(), at) : null;
    }

    private double asOf(PairSum sum, Sums sums, Reading at) {
        return scaled(sum, sums.referenceMillis, at.asOfMillis()).value();
    }

    @Override
    public Sums create() {
        return new Sums();
    }

    @Override
    public Sums add(Sums partial, Occurrence event) {
        PairSum value = new PairSum();
        if (!ofEvents) {
            value.add((Number) event.value(0));
        }
        return take(partial, event.timeMillis(), value, new PairSum(1, 0));
    }

    @Override
    public Sums merge(Sums into, Sums from) {
        return from.any ? take(into, from.referenceMillis, from.values, from.weights) : into;
    }

    private Sums take(Sums into, long millis, PairSum values, PairSum weights) {
        if (!into.any) {
            into.any = true;
            into.referenceMillis = millis;
            into.values = values.copy();
            into.weights = weights.copy();
            return into;
        }
        long reference = following(into.referenceMillis, millis);
        into.values = scaled(into.values, into.referenceMillis, reference);
        into.weights = scaled(into.weights, into.referenceMillis, reference);
        into.referenceMillis = reference;
        into.values.add(scaled(values, millis, reference));
        into.weights.add(scaled(weights, millis, reference));
        return into;
    }

    /** The reference, later by the fewest whole half-lives that reach the moment; the moment itself at the end of long. */
    private long following(long referenceMillis, long millis) {
        if (millis <= referenceMillis) {
            return referenceMillis;
        }
        long gap = millis - referenceMillis; // unsigned
        long steps = Long.divideUnsigned(gap, halfLifeMillis);
        if (Long.remainderUnsigned(gap, halfLifeMillis) != 0) {
            steps++;
        }
        long moved = referenceMillis + steps * halfLifeMillis;
        return moved < millis ? millis : moved;
    }

    /** What a sum as of one moment is as of another, earlier or later: a copy. */
    private PairSum scaled(PairSum sum, long fromMillis, long toMillis) {
        PairSum scaled = sum.copy();
        if (fromMillis == toMillis) {
            return scaled;
        }
        boolean later = toMillis > fromMillis;
        long gap = later ? toMillis - fromMillis : fromMillis - toMillis; // unsigned
        long whole = Long.divideUnsigned(gap, halfLifeMillis);
        if (later && Long.compareUnsigned(whole, ENDLESS) >= 0) {
            return new PairSum();
        }
        double part = (double) Long.remainderUnsigned(gap, halfLifeMillis) / halfLifeMillis;
        // StrictMath gives the same bits on every machine, and 1.0 for 0.
        scaled.scale(StrictMath.pow(2, later ? -part : part), (int) (later ? -whole : whole));
        return scaled;
    }

    @Override
    public Sums copy(Sums partial) {
        return merge(create(), partial);
    }

    @Override
    public void write(Sums partial, DataOutput out) throws IOException {
        out.writeBoolean(partial.any);
        if (partial.any) {
            Varint.writeSigned(partial.referenceMillis, out);
            partial.values.write(out);
            partial.weights.write(out);
        }
    }

    @Override
    public Sums read(DataInput in) throws IOException {
        Sums sums = create();
        sums.any = in.readBoolean();
        if (sums.any) {
            sums.referenceMillis = Varint.readSigned(in);
            sums.values = PairSum.read(in);
            sums.weights = PairSum.read(in);
        }
        return sums;
    }

    @Override
    public boolean isExact() {
        return false;
    }
}
