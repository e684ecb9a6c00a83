/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.expression.ValueType;
import io.freshet.function.Algebra;
import io.freshet.function.Finish;
import io.freshet.function.Occurrence;
import io.freshet.function.ValueForm;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Another algebra over no more than the latest events of a window, by time, partition and offset. Keeps those events and
 * goes through them for each value.
 *
 * @param of the algebra
 * @param most how many events count, 1 or more
 * @param inputs types of the inputs
 * @param <P> the partial state of the algebra
 */
record LatestAlgebra<P>(Algebra<P> of, int most, List<ValueType> inputs) implements Algebra<List<LatestAlgebra.Kept>> {

    private static final Comparator<Kept> ORDER = Comparator.comparingLong(Kept::timeMillis)
            .thenComparingInt(Kept::partition)
            .thenComparingLong(Kept::offset);

    /** An event that is kept; its values are never changed. */
    record Kept(
            long timeMillis,
            int partition,
            long offset,
            @Nullable Object[] values) implements Occurrence {
        @Override
        public @Nullable Object input(int position) {
            return values[position];
        }
    }

    LatestAlgebra {
        inputs = List.copyOf(inputs);
    }

    /** The value over the events that are kept, from the earliest to the latest. */
    Finish<List<Kept>> finish(Finish<P> finish) {
        return (kept, at) -> {
            P partial = of.create();
            for (Kept event : kept) {
                partial = of.add(partial, event);
            }
            return finish.value(partial, at);
        };
    }

    @Override
    public List<Kept> create() {
        return new ArrayList<>(1);
    }

    @Override
    public List<Kept> add(List<Kept> partial, Occurrence event) {
        @Nullable Object[] values = new Object[inputs.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = event.input(i);
        }
        insert(partial, new Kept(event.timeMillis(), event.partition(), event.offset(), values));
        return partial;
    }

    private void insert(List<Kept> partial, Kept event) {
        int at = partial.size();
        while (at > 0 && ORDER.compare(partial.get(at - 1), event) > 0) {
            at--;
        }
        partial.add(at, event);
        if (partial.size() > most) {
            partial.remove(0);
        }
    }

    @Override
    public List<Kept> merge(List<Kept> into, List<Kept> from) {
        for (Kept event : from) {
            insert(into, event);
        }
        return into;
    }

    /** What is gone is the oldest: of the events that were dropped for room, all went with it or before. */
    @Override
    public boolean evict(List<Kept> from, List<Kept> gone) {
        from.removeIf(event -> Collections.binarySearch(gone, event, ORDER) >= 0);
        return true;
    }

    @Override
    public List<Kept> copy(List<Kept> partial) {
        return new ArrayList<>(partial);
    }

    @Override
    public void write(List<Kept> partial, DataOutput out) throws IOException {
        Varint.write(partial.size(), out);
        for (Kept event : partial) {
            Varint.writeSigned(event.timeMillis, out);
            Varint.writeSigned(event.partition, out);
            Varint.writeSigned(event.offset, out);
            for (int i = 0; i < inputs.size(); i++) {
                ValueForm.writeNullable(event.values[i], inputs.get(i), out);
            }
        }
    }

    @Override
    public List<Kept> read(DataInput in) throws IOException {
        int size = Varint.readCount(in);
        List<Kept> partial = new ArrayList<>(Math.min(size, most));
        for (int n = 0; n < size; n++) {
            long time = Varint.readSigned(in);
            int partition = (int) Varint.readSigned(in);
            long offset = Varint.readSigned(in);
            @Nullable Object[] values = new Object[inputs.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = ValueForm.readNullable(inputs.get(i), in);
            }
            partial.add(new Kept(time, partition, offset, values));
        }
        return partial;
    }

    @Override
    public boolean skipsNulls() {
        return of.skipsNulls();
    }
}
