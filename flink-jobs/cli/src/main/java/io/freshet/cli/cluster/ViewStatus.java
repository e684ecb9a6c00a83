/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.cluster;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How one view of a job is doing.
 *
 * @param view its name
 * @param version its version
 * @param rows rows written since the tasks were last started
 * @param rowsPerSecond of the last minute
 * @param lag events of its topics that are not in a checkpoint yet; empty before the first checkpoint
 * @param freshnessMedianMillis half of the last rows that an event made took as long from Kafka to Redis
 * @param freshnessHighMillis 99 in 100 of them took no longer
 * @param targetMillis what the view promises
 * @param watermarkMillis all events before it are in Redis; empty where none was ever published
 * @param late events that no window could use any more, since the tasks were last started
 */
public record ViewStatus(
        String view,
        int version,
        long rows,
        OptionalDouble rowsPerSecond,
        OptionalLong lag,
        OptionalDouble freshnessMedianMillis,
        OptionalDouble freshnessHighMillis,
        long targetMillis,
        OptionalLong watermarkMillis,
        long late) {}
