/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.expression.ValueType;
import io.freshet.function.Algebra;
import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import io.freshet.function.ValueOrder;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The earliest or the latest items of a window, in order; with {@code distinct} each value, told apart by
 * {@link ValueOrder#distinct}, once, by its earliest or latest item.
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
        Object value = distinct ? ValueOrder.distinct(event.value(0)) : event.value(0);
        Item item = Item.of(event, value);
        if (distinct && !supersede(items, item)) {
            return items;
        }
        int at = items.size();
        while (at > 0 && items.get(at - 1).compareTo(item) > 0) {
            at--;
        }
        items.add(at, item);
        if (items.size() > most) {
            items.remove(latest ? 0 : most);
        }
        return items;
    }

    /** Takes out the item of an equal value, unless it is that which is to stay. */
    private boolean supersede(List<Item> items, Item item) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).value().equals(item.value())) {
                if (items.get(i).compareTo(item) < 0 != latest) {
                    return false;
                }
                items.remove(i);
                return true;
            }
        }
        return true;
    }

    /** Takes time in proportion to the number of items: the sort finds two runs that are in order, and merges them. */
    @Override
    public List<Item> merge(List<Item> into, List<Item> from) {
        into.addAll(from);
        into.sort(null);
        if (distinct) {
            keepOneOfEachValue(into);
        }
        if (into.size() > most) {
            (latest ? into.subList(0, into.size() - most) : into.subList(most, into.size())).clear();
        }
        return into;
    }

    private void keepOneOfEachValue(List<Item> items) {
        Set<Object> seen = new HashSet<>();
        if (latest) {
            Collections.reverse(items);
        }
        items.removeIf(item -> !seen.add(item.value()));
        if (latest) {
            Collections.reverse(items);
        }
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
