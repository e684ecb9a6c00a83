/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import java.util.Arrays;

/**
 * Gives entities numbers from 0, in the order in which they come. Laid out for many more look-ups than there are
 * entities: one place in an array tells nearly always whether a key is there.
 */
final class EntityNumbers {

    /** Of a key that was not added. */
    static final int NONE = -1;

    private static final int FIRST_SIZE = 16;

    /** 2^32 over the golden ratio: spreads hashes that differ in few bits. */
    private static final int SPREAD = 0x9E3779B9;

    private String[] keys = new String[FIRST_SIZE];
    private int size;

    /**
     * By the first bits of a key's hash, or the next place that is free: the hash, and the number of the key plus one in
     * the lower half; 0 where there is none. Its length is a power of two, and at most half of it is taken.
     */
    private long[] places = new long[2 * FIRST_SIZE];

    /** How many there are. */
    int size() {
        return size;
    }

    /** The key of that number. */
    String key(int number) {
        return keys[number];
    }

    /** The number of a key; {@link #NONE} if it was not added. */
    int of(String key) {
        return numberAt(place(key, hash(key)));
    }

    /**
     * The numbers of many keys. Each look-up waits for memory, the more of them the longer; step by step for all keys they
     * wait side by side.
     *
     * @param keys the first of these
     * @param numbers where their numbers go
     */
    void of(String[] keys, int count, int[] numbers) {
        int[] hashes = new int[count];
        long[] entries = new long[count];
        for (int i = 0; i < count; i++) {
            hashes[i] = hash(keys[i]);
        }
        for (int i = 0; i < count; i++) {
            entries[i] = places[firstPlace(hashes[i])];
        }
        for (int i = 0; i < count; i++) {
            int number = (int) entries[i] - 1;
            boolean isFound = number == NONE || (hashOf(entries[i]) == hashes[i] && this.keys[number].equals(keys[i]));
            numbers[i] = isFound ? number : of(keys[i]);
        }
    }

    /** The number of a key, which is added if it was not. */
    int add(String key) {
        int hash = hash(key);
        int place = place(key, hash);
        if (places[place] != 0) {
            return numberAt(place);
        }
        if (size == keys.length) {
            grow();
            place = place(key, hash);
        }
        keys[size++] = key;
        places[place] = entry(hash, size);
        return size - 1;
    }

    private static int hash(String key) {
        return key.hashCode() * SPREAD;
    }

    private static long entry(int hash, int numberPlusOne) {
        return (long) hash << Integer.SIZE | numberPlusOne;
    }

    private static int hashOf(long entry) {
        return (int) (entry >>> Integer.SIZE);
    }

    private int numberAt(int place) {
        return (int) places[place] - 1;
    }

    private int firstPlace(int hash) {
        return hash >>> (1 + Integer.numberOfLeadingZeros(places.length));
    }

    /** Where a key is, or would be. */
    private int place(String key, int hash) {
        int place = firstPlace(hash);
        while (places[place] != 0 && !(hashOf(places[place]) == hash && keys[numberAt(place)].equals(key))) {
            place = (place + 1) & (places.length - 1);
        }
        return place;
    }

    private void grow() {
        keys = Arrays.copyOf(keys, 2 * size);
        places = new long[4 * size];
        for (int i = 0; i < size; i++) {
            int hash = hash(keys[i]);
            places[place(keys[i], hash)] = entry(hash, i + 1);
        }
    }
}
