/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.event.SelectedEvent;
import io.freshet.function.Finish;
import io.freshet.function.Occurrence;
import io.freshet.function.Reading;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A function over events as a small algebra. A partial state lives in a few cells; zeros and nulls are the state of
 * nothing. The laws, for partial states a, b, c and an event e:
 *
 * <ul>
 *   <li>nothing is neutral: {@code merge(nothing, a) = merge(a, nothing) = a}
 *   <li>adding is merging: {@code add(a, e) = merge(a, add(nothing, e))}
 *   <li>merging is associative: {@code merge(merge(a, b), c) = merge(a, merge(b, c))}
 *   <li>an {@link #isExact exact} aggregate gives the same bits in any order of adding and merging; the others are equal
 *       up to rounding, and the engine merges them in order of tiles only
 *   <li>where {@code evict(merge(a, b), a)} is true it leaves b
 * </ul>
 */
abstract class Aggregate {

    /** In place of the position of an input. */
    static final int ALL_EVENTS = -1;

    /** Where its cells begin in a slot. */
    final int cell;

    /** Where its object cells begin in a slot. */
    final int object;

    /** Position of its input in the event; {@link #ALL_EVENTS} where it takes whole events. */
    private final int input;

    private final int longCells;
    private final int objectCells;

    Aggregate(Placement placement, int longCells, int objectCells) {
        this.input = placement.input();
        this.cell = placement.claimLongs(longCells);
        this.object = placement.claimObjects(objectCells);
        this.longCells = longCells;
        this.objectCells = objectCells;
    }

    /** Whether order never shows, not even in the last bit. */
    boolean isExact() {
        return true;
    }

    /** What it takes of an event; null where the event does not count. */
    @Nullable
    Object value(SelectedEvent event) {
        return input == ALL_EVENTS ? event : event.input(input);
    }

    /** Takes one more value of an event, never null. Where whole events are counted it is the event. */
    abstract void add(TileRing into, int slot, Object value, Occurrence event);

    /** Takes all that the other holds, which stays as it is. */
    abstract void merge(TileRing into, int slot, TileRing from, int fromSlot);

    /**
     * Takes a tile out of a window that it was merged into.
     *
     * @return false if that cannot be done exactly; the cells are then undefined and must be folded again
     */
    abstract boolean evict(TileRing ring, int window, TileRing from, int tile);

    /**
     * The value, in the form of its type; null for SQL's null. Leaves the cells as they are.
     *
     * @param finish what is made of the partial state
     * @param at the row it is for
     */
    abstract @Nullable Object result(TileRing ring, int slot, Finish<?> finish, Reading at);

    /** Writes the cells of a tile in a compact form. */
    void write(TileRing ring, int slot, DataOutput out) throws IOException {
        for (int i = 0; i < longCells; i++) {
            Varint.writeSigned(ring.longs[ring.at(slot) + cell + i], out);
        }
    }

    /** Reads what {@link #write} wrote into empty cells. */
    void read(TileRing ring, int slot, DataInput in) throws IOException {
        for (int i = 0; i < longCells; i++) {
            ring.longs[ring.at(slot) + cell + i] = Varint.readSigned(in);
        }
    }

    /**
     * Makes these cells hold what those of another aggregate hold, of which this one keeps all or a part; shares nothing
     * mutable with them.
     */
    void take(TileRing into, int slot, Aggregate was, TileRing from, int fromSlot) {
        System.arraycopy(from.longs, from.at(fromSlot) + was.cell, into.longs, into.at(slot) + cell, longCells);
        for (int i = 0; i < objectCells; i++) {
            Object content = from.objects[from.objectAt(fromSlot) + was.object + i];
            into.objects[into.objectAt(slot) + object + i] = content == null ? null : copyOf(content);
        }
    }

    /** An object cell's content for a state that shares nothing mutable; the same where it is immutable. */
    Object copyOf(Object content) {
        return content;
    }

    /** Makes these cells hold nothing. */
    final void clear(TileRing ring, int slot) {
        for (int i = 0; i < longCells; i++) {
            ring.longs[ring.at(slot) + cell + i] = 0;
        }
        for (int i = 0; i < objectCells; i++) {
            ring.objects[ring.objectAt(slot) + object + i] = null;
        }
    }

    /** Replaces the objects of these cells by copies of their own. */
    final void unshare(TileRing ring, int slot) {
        for (int i = ring.objectAt(slot) + object; i < ring.objectAt(slot) + object + objectCells; i++) {
            Object content = ring.objects[i];
            if (content != null) {
                ring.objects[i] = copyOf(content);
            }
        }
    }

    /** Whether it has long cells alone. */
    final boolean isPlain() {
        return objectCells == 0;
    }
}
