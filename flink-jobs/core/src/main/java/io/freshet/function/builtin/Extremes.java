/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.expression.ValueType;
import io.freshet.function.Algebra;
import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import io.freshet.function.ValueForm;
import io.freshet.function.ValueOrder;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The greatest or least values, the most extreme first; equal ones each count.
 *
 * @param type type of the values
 * @param most how many values are kept
 * @param sign 1 for the least, -1 for the greatest
 */
record Extremes(ValueType type, int most, int sign) implements Algebra<List<Object>> {

    @Override
    public List<Object> create() {
        return new ArrayList<>(1);
    }

    @Override
    public List<Object> add(List<Object> values, Occurrence event) {
        insert(values, event.value(0));
        return values;
    }

    private void insert(List<Object> values, Object value) {
        int at = values.size();
        while (at > 0 && sign * ValueOrder.compare(values.get(at - 1), value) > 0) {
            at--;
        }
        if (at < most) {
            values.add(at, value);
            if (values.size() > most) {
                values.remove(most);
            }
        }
    }

    @Override
    public List<Object> merge(List<Object> into, List<Object> from) {
        from.forEach(value -> insert(into, value));
        return into;
    }

    /** A full list may have dropped values that would now count, unless all that is gone lies beyond its end. */
    @Override
    public boolean evict(List<Object> from, List<Object> gone) {
        if (gone.isEmpty()) {
            return true;
        }
        if (from.size() == most) {
            return sign * ValueOrder.compare(gone.get(0), from.get(most - 1)) > 0;
        }
        gone.forEach(from::remove);
        return true;
    }

    @Override
    public List<Object> copy(List<Object> values) {
        return new ArrayList<>(values);
    }

    @Override
    public void write(List<Object> values, DataOutput out) throws IOException {
        Varint.write(values.size(), out);
        for (Object value : values) {
            ValueForm.write(value, type, out);
        }
    }

    @Override
    public List<Object> read(DataInput in) throws IOException {
        int size = Varint.readCount(in);
        List<Object> values = new ArrayList<>(Math.min(size, most));
        for (int i = 0; i < size; i++) {
            values.add(ValueForm.read(type, in));
        }
        return values;
    }

    /** The values; null of nothing. */
    static @Nullable Object values(List<Object> values, Reading at) {
        return values.isEmpty() ? null : List.copyOf(values);
    }
}
