/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

/** Hands out the cells of a slot, one aggregate after the other. */
final class Placement {

    private int longs;
    private int objects;

    /** Leaves that many long cells at the front to the owner. */
    Placement(int reserved) {
        longs = reserved;
    }

    /** Claims long cells. */
    int claimLongs(int count) {
        int first = longs;
        longs += count;
        return first;
    }

    /** Claims object cells. */
    int claimObjects(int count) {
        int first = objects;
        objects += count;
        return first;
    }

    /** How many long cells are claimed so far. */
    int longs() {
        return longs;
    }

    /** How many object cells are claimed so far. */
    int objects() {
        return objects;
    }
}
