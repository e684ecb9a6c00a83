/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.rest;

import java.util.Set;

/**
 * A job that a cluster knows.
 *
 * @param id 32 hexadecimal digits
 * @param name its name
 * @param state Flink's word for its state, such as {@code RUNNING}
 * @param startedAtMillis when it was started, ms since 1970
 */
public record JobSummary(String id, String name, String state, long startedAtMillis) {

    private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED", "SUSPENDED");

    /** Whether it has neither finished nor failed nor been cancelled. */
    public boolean isAlive() {
        return !ENDED.contains(state);
    }
}
