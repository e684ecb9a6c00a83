/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.event.SelectedEvent;
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

    /** Where its cells begin in a slot. */
    final int cell;

    /** Where its object cells begin in a slot. */
    final int object;

    private final int longCells;
    private final int objectCells;

    Aggregate(Placement placement, int longCells, int objectCells) {
        this.cell = placement.claimLongs(longCells);
        this.object = placement.claimObjects(objectCells);
        this.longCells = longCells;
        this.objectCells = objectCells;
    }

    /** Whether order never shows, not even in the last bit. */
    boolean isExact() {
        return true;
    }

    /** Takes one more value of an event, never null. Where whole events are counted it is the event. */
    abstract void add(TileRing into, int slot, Object value, SelectedEvent event);

    /** Takes all that the other holds, which stays as it is. */
    abstract void merge(TileRing into, int slot, TileRing from, int fromSlot);

    /**
     * Takes out a partial state that was merged in.
     *
     * @return false if that cannot be done exactly; the cells are then undefined and must be folded again
     */
    abstract boolean evict(TileRing ring, int window, int tile);

    /** The value, in the form of its type; null for SQL's null. Leaves the cells as they are. */
    abstract @Nullable Object result(TileRing ring, int slot);

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

    /** Overwrites long cells with those of another slot. */
    final void copyLongs(TileRing into, int slot, TileRing from, int fromSlot) {
        System.arraycopy(from.longs, from.at(fromSlot) + cell, into.longs, into.at(slot) + cell, longCells);
    }
}
