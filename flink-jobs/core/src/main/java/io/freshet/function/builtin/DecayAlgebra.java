/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.Algebra;
import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Sum of values and of ones, each weighing {@code 2^(-age / halfLife)}, as of the latest event.
 *
 * @param halfLifeMillis the age at which an event counts half, ms
 * @param ofEvents whether whole events are counted, so that there is no value
 */
record Decayed(long halfLifeMillis, boolean ofEvents) implements Algebra<Decayed.Sums> {

    /** The sums as of a moment. */
    static final class Sums {
        private long events;
        private long atMillis;
        private double sum;
        private double weight;
    }

    @Override
    public Sums create() {
        return new Sums();
    }

    @Override
    public Sums add(Sums sums, Occurrence event) {
        return take(sums, 1, event.timeMillis(), ofEvents ? 0 : event.number(0), 1);
    }

    @Override
    public Sums merge(Sums into, Sums from) {
        return from.events == 0 ? into : take(into, from.events, from.atMillis, from.sum, from.weight);
    }

    private Sums take(Sums sums, long events, long atMillis, double sum, double weight) {
        if (sums.events == 0) {
            sums.atMillis = atMillis;
            sums.sum = sum;
            sums.weight = weight;
        } else {
            double own = share(sums.atMillis, atMillis);
            double others = share(atMillis, sums.atMillis);
            sums.sum = sums.sum * own + sum * others;
            sums.weight = sums.weight * own + weight * others;
            sums.atMillis = Math.max(sums.atMillis, atMillis);
        }
        sums.events += events;
        return sums;
    }

    /** What is left at the later moment; 1 where it is not later. */
    private double share(long fromMillis, long toMillis) {
        if (toMillis <= fromMillis) {
            return 1;
        }
        // Math.pow may differ in the last bit from one run to the next; a difference beyond long is beyond all weight.
        long age = toMillis - fromMillis;
        return age < 0 ? 0 : StrictMath.pow(2, -((double) age / halfLifeMillis));
    }

    @Nullable
    Object sum(Sums sums, Reading at) {
        return sums.events == 0 ? null : NamedFunction.finite(sums.sum * share(sums.atMillis, at.asOfMillis()), at);
    }

    Object count(Sums sums, Reading at) {
        return sums.weight * share(sums.atMillis, at.asOfMillis());
    }

    @Nullable
    Object mean(Sums sums, Reading at) {
        return sums.events == 0 ? null : NamedFunction.finite(sums.sum / sums.weight, at);
    }

    @Override
    public boolean evict(Sums from, Sums gone) {
        return gone.events == 0;
    }

    @Override
    public Sums copy(Sums sums) {
        Sums copy = new Sums();
        copy.events = sums.events;
        copy.atMillis = sums.atMillis;
        copy.sum = sums.sum;
        copy.weight = sums.weight;
        return copy;
    }

    @Override
    public void write(Sums sums, DataOutput out) throws IOException {
        Varint.write(sums.events, out);
        if (sums.events > 0) {
            Varint.writeSigned(sums.atMillis, out);
            out.writeDouble(sums.sum);
            out.writeDouble(sums.weight);
        }
    }

    @Override
    public Sums read(DataInput in) throws IOException {
        Sums sums = new Sums();
        sums.events = Varint.read(in);
        if (sums.events > 0) {
            sums.atMillis = Varint.readSigned(in);
            sums.sum = in.readDouble();
            sums.weight = in.readDouble();
        }
        return sums;
    }

    @Override
    public boolean isExact() {
        return false;
    }
}
