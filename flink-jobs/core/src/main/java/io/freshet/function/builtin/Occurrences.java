/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.expression.ValueType;
import io.freshet.function.Algebra;
import io.freshet.function.Occurrence;
import io.freshet.function.ValueForm;
import io.freshet.function.ValueOrder;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each value occurs, exactly, so that a tile can be taken out again. More distinct values than {@code most}
 * leave that fact alone: a function of the set of events, and memory stays bounded. Values are told apart by
 * {@link ValueOrder#distinct}.
 *
 * @param type type of the values, a scalar
 * @param most how many distinct values there may be
 */
record Occurrences(ValueType type, int most) implements Algebra<Occurrences.Times> {

    /** How often each value occurs; nothing is kept once there were too many values. */
    static final class Times {
        private final Map<Object, Long> byValue = new HashMap<>();
        private boolean tooMany;

        /** Whether there are more distinct values than there may be. */
        boolean isTooMany() {
            return tooMany;
        }

        /** Number of distinct values. */
        int distinct() {
            return byValue.size();
        }

        /** Each value, and how often it occurs, once or more; in no order. */
        List<Entry> entries() {
            List<Entry> entries = new ArrayList<>(byValue.size());
            byValue.forEach((value, times) -> entries.add(new Entry(value, times)));
            return entries;
        }
    }

    /**
     * A value.
     *
     * @param value in the form of its type
     * @param times how often it occurs, 1 or more
     */
    record Entry(Object value, long times) {

        /** The most frequent first; of equally frequent ones the least. */
        static final Comparator<Entry> MOST_FREQUENT_FIRST =
                Comparator.comparingLong(Entry::times).reversed().thenComparing(Entry::value, ValueOrder::compare);
    }

    @Override
    public Times create() {
        return new Times();
    }

    @Override
    public Times add(Times partial, Occurrence event) {
        if (!partial.tooMany) {
            partial.byValue.merge(ValueOrder.distinct(event.value(0)), 1L, Long::sum);
            bound(partial);
        }
        return partial;
    }

    private void bound(Times times) {
        if (times.byValue.size() > most) {
            forget(times);
        }
    }

    private static void forget(Times times) {
        times.tooMany = true;
        times.byValue.clear();
    }

    @Override
    public Times merge(Times into, Times from) {
        if (into.tooMany || from.tooMany) {
            forget(into);
            return into;
        }
        from.byValue.forEach((value, times) -> into.byValue.merge(value, times, Long::sum));
        bound(into);
        return into;
    }

    @Override
    public boolean evict(Times from, Times gone) {
        if (from.tooMany || gone.tooMany) {
            return false;
        }
        for (Map.Entry<Object, Long> each : gone.byValue.entrySet()) {
            long before = from.byValue.getOrDefault(each.getKey(), 0L);
            long left = before - each.getValue();
            if (left < 0) {
                return false;
            }
            if (left == 0) {
                from.byValue.remove(each.getKey());
            } else {
                from.byValue.put(each.getKey(), left);
            }
        }
        return true;
    }

    @Override
    public Times copy(Times partial) {
        return merge(create(), partial);
    }

    @Override
    public void write(Times partial, DataOutput out) throws IOException {
        out.writeBoolean(partial.tooMany);
        Varint.write(partial.byValue.size(), out);
        List<Entry> entries = partial.entries();
        // The order of a hash map depends on its history, and equal states are written as equal bytes.
        entries.sort(Comparator.comparing(Entry::value, ValueOrder::compare));
        for (Entry entry : entries) {
            ValueForm.write(entry.value(), type, out);
            Varint.write(entry.times(), out);
        }
    }

    @Override
    public Times read(DataInput in) throws IOException {
        Times times = create();
        times.tooMany = in.readBoolean();
        int size = Varint.readCount(in);
        for (int i = 0; i < size; i++) {
            Object value = ValueForm.read(type, in);
            times.byValue.put(value, Varint.read(in));
        }
        return times;
    }
}
