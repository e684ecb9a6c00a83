/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.expression.ValueType;
import io.freshet.function.Algebra;
import io.freshet.function.Finish;
import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import io.freshet.function.ValueForm;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How often each value occurs, so that tiles can leave again. As in SQL, -0.0 and 0.0 are one value. More distinct values
 * than {@code most} give null: a function of the events alone; of such a partial state only that fact is kept.
 *
 * @param type type of the values
 * @param most how many distinct values a window may hold
 */
record Occurrences(ValueType type, int most) implements Algebra<Occurrences.Table> {

    /** Values and how often they occur; empty once there were too many. */
    static final class Table {
        private final Map<Object, Long> times = new HashMap<>();
        private boolean tooMany;

        /** How often each value occurs. */
        Map<Object, Long> times() {
            return times;
        }
    }

    /** Makes the value of a table, or null and counted where there were too many values. */
    static Finish<Table> unlessTooMany(Finish<Map<Object, Long>> finish) {
        return (table, at) -> table.tooMany ? at.overflow() : finish.value(table.times, at);
    }

    static Object distinct(Map<Object, Long> times, Reading at) {
        return (long) times.size();
    }

    @Override
    public Table create() {
        return new Table();
    }

    @Override
    public Table add(Table table, Occurrence event) {
        if (!table.tooMany) {
            Object value = event.value(0);
            // Adding 0.0 turns -0.0 into 0.0 and leaves all else.
            Object key = value instanceof Double number ? (Object) (number + 0.0) : value;
            table.times.merge(key, 1L, Long::sum);
            bound(table);
        }
        return table;
    }

    private void bound(Table table) {
        if (table.times.size() > most) {
            table.tooMany = true;
            table.times.clear();
        }
    }

    @Override
    public Table merge(Table into, Table from) {
        if (into.tooMany || from.tooMany) {
            into.tooMany = true;
            into.times.clear();
            return into;
        }
        from.times.forEach((value, times) -> into.times.merge(value, times, Long::sum));
        bound(into);
        return into;
    }

    @Override
    public boolean evict(Table from, Table gone) {
        if (from.tooMany || gone.tooMany) {
            return false;
        }
        gone.times.forEach((value, times) ->
                from.times.computeIfPresent(value, (key, before) -> before.equals(times) ? null : before - times));
        return true;
    }

    @Override
    public Table copy(Table table) {
        Table copy = new Table();
        copy.tooMany = table.tooMany;
        copy.times.putAll(table.times);
        return copy;
    }

    @Override
    public void write(Table table, DataOutput out) throws IOException {
        out.writeBoolean(table.tooMany);
        Varint.write(table.times.size(), out);
        for (Map.Entry<Object, Long> each : table.times.entrySet()) {
            ValueForm.write(each.getKey(), type, out);
            Varint.write(each.getValue(), out);
        }
    }

    @Override
    public Table read(DataInput in) throws IOException {
        Table table = new Table();
        table.tooMany = in.readBoolean();
        int size = Varint.readCount(in);
        for (int i = 0; i < size; i++) {
            Object value = ValueForm.read(type, in);
            table.times.put(value, Varint.read(in));
        }
        return table;
    }

    /** How often each value occurs, by its text; null of nothing. */
    static @Nullable Object histogram(Map<Object, Long> times, Reading at) {
        Map<String, Object> histogram = new TreeMap<>();
        times.forEach((value, count) -> histogram.put(Frequencies.text(value), count));
        return histogram.isEmpty() ? null : java.util.Collections.unmodifiableMap(histogram);
    }
}
