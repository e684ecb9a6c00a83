/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.expression.ValueType;
import io.freshet.function.Algebra;
import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The earliest or the latest items of a window, in order; with {@code distinct} each value once, by its earliest or latest
 * item.
 *
 * @param type type of the values
 * @param most how many items are kept
 * @param latest whether the latest are kept, not the earliest
 * @param distinct whether each value is kept once
 */
record Items(ValueType type, int most, boolean latest, boolean distinct) implements Algebra<List<Item>> {

    @Override
    public List<Item> create() {
        return new ArrayList<>(1);
    }

    @Override
    public List<Item> add(List<Item> items, Occurrence event) {
        insert(items, Item.of(event));
        return items;
    }

    private void insert(List<Item> items, Item item) {
        if (distinct) {
            for (int i = 0; i < items.size(); i++) {
                if (items.get(i).value().equals(item.value())) {
                    if (items.get(i).compareTo(item) < 0 != latest) {
                        return;
                    }
                    items.remove(i);
                    break;
                }
            }
        }
        int at = items.size();
        while (at > 0 && items.get(at - 1).compareTo(item) > 0) {
            at--;
        }
        items.add(at, item);
        if (items.size() > most) {
            items.remove(latest ? 0 : most);
        }
    }

    @Override
    public List<Item> merge(List<Item> into, List<Item> from) {
        from.forEach(item -> insert(into, item));
        return into;
    }

    /**
     * What is gone is the oldest. Of the latest items those that were dropped for room are older still, and gone too. Of the
     * earliest some may have been dropped that now would count: but for a list that was never full. A value whose earliest
     * item is gone may have a later one that was never kept.
     */
    @Override
    public boolean evict(List<Item> from, List<Item> gone) {
        if (gone.isEmpty()) {
            return true;
        }
        if (!latest && (distinct || from.size() == most)) {
            return false;
        }
        from.removeIf(item -> Collections.binarySearch(gone, item) >= 0);
        return true;
    }

    @Override
    public List<Item> copy(List<Item> items) {
        return new ArrayList<>(items);
    }

    @Override
    public void write(List<Item> items, DataOutput out) throws IOException {
        Varint.write(items.size(), out);
        for (Item item : items) {
            item.write(type, out);
        }
    }

    @Override
    public List<Item> read(DataInput in) throws IOException {
        int size = Varint.readCount(in);
        List<Item> items = new ArrayList<>(Math.min(size, most));
        for (int i = 0; i < size; i++) {
            items.add(Item.read(type, in));
        }
        return items;
    }

    /** The values in order; null of nothing. */
    static @Nullable Object values(List<Item> items, Reading at) {
        return items.isEmpty() ? null : items.stream().map(Item::value).toList();
    }
}
