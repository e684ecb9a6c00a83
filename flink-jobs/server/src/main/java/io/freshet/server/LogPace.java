/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Lets one line a second into the log. Safe for use by many threads. */
final class LogPace {

    private static final long SECOND = 1_000_000_000;

    private final LongSupplier nanoTime;
    private final AtomicLong next;

    /**
     * A pace.
     *
     * @param nanoTime {@link System#nanoTime}
     */
    LogPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong());
    }

    boolean mayLog() {
        long now = nanoTime.getAsLong();
        long due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + SECOND);
    }
}
