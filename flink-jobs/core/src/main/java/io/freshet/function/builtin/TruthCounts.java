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
 * How many events count, and for how many of them the first input holds.
 *
 * @param conditional whether only events count for which the second input holds; else there is none, and all count
 */
record TruthCounts(boolean conditional) implements Algebra<TruthCounts.Counts> {

    /** What is kept; zeros are nothing. */
    static final class Counts {
        private long events;
        private long holding;
    }

    /** Whether it holds for one event or more; null of nothing. */
    static @Nullable Object any(Counts counts, Reading at) {
        return counts.events == 0 ? null : counts.holding > 0;
    }

    /** Whether it holds for each event; null of nothing. */
    static @Nullable Object all(Counts counts, Reading at) {
        return counts.events == 0 ? null : counts.holding == counts.events;
    }

    /** For what share of events it holds, from 0 to 1; null of nothing. */
    static @Nullable Object share(Counts counts, Reading at) {
        return counts.events == 0 ? null : (double) counts.holding / counts.events;
    }

    @Override
    public Counts create() {
        return new Counts();
    }

    @Override
    public Counts add(Counts partial, Occurrence event) {
        if (!conditional || (Boolean) event.value(1)) {
            partial.events++;
            partial.holding += (Boolean) event.value(0) ? 1 : 0;
        }
        return partial;
    }

    @Override
    public Counts merge(Counts into, Counts from) {
        into.events += from.events;
        into.holding += from.holding;
        return into;
    }

    @Override
    public boolean evict(Counts from, Counts gone) {
        from.events -= gone.events;
        from.holding -= gone.holding;
        return true;
    }

    @Override
    public Counts copy(Counts partial) {
        return merge(create(), partial);
    }

    @Override
    public void write(Counts partial, DataOutput out) throws IOException {
        Varint.write(partial.events, out);
        Varint.write(partial.holding, out);
    }

    @Override
    public Counts read(DataInput in) throws IOException {
        Counts counts = create();
        counts.events = Varint.read(in);
        counts.holding = Varint.read(in);
        return counts;
    }
}
