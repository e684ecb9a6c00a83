/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.function.Algebra;
import io.freshet.function.Finish;
import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import io.freshet.function.ValueForm;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Another algebra for each category of events; its values are maps. More categories than {@code most} give null: a
 * function of the events alone, and memory stays bounded.
 *
 * @param each the algebra of each category
 * @param category position of the category among the inputs
 * @param most how many categories there may be
 * @param <P> the partial state of a category
 */
record CategoryAlgebra<P>(Algebra<P> each, int category, int most) implements Algebra<CategoryAlgebra.Categories<P>> {

    /** The categories; none are kept once there were too many. */
    static final class Categories<P> {
        private final Map<String, Share<P>> shares = new TreeMap<>();
        private boolean tooMany;
    }

    /** One category: how many events it has, and their partial state. */
    private static final class Share<P> {
        private long events;
        private P partial;

        Share(long events, P partial) {
            this.events = events;
            this.partial = partial;
        }
    }

    /** A map from each category to its value; values that are null are left out, and no category gives null. */
    Finish<Categories<P>> finish(Finish<P> finish) {
        return (categories, at) -> categories.tooMany ? at.overflow() : values(categories, finish, at);
    }

    private static <P> @Nullable Object values(Categories<P> categories, Finish<P> finish, Reading at) {
        Map<String, Object> values = new TreeMap<>();
        categories.shares.forEach((name, share) -> {
            Object value = finish.value(share.partial, at);
            if (value != null) {
                values.put(name, value);
            }
        });
        return values.isEmpty() ? null : Collections.unmodifiableMap(values);
    }

    @Override
    public Categories<P> create() {
        return new Categories<>();
    }

    @Override
    public Categories<P> add(Categories<P> partial, Occurrence event) {
        Object name = event.input(category);
        if (name != null && !partial.tooMany) {
            Share<P> share = share(partial, name.toString());
            share.events++;
            share.partial = each.add(share.partial, event);
            bound(partial);
        }
        return partial;
    }

    private Share<P> share(Categories<P> categories, String name) {
        return categories.shares.computeIfAbsent(name, unseen -> new Share<>(0, each.create()));
    }

    private void bound(Categories<P> categories) {
        if (categories.shares.size() > most) {
            categories.tooMany = true;
            categories.shares.clear();
        }
    }

    @Override
    public Categories<P> merge(Categories<P> into, Categories<P> from) {
        if (into.tooMany || from.tooMany) {
            into.tooMany = true;
            into.shares.clear();
            return into;
        }
        from.shares.forEach((name, share) -> {
            Share<P> own = share(into, name);
            own.events += share.events;
            own.partial = each.merge(own.partial, share.partial);
        });
        bound(into);
        return into;
    }

    @Override
    public boolean evict(Categories<P> from, Categories<P> gone) {
        if (from.tooMany || gone.tooMany) {
            return false;
        }
        for (Map.Entry<String, Share<P>> entry : gone.shares.entrySet()) {
            Share<P> own = from.shares.get(entry.getKey());
            if (own == null) {
                return false;
            }
            own.events -= entry.getValue().events;
            if (own.events == 0) {
                from.shares.remove(entry.getKey());
            } else if (!each.evict(own.partial, entry.getValue().partial)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Categories<P> copy(Categories<P> partial) {
        Categories<P> copy = new Categories<>();
        copy.tooMany = partial.tooMany;
        partial.shares.forEach(
                (name, share) -> copy.shares.put(name, new Share<>(share.events, each.copy(share.partial))));
        return copy;
    }

    @Override
    public void write(Categories<P> partial, DataOutput out) throws IOException {
        out.writeBoolean(partial.tooMany);
        Varint.write(partial.shares.size(), out);
        for (Map.Entry<String, Share<P>> entry : partial.shares.entrySet()) {
            ValueForm.writeText(entry.getKey(), out);
            Varint.write(entry.getValue().events, out);
            each.write(entry.getValue().partial, out);
        }
    }

    @Override
    public Categories<P> read(DataInput in) throws IOException {
        Categories<P> partial = new Categories<>();
        partial.tooMany = in.readBoolean();
        int size = Varint.readCount(in);
        for (int i = 0; i < size; i++) {
            String name = ValueForm.readText(in);
            long events = Varint.read(in);
            partial.shares.put(name, new Share<>(events, each.read(in)));
        }
        return partial;
    }

    @Override
    public boolean isExact() {
        return each.isExact();
    }

    @Override
    public boolean skipsNulls() {
        return each.skipsNulls();
    }
}
