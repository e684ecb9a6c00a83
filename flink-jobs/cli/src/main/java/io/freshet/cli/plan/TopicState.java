/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.plan;

/**
 * A topic as Kafka has it.
 *
 * @param partitions how many it has
 * @param retentionMillis for how long it keeps a record, ms; {@link #FOR_EVER}
 * @param isCompacted whether it keeps the last record of each key alone
 */
public record TopicState(int partitions, long retentionMillis, boolean isCompacted) {

    /** It deletes nothing for its age. */
    public static final long FOR_EVER = Long.MAX_VALUE;
}
