/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.batch;

/**
 * One number by which Flink sorts the events of an entity: first the load they came with, then the time from which they
 * were available; of a view whose events are available when they are loaded, which is one time for all of a load, the event
 * time instead. Times far from ours share the first or last number, whose events are sorted in memory.
 */
final class Place {

    /** 2^42 ms are 139 years, before 1970 and behind it; that leaves a million loads. */
    private static final int TIME_BITS = 43;

    private static final long HALF = 1L << (TIME_BITS - 1);

    static final int MOST_LOADS = 1 << 20;

    private Place() {}

    /**
     * The number.
     *
     * @param byEventTime whether the events of a load are available at one time
     * @param availableMillis from when this one was
     * @param timeMillis its event time
     */
    static long of(boolean byEventTime, int load, long availableMillis, long timeMillis) {
        long millis = byEventTime ? timeMillis : availableMillis;
        return ((long) load << TIME_BITS) | (Math.min(Math.max(millis, -HALF), HALF - 1) + HALF);
    }
}
