/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The tiles of one entity for one hop, oldest first, and before them one slot per window with what its tiles add up to.
 * Plain data: {@link HopWindows} knows what the cells mean.
 *
 * <p>All slots lie in one array of longs and one of objects. The first long of a tile is its start; the first long of a
 * window is the number of tiles here that it has already left.
 */
final class TileRing {

    private static final @Nullable Object[] NO_OBJECTS = {};

    private final int stride;
    private final int objectStride;
    private final int windows;

    long[] longs;

    @Nullable
    Object[] objects;

    /** One bit per aggregate of each window whose slot must be folded again before it is read. */
    long stale;

    private int head;
    private int size;

    TileRing(int stride, int objectStride, int windows) {
        this.stride = stride;
        this.objectStride = objectStride;
        this.windows = windows;
        longs = new long[(windows + 1) * stride];
        objects = objectStride == 0 ? NO_OBJECTS : new Object[(windows + 1) * objectStride];
    }

    private TileRing(TileRing other) {
        stride = other.stride;
        objectStride = other.objectStride;
        windows = other.windows;
        longs = other.longs.clone();
        objects = objectStride == 0 ? NO_OBJECTS : other.objects.clone();
        stale = other.stale;
        head = other.head;
        size = other.size;
    }

    /** A copy that shares the objects in the cells and nothing else. */
    TileRing copy() {
        return new TileRing(this);
    }

    /** How many tiles there are. */
    int size() {
        return size;
    }

    /** Start of a tile, by its position from the oldest. */
    long start(int tile) {
        return longs[(windows + head + tile) * stride];
    }

    /** How many of the tiles here that window has left. */
    int left(int window) {
        return (int) longs[window * stride];
    }

    void setLeft(int window, int tiles) {
        longs[window * stride] = tiles;
    }

    /** The slot of a tile, by its position from the oldest; a window's slot is its number. */
    int slotOf(int tile) {
        return windows + head + tile;
    }

    /** Where a slot begins among the longs. */
    int at(int slot) {
        return slot * stride;
    }

    /** Where a slot begins among the objects. */
    int objectAt(int slot) {
        return slot * objectStride;
    }

    /** Position of the tile with that start, or where it would have to stand as {@code -(position + 1)}. */
    int find(long start) {
        for (int tile = size - 1; tile >= 0; tile--) {
            long found = start(tile);
            if (found == start) {
                return tile;
            }
            if (found < start) {
                return -(tile + 2);
            }
        }
        return -1;
    }

    /** Makes an empty tile at that position. */
    void insert(int tile, long start) {
        makeRoom();
        int from = windows + head + tile;
        int after = size - tile;
        System.arraycopy(longs, from * stride, longs, (from + 1) * stride, after * stride);
        if (objectStride > 0) {
            System.arraycopy(objects, from * objectStride, objects, (from + 1) * objectStride, after * objectStride);
            Arrays.fill(objects, from * objectStride, (from + 1) * objectStride, null);
        }
        Arrays.fill(longs, from * stride, (from + 1) * stride, 0);
        longs[from * stride] = start;
        size++;
    }

    /** Takes away that many of the oldest tiles. */
    void drop(int tiles) {
        int from = windows + head;
        Arrays.fill(objects, from * objectStride, (from + tiles) * objectStride, null);
        head += tiles;
        size -= tiles;
        int capacity = capacity();
        if (capacity > 4 && size <= capacity / 4) {
            resize(capacity / 2);
        }
    }

    private int capacity() {
        return longs.length / stride - windows;
    }

    private void makeRoom() {
        int capacity = capacity();
        if (head + size < capacity) {
            return;
        }
        // Sliding down only where half is free keeps the cost per tile constant.
        resize(size <= capacity / 2 ? capacity : capacity * 2);
    }

    private void resize(int capacity) {
        long[] oldLongs = longs;
        @Nullable Object[] oldObjects = objects;
        longs = new long[(windows + capacity) * stride];
        objects = objectStride == 0 ? NO_OBJECTS : new Object[(windows + capacity) * objectStride];
        System.arraycopy(oldLongs, 0, longs, 0, windows * stride);
        System.arraycopy(oldObjects, 0, objects, 0, windows * objectStride);
        System.arraycopy(oldLongs, (windows + head) * stride, longs, windows * stride, size * stride);
        System.arraycopy(
                oldObjects, (windows + head) * objectStride, objects, windows * objectStride, size * objectStride);
        head = 0;
    }
}
