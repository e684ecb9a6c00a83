/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.Algebra;
import io.freshet.function.Finish;
import io.freshet.function.Occurrence;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Number of events, and the time of the earliest or latest.
 *
 * @param latest whether of the latest
 */
record EdgeTime(boolean latest) implements Algebra<long[]> {

    private static final int TIME = 1;

    /** How long ago that was, ms; null of nothing. More than a long holds is the greatest long. */
    static final Finish<long[]> AGE = (partial, at) -> {
        if (partial[0] == 0) {
            return null;
        }
        long age = at.asOfMillis() - partial[TIME];
        return age < 0 ? Long.MAX_VALUE : age;
    };

    @Override
    public long[] create() {
        return new long[2];
    }

    @Override
    public long[] add(long[] partial, Occurrence event) {
        return take(partial, 1, event.timeMillis());
    }

    private long[] take(long[] partial, long events, long time) {
        if (partial[0] == 0 || latest == time > partial[TIME]) {
            partial[TIME] = time;
        }
        partial[0] += events;
        return partial;
    }

    @Override
    public long[] merge(long[] into, long[] from) {
        return from[0] == 0 ? into : take(into, from[0], from[TIME]);
    }

    @Override
    public boolean evict(long[] from, long[] gone) {
        if (gone[0] == 0) {
            return true;
        }
        from[0] -= gone[0];
        if (from[0] == 0) {
            from[TIME] = 0;
            return true;
        }
        return from[TIME] != gone[TIME];
    }

    @Override
    public long[] copy(long[] partial) {
        return partial.clone();
    }

    @Override
    public void write(long[] partial, DataOutput out) throws IOException {
        Varint.write(partial[0], out);
        Varint.writeSigned(partial[TIME], out);
    }

    @Override
    public long[] read(DataInput in) throws IOException {
        return new long[] {Varint.read(in), Varint.readSigned(in)};
    }
}
