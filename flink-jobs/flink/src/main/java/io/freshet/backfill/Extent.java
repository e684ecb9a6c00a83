/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

/**
 * What one task saw of one partition of a topic, or of its files.
 *
 * @param topic number of the topic in the backfill
 * @param partition the partition; {@link #FILES} for files
 * @param minMillis least event time, ms since 1970 UTC
 * @param maxMillis greatest event time, ms since 1970 UTC
 */
record Extent(int topic, int partition, long minMillis, long maxMillis) {

    /** In place of a partition: the events come from files. More than any topic has, see PartitionNumbers. */
    static final int FILES = 999_999;

    /** As Flink passes it on. */
    long[] toArray() {
        return new long[] {topic, partition, minMillis, maxMillis};
    }

    /** What {@link #toArray} gave. */
    static Extent of(long[] array) {
        return new Extent((int) array[0], (int) array[1], array[2], array[3]);
    }
}
