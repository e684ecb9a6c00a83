/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import io.freshet.window.EntityState;

/** What is kept of an entity: its windows, and when its one timer is due. Changed in place. */
final class TimedState {

    /** No timer is set. */
    static final long NO_TIMER = Long.MAX_VALUE;

    final EntityState windows;
    long timerMillis;

    /** The shape of its windows, as {@link TimedStateSerializer} writes it; never changed. */
    final byte[] shape;

    TimedState(EntityState windows, long timerMillis, byte[] shape) {
        this.windows = windows;
        this.timerMillis = timerMillis;
        this.shape = shape;
    }
}
