/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

/**
 * One number for topic and partition, as two topics may have the same partition and offset: the position of the topic in
 * its view, times a million, plus the partition. So it is the plain partition in a view over one topic, and stays what
 * it was where topics are added at the end of a view's list; event state and ties of equal event time keep their order.
 */
public final class PartitionNumbers {

    /** More partitions than a topic can have: Kafka's brokers stop at some hundred thousand in all. */
    private static final int PER_TOPIC = 1_000_000;

    private PartitionNumbers() {}

    /**
     * The number of a partition.
     *
     * @param topic position of the topic in its view, 0 to 99
     * @param partition the partition in Kafka, 0 to 999999
     */
    public static int number(int topic, int partition) {
        if (partition < 0 || partition >= PER_TOPIC) {
            throw new IllegalArgumentException(
                    "Cannot number partition " + partition + ": found it outside 0 to " + (PER_TOPIC - 1));
        }
        return Math.addExact(Math.multiplyExact(topic, PER_TOPIC), partition);
    }

    /** Position of the topic in its view. */
    public static int topic(int number) {
        return number / PER_TOPIC;
    }

    /** The partition in Kafka. */
    public static int partition(int number) {
        return number % PER_TOPIC;
    }
}
