/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.event.SelectedEvent;
import io.freshet.function.Algebra;
import io.freshet.function.Finish;
import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Algebra} whose partial states stand in an object cell; an empty cell is nothing.
 *
 * @param <P> the partial state
 */
final class ObjectAggregate<P> extends Aggregate {

    private final Algebra<P> algebra;
    private final EventView view;

    ObjectAggregate(Placement placement, Algebra<P> algebra, int[] inputs) {
        super(placement.of(ALL_EVENTS), 0, 1);
        this.algebra = algebra;
        this.view = new EventView(inputs);
    }

    @Override
    boolean isExact() {
        return algebra.isExact();
    }

    @Override
    @Nullable
    Object value(SelectedEvent event) {
        return !algebra.skipsNulls() || view.of(event).isWhole() ? event : null;
    }

    @Override
    void add(TileRing into, int slot, Object value, Occurrence event) {
        P partial = partial(into, slot);
        put(into, slot, algebra.add(partial == null ? algebra.create() : partial, view.of(event)));
    }

    @Override
    void merge(TileRing into, int slot, TileRing from, int fromSlot) {
        P other = partial(from, fromSlot);
        if (other != null) {
            P partial = partial(into, slot);
            put(into, slot, partial == null ? algebra.copy(other) : algebra.merge(partial, other));
        }
    }

    @Override
    boolean evict(TileRing ring, int window, TileRing from, int tile) {
        P gone = partial(from, tile);
        P partial = partial(ring, window);
        return gone == null || partial != null && algebra.evict(partial, gone);
    }

    @Override
    @Nullable
    Object result(TileRing ring, int slot, Finish<?> finish, Reading at) {
        P partial = partial(ring, slot);
        @SuppressWarnings("unchecked") // a computation's finish is one for its own partials
        Finish<P> own = (Finish<P>) finish;
        return own.value(partial == null ? algebra.create() : partial, at);
    }

    @SuppressWarnings("unchecked") // only this class fills the cell
    private @Nullable P partial(TileRing ring, int slot) {
        return (P) ring.objects[ring.objectAt(slot) + object];
    }

    private void put(TileRing ring, int slot, P partial) {
        ring.objects[ring.objectAt(slot) + object] = partial;
    }

    @Override
    @SuppressWarnings("unchecked") // only this class fills the cell
    Object copyOf(Object content) {
        return algebra.copy((P) content);
    }

    @Override
    void write(TileRing ring, int slot, DataOutput out) throws IOException {
        P partial = partial(ring, slot);
        out.writeBoolean(partial != null);
        if (partial != null) {
            algebra.write(partial, out);
        }
    }

    @Override
    void read(TileRing ring, int slot, DataInput in) throws IOException {
        if (in.readBoolean()) {
            put(ring, slot, algebra.read(in));
        }
    }
}
