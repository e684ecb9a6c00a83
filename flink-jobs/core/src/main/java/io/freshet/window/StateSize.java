/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

/**
 * How much the state of one entity holds.
 *
 * @param tiles its tiles
 * @param heapBytes bytes on the heap of a JVM with compressed references, as HotSpot lays objects out below 32 GB; partial
 *     states that are objects of their own (sketches, texts, sets) come on top, with a reference counted here
 */
public record StateSize(int tiles, long heapBytes) {

    private static final long ARRAY_HEADER = 16;
    private static final long ENTITY = 48;
    private static final long RING = 40;
    private static final int REFERENCE = 4;
    private static final int ALIGNMENT = 8;

    static StateSize of(TileRing[] rings) {
        int tiles = 0;
        long bytes = ENTITY + aligned(ARRAY_HEADER + (long) REFERENCE * rings.length);
        for (TileRing ring : rings) {
            tiles += ring.size();
            bytes += RING + ARRAY_HEADER + (long) Long.BYTES * ring.longs.length;
            // Rings without objects share one empty array.
            bytes += ring.objects.length == 0 ? 0 : aligned(ARRAY_HEADER + (long) REFERENCE * ring.objects.length);
        }
        return new StateSize(tiles, bytes);
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
