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
 * Among the events for which all other inputs are true: how many there are, and for how many the first input is true.
 * Exact.
 */
record Truths() implements Algebra<long[]> {

    @Override
    public long[] create() {
        return new long[2];
    }

    @Override
    public long[] add(long[] partial, Occurrence event) {
        partial[0]++;
        partial[1] += (Boolean) event.value(0) ? 1 : 0;
        return partial;
    }

    @Override
    public long[] merge(long[] into, long[] from) {
        into[0] += from[0];
        into[1] += from[1];
        return into;
    }

    @Override
    public boolean evict(long[] from, long[] gone) {
        from[0] -= gone[0];
        from[1] -= gone[1];
        return true;
    }

    @Override
    public long[] copy(long[] partial) {
        return partial.clone();
    }

    @Override
    public void write(long[] partial, DataOutput out) throws IOException {
        Varint.write(partial[0], out);
        Varint.write(partial[1], out);
    }

    @Override
    public long[] read(DataInput in) throws IOException {
        return new long[] {Varint.read(in), Varint.read(in)};
    }

    static @Nullable Object any(long[] partial, Reading at) {
        return partial[0] == 0 ? null : (Object) (partial[1] > 0);
    }

    static @Nullable Object all(long[] partial, Reading at) {
        return partial[0] == 0 ? null : (Object) (partial[1] == partial[0]);
    }

    static @Nullable Object share(long[] partial, Reading at) {
        return partial[0] == 0 ? null : (Object) ((double) partial[1] / partial[0]);
    }

    /** The same among the events for which the second input is true. */
    record Among() implements Algebra<long[]> {
        private static final Truths ALL = new Truths();

        @Override
        public long[] create() {
            return ALL.create();
        }

        @Override
        public long[] add(long[] partial, Occurrence event) {
            return (Boolean) event.value(1) ? ALL.add(partial, event) : partial;
        }

        @Override
        public long[] merge(long[] into, long[] from) {
            return ALL.merge(into, from);
        }

        @Override
        public boolean evict(long[] from, long[] gone) {
            return ALL.evict(from, gone);
        }

        @Override
        public long[] copy(long[] partial) {
            return partial.clone();
        }

        @Override
        public void write(long[] partial, DataOutput out) throws IOException {
            ALL.write(partial, out);
        }

        @Override
        public long[] read(DataInput in) throws IOException {
            return ALL.read(in);
        }
    }
}
