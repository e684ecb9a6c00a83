/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.definition.Window;

/**
 * All arithmetic of tiles and windows. Tiles {@code [start, start + hop)} are aligned to 1970 UTC; every result is
 * clamped at the borders of long, where {@link Long#MAX_VALUE} means never. The hop of a lifetime is one tile for ever.
 */
record Hop(long millis) {

    /** A moment that does not come. */
    static final long NEVER = Long.MAX_VALUE;

    Hop {
        if (millis < 1) {
            throw new IllegalArgumentException("Cannot cut time into tiles: " + millis + " ms, expected 1 ms or more");
        }
    }

    /** Whether one tile holds all time. */
    boolean isLifetime() {
        return millis == Window.LIFETIME.hopMillis();
    }

    /** Start of the tile that holds that moment; {@link Long#MIN_VALUE} where it lies before all long values. */
    long tileOf(long timeMillis) {
        if (isLifetime()) {
            return Long.MIN_VALUE;
        }
        long start = timeMillis - Math.floorMod(timeMillis, millis);
        return start > timeMillis ? Long.MIN_VALUE : start;
    }

    /** The moment at which the tile leaves a window of that length: its end plus the length. */
    long exitOf(long tileMillis, long lengthMillis) {
        if (isLifetime()) {
            return NEVER;
        }
        // A tile that began before all long values still ends on a multiple of the hop.
        long end = tileMillis == Long.MIN_VALUE
                ? plus(tileMillis, millis - Math.floorMod(tileMillis, millis))
                : plus(tileMillis, millis);
        return plus(end, lengthMillis);
    }

    /** Whether a window of that length that ends at that clock still covers the tile. */
    boolean covers(long tileMillis, long lengthMillis, long clockMillis) {
        long exit = exitOf(tileMillis, lengthMillis);
        return exit > clockMillis || exit == NEVER;
    }

    /** Number of the tile with that start, counted from 1970. */
    long indexOf(long tileMillis) {
        return Math.floorDiv(tileMillis, millis);
    }

    /** Start of the tile with that number: the inverse of {@link #indexOf} for starts of tiles. */
    long startOf(long index) {
        return Math.multiplyHigh(index, millis) < index * millis >> 63 || isLifetime()
                ? Long.MIN_VALUE
                : index * millis;
    }

    /** The next millisecond. */
    static long after(long timeMillis) {
        return plus(timeMillis, 1);
    }

    private static long plus(long timeMillis, long spanMillis) {
        long sum = timeMillis + spanMillis;
        return sum < timeMillis ? NEVER : sum;
    }
}
