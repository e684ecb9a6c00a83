/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.expression.ValueType;
import io.freshet.function.Algebra;
import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import io.freshet.function.ValueForm;
import io.freshet.function.ValueOrder;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The item of which another input is least or greatest; of several the earliest.
 *
 * @param type type of the values
 * @param by type of the other input
 * @param sign 1 for the least, -1 for the greatest
 */
record BestBy(ValueType type, ValueType by, int sign) implements Algebra<BestBy.Best> {

    /** The best item so far and the input it is best by; both null of nothing. */
    static final class Best {
        private @Nullable Item item;
        private @Nullable Object by;
    }

    @Override
    public Best create() {
        return new Best();
    }

    @Override
    public Best add(Best best, Occurrence event) {
        take(best, Item.of(event), event.value(1));
        return best;
    }

    private void take(Best best, Item item, Object value) {
        int order = best.item == null || best.by == null ? 1 : sign * ValueOrder.compare(best.by, value);
        if (order > 0 || order == 0 && best.item != null && best.item.compareTo(item) > 0) {
            best.item = item;
            best.by = value;
        }
    }

    @Override
    public Best merge(Best into, Best from) {
        if (from.item != null && from.by != null) {
            take(into, from.item, from.by);
        }
        return into;
    }

    @Override
    public boolean evict(Best from, Best gone) {
        return gone.item == null || from.item != null && from.item.compareTo(gone.item) != 0;
    }

    @Override
    public Best copy(Best best) {
        Best copy = new Best();
        copy.item = best.item;
        copy.by = best.by;
        return copy;
    }

    @Override
    public void write(Best best, DataOutput out) throws IOException {
        out.writeBoolean(best.item != null);
        if (best.item != null && best.by != null) {
            best.item.write(type, out);
            ValueForm.write(best.by, by, out);
        }
    }

    @Override
    public Best read(DataInput in) throws IOException {
        Best best = new Best();
        if (in.readBoolean()) {
            best.item = Item.read(type, in);
            best.by = ValueForm.read(by, in);
        }
        return best;
    }

    static @Nullable Object value(Best best, Reading at) {
        return best.item == null ? null : best.item.value();
    }
}
