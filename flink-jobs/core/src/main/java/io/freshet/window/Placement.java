/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

/** Hands out the cells of a slot, one aggregate after the other. */
final class Placement {

    private int longs;
    private int objects;
    private int input = Aggregate.ALL_EVENTS;

    /** Leaves that many long cells at the front to the owner. */
    Placement(int reserved) {
        longs = reserved;
    }

    /** The aggregate that follows reads that input; or {@link Aggregate#ALL_EVENTS}. */
    Placement of(int nextInput) {
        input = nextInput;
        return this;
    }

    /** The input of the aggregate that is being placed. */
    int input() {
        return input;
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
