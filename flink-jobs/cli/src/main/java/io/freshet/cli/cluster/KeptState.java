/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.cluster;

import java.util.Comparator;

/**
 * A checkpoint or savepoint that a job has left.
 *
 * @param path where it is, as Flink takes it
 * @param atMillis when it was complete, ms since 1970
 */
public record KeptState(String path, long atMillis) {

    /** Oldest first. */
    public static final Comparator<KeptState> BY_AGE = Comparator.comparingLong(KeptState::atMillis);
}
