/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/** How often each whole number occurs, in order of the numbers: 12 bytes for each of those that do. */
public final class SortedCounts {

    private static final int FIRST_CAPACITY = 4;
    private static final int CHUNK = 1 << 12;

    private int[] keys = new int[FIRST_CAPACITY];
    private long[] counts = new long[FIRST_CAPACITY];
    private int size;

    /** How many different numbers occur. */
    public int size() {
        return size;
    }

    /** The number at a place in ascending order, from 0. */
    public int key(int place) {
        return keys[Objects.checkIndex(place, size)];
    }

    /** How often the number at that place occurs. */
    public long count(int place) {
        return counts[Objects.checkIndex(place, size)];
    }

    /** How often all of them occur together. */
    public long total() {
        long total = 0;
        for (int i = 0; i < size; i++) {
            total += counts[i];
        }
        return total;
    }

    /**
     * The number of a rank in ascending order.
     *
     * @param rank from 0 to the total less 1
     */
    public int at(long rank) {
        long below = 0;
        for (int i = 0; i < size; i++) {
            below += counts[i];
            if (below > rank) {
                return keys[i];
            }
        }
        throw new IllegalArgumentException("Cannot find rank " + rank + " among " + below);
    }

    /** Counts a number once more. */
    public void add(int key) {
        add(key, 1);
    }

    /** Counts a number that many times more. */
    public void add(int key, long times) {
        int at = Arrays.binarySearch(keys, 0, size, key);
        if (at < 0) {
            at = -at - 1;
            reserve(size + 1);
            System.arraycopy(keys, at, keys, at + 1, size - at);
            System.arraycopy(counts, at, counts, at + 1, size - at);
            keys[at] = key;
            counts[at] = 0;
            size++;
        }
        counts[at] += times;
    }

    /** Adds all counts of the other; from the greatest down, so that nothing is overwritten before it is moved. */
    public void add(SortedCounts other) {
        int union = unionSize(other);
        reserve(union);
        int own = size - 1;
        int theirs = other.size - 1;
        for (int at = union - 1; theirs >= 0; at--) {
            int key = own < 0 ? other.keys[theirs] : Math.max(keys[own], other.keys[theirs]);
            long count = 0;
            if (own >= 0 && keys[own] == key) {
                count += counts[own--];
            }
            if (theirs >= 0 && other.keys[theirs] == key) {
                count += other.counts[theirs--];
            }
            keys[at] = key;
            counts[at] = count;
        }
        size = union;
    }

    private int unionSize(SortedCounts other) {
        int shared = 0;
        int own = 0;
        int theirs = 0;
        while (own < size && theirs < other.size) {
            int order = Integer.compare(keys[own], other.keys[theirs]);
            shared += order == 0 ? 1 : 0;
            own += order <= 0 ? 1 : 0;
            theirs += order >= 0 ? 1 : 0;
        }
        return size + other.size - shared;
    }

    /**
     * Takes all counts of the other away.
     *
     * @return false if it counts what is not here; this is then of no use any more
     */
    boolean subtract(SortedCounts other) {
        int kept = 0;
        int theirs = 0;
        for (int own = 0; own < size; own++) {
            long left = counts[own];
            if (theirs < other.size && other.keys[theirs] == keys[own]) {
                left -= other.counts[theirs++];
            }
            if (left < 0) {
                return false;
            }
            if (left > 0) {
                keys[kept] = keys[own];
                counts[kept++] = left;
            }
        }
        size = kept;
        return theirs == other.size;
    }

    private void reserve(int capacity) {
        if (capacity > keys.length) {
            int grown = Math.max(capacity, keys.length + (keys.length >> 1));
            keys = Arrays.copyOf(keys, grown);
            counts = Arrays.copyOf(counts, grown);
        }
    }

    void write(DataOutput out) throws IOException {
        Varint.write(size, out);
        int before = 0;
        for (int i = 0; i < size; i++) {
            Varint.writeSigned((long) keys[i] - before, out);
            Varint.write(counts[i], out);
            before = keys[i];
        }
    }

    /** Grows as it reads, so that a corrupt size ends with the input and not with the memory. */
    static SortedCounts read(DataInput in) throws IOException {
        SortedCounts read = new SortedCounts();
        int size = Varint.readCount(in);
        long before = 0;
        for (int i = 0; i < size; i++) {
            read.reserve(i == 0 ? Math.min(size, CHUNK) : i + 1);
            before += Varint.readSigned(in);
            read.keys[i] = (int) before;
            read.counts[i] = Varint.read(in);
            read.size = i + 1;
        }
        return read;
    }
}
