/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Spares a store that fails, and those who wait for it: after so many failures in a row all reads are refused for a while;
 * then one is let through, and its success lets all through again. Safe for use by many threads.
 */
final class CircuitBreaker {

    private final int failuresToOpen;
    private final long openNanos;
    private final LongSupplier nanoTime;

    private int failures;
    private long openedAt;
    private boolean trying;

    /**
     * A breaker that lets all through.
     *
     * @param failuresToOpen failures in a row; 0: it never opens
     * @param openFor for how long reads are refused
     * @param nanoTime {@link System#nanoTime}
     */
    CircuitBreaker(int failuresToOpen, Duration openFor, LongSupplier nanoTime) {
        this.failuresToOpen = failuresToOpen;
        this.openNanos = openFor.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Whether a read may be tried; one that may must tell how it ended. */
    synchronized boolean lets() {
        if (failuresToOpen == 0 || failures < failuresToOpen) {
            return true;
        }
        if (trying || nanoTime.getAsLong() - openedAt < openNanos) {
            return false;
        }
        trying = true;
        return true;
    }

    synchronized void succeeded() {
        failures = 0;
        trying = false;
    }

    synchronized void failed() {
        trying = false;
        if (failures < Integer.MAX_VALUE) {
            failures++;
        }
        openedAt = nanoTime.getAsLong();
    }
}
