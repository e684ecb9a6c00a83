/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The tiles of one entity, oldest first, and before them one slot per window with what its tiles add up to. Plain data:
 * {@link TileChain} knows what the cells mean.
 *
 * <p>All slots lie in one array of longs and one of objects. The first long of a tile is its start; the first longs of the
 * slots before the tiles are, edge by edge, how many tiles have passed it.
 */
final class TileRing {

    private static final @Nullable Object[] NO_OBJECTS = {};

    private final int stride;
    private final int objectStride;
    private final int windows;

    long[] longs;

    @Nullable
    Object[] objects;

    private int head;
    private int size;

    /**
     * A ring without tiles.
     *
     * @param stride long cells of a slot, 1 or more
     * @param objectStride object cells of a slot
     * @param windows slots before the tiles
     * @param capacity tiles for which there is room at first
     */
    TileRing(int stride, int objectStride, int windows, int capacity) {
        this.stride = stride;
        this.objectStride = objectStride;
        this.windows = windows;
        longs = new long[(windows + capacity) * stride];
        objects = objectStride == 0 ? NO_OBJECTS : new Object[(windows + capacity) * objectStride];
    }

    private TileRing(TileRing other) {
        stride = other.stride;
        objectStride = other.objectStride;
        windows = other.windows;
        longs = other.longs.clone();
        objects = objectStride == 0 ? NO_OBJECTS : other.objects.clone();
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

    void setStart(int tile, long start) {
        longs[(windows + head + tile) * stride] = start;
    }

    /** How many of the tiles here have passed that edge. */
    int left(int edge) {
        return (int) longs[edge * stride];
    }

    void setLeft(int edge, int tiles) {
        longs[edge * stride] = tiles;
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

    /**
     * Position of the tile with that start, or where it would have to stand as {@code -(position + 1)}.
     *
     * @param first the first tile that it can be
     * @param end behind the last tile that it can be
     */
    int find(long start, int first, int end) {
        for (int tile = end - 1; tile >= first; tile--) {
            long found = start(tile);
            if (found == start) {
                return tile;
            }
            if (found < start) {
                return -(tile + 2);
            }
        }
        return -(first + 1);
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

    /** Takes away a tile, by moving those on the shorter side of it. */
    void remove(int tile) {
        int at = windows + head + tile;
        if (tile < size / 2) {
            int from = windows + head;
            System.arraycopy(longs, from * stride, longs, (from + 1) * stride, tile * stride);
            System.arraycopy(objects, from * objectStride, objects, (from + 1) * objectStride, tile * objectStride);
            drop(1);
            return;
        }
        int after = size - 1 - tile;
        System.arraycopy(longs, (at + 1) * stride, longs, at * stride, after * stride);
        System.arraycopy(objects, (at + 1) * objectStride, objects, at * objectStride, after * objectStride);
        int last = windows + head + size - 1;
        Arrays.fill(objects, last * objectStride, (last + 1) * objectStride, null);
        size--;
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
        resize(size <= capacity / 2 ? capacity : capacity + capacity / 2 + 1);
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
