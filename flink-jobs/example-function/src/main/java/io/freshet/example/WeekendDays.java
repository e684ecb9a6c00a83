/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.example;

import io.freshet.function.Algebra;
import io.freshet.function.Occurrence;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Counts events, and those of weekends. A record, so that columns over the same input and offset share their state.
 *
 * @param offsetMillis by how much local time is ahead of UTC, ms
 */
record WeekendDays(long offsetMillis) implements Algebra<WeekendDays.Counts> {

    private static final long DAY_MILLIS = 86_400_000;
    private static final int DAYS_OF_A_WEEK = 7;

    /** 1970-01-01 was a Thursday: two days later it was Saturday. */
    private static final int SATURDAY = 2;

    /** The partial state. */
    static final class Counts {
        long all;
        long weekend;
    }

    @Override
    public Counts create() {
        return new Counts();
    }

    @Override
    public Counts add(Counts partial, Occurrence event) {
        long day = Math.floorDiv(event.timeMillis() + offsetMillis, DAY_MILLIS);
        int sinceSaturday = (int) Math.floorMod(day - SATURDAY, (long) DAYS_OF_A_WEEK);
        partial.all++;
        partial.weekend += sinceSaturday < 2 ? 1 : 0;
        return partial;
    }

    @Override
    public Counts merge(Counts into, Counts from) {
        into.all += from.all;
        into.weekend += from.weekend;
        return into;
    }

    @Override
    public boolean evict(Counts from, Counts gone) {
        from.all -= gone.all;
        from.weekend -= gone.weekend;
        return true;
    }

    @Override
    public Counts copy(Counts partial) {
        return merge(create(), partial);
    }

    @Override
    public void write(Counts partial, DataOutput out) throws IOException {
        Varint.write(partial.all, out);
        Varint.write(partial.weekend, out);
    }

    @Override
    public Counts read(DataInput in) throws IOException {
        Counts counts = new Counts();
        counts.all = Varint.read(in);
        counts.weekend = Varint.read(in);
        return counts;
    }
}
