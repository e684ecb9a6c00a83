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
    abstract void add(Cells into, Object value, SelectedEvent event);

    /** Takes all that the other holds, which stays as it is. */
    abstract void merge(Cells into, Cells from);

    /**
     * Takes out a partial state that was merged in.
     *
     * @return false if that cannot be done exactly; the cells are then undefined and must be folded again
     */
    abstract boolean evict(Cells from, Cells tile);

    /** The value, in the form of its type; null for SQL's null. Leaves the cells as they are. */
    abstract @Nullable Object result(Cells cells);

    /** Writes the cells of a tile in a compact form. */
    void write(Cells cells, DataOutput out) throws IOException {
        for (int i = 0; i < longCells; i++) {
            Varint.writeSigned(cells.longs[cells.at + cell + i], out);
        }
    }

    /** Reads what {@link #write} wrote into empty cells. */
    void read(Cells cells, DataInput in) throws IOException {
        for (int i = 0; i < longCells; i++) {
            cells.longs[cells.at + cell + i] = Varint.readSigned(in);
        }
    }

    /** An object cell's content for a state that shares nothing mutable; the same where it is immutable. */
    Object copyOf(Object content) {
        return content;
    }

    /** Makes these cells hold nothing. */
    final void clear(Cells cells) {
        for (int i = 0; i < longCells; i++) {
            cells.longs[cells.at + cell + i] = 0;
        }
        for (int i = 0; i < objectCells; i++) {
            cells.objects[cells.objectAt + object + i] = null;
        }
    }

    /** Replaces the objects of these cells by copies of their own. */
    final void unshare(Cells cells) {
        for (int i = cells.objectAt + object; i < cells.objectAt + object + objectCells; i++) {
            Object content = cells.objects[i];
            if (content != null) {
                cells.objects[i] = copyOf(content);
            }
        }
    }

    /** Overwrites long cells with those of another slot. */
    final void copyLongs(Cells into, Cells from) {
        System.arraycopy(from.longs, from.at + cell, into.longs, into.at + cell, longCells);
    }
}
