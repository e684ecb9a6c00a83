/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import static java.util.Objects.requireNonNull;

import io.freshet.function.Algebra;
import io.freshet.function.CorePartials;
import io.freshet.function.Finish;
import io.freshet.function.Occurrence;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An aggregate of plain cells as an {@link Algebra}, for use within others: a partial state is a ring of one slot. */
final class CellAlgebra implements Algebra<TileRing> {

    private static final int SLOT = 0;

    private final CorePartials partials;
    private final boolean ofEvents;
    private final Aggregate aggregate;
    private final int stride;
    private final int objectStride;

    CellAlgebra(CorePartials partials, boolean ofEvents) {
        this.partials = partials;
        this.ofEvents = ofEvents;
        Placement placement = new Placement(1);
        aggregate = Aggregates.create(partials, ofEvents, placement);
        stride = placement.longs();
        objectStride = placement.objects();
    }

    /** What the aggregate makes of its cells. */
    Finish<TileRing> finish(Finish<?> finish) {
        return (ring, at) -> aggregate.result(ring, SLOT, finish, at);
    }

    @Override
    public TileRing create() {
        return new TileRing(stride, objectStride, 1, 0);
    }

    @Override
    public TileRing add(TileRing partial, Occurrence event) {
        aggregate.add(partial, SLOT, ofEvents ? event : requireNonNull(event.input(0)), event);
        return partial;
    }

    @Override
    public TileRing merge(TileRing into, TileRing from) {
        aggregate.merge(into, SLOT, from, SLOT);
        return into;
    }

    @Override
    public boolean evict(TileRing from, TileRing gone) {
        return aggregate.evict(from, SLOT, gone, SLOT);
    }

    @Override
    public TileRing copy(TileRing partial) {
        TileRing copy = partial.copy();
        aggregate.unshare(copy, SLOT);
        return copy;
    }

    @Override
    public void write(TileRing partial, DataOutput out) throws IOException {
        aggregate.write(partial, SLOT, out);
    }

    @Override
    public TileRing read(DataInput in) throws IOException {
        TileRing partial = create();
        aggregate.read(partial, SLOT, in);
        return partial;
    }

    @Override
    public boolean isExact() {
        return aggregate.isExact();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CellAlgebra that && partials.equals(that.partials) && ofEvents == that.ofEvents;
    }

    @Override
    public int hashCode() {
        return partials.hashCode();
    }

    @Override
    public String toString() {
        return partials.toString();
    }
}
