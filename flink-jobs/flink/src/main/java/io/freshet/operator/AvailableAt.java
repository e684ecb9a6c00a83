/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;

/** From when a reader could have had a row. */
public sealed interface AvailableAt extends Serializable {

    /**
     * When a row is available, ms since 1970 UTC.
     *
     * @param asOfMillis event time of the row
     * @param nowMillis the wall clock
     */
    long millis(long asOfMillis, long nowMillis);

    /** A live job: from the moment it was made. */
    record Live() implements AvailableAt {
        @Override
        public long millis(long asOfMillis, long nowMillis) {
            return nowMillis;
        }
    }

    /**
     * A replay of the past: a stated time after its event time.
     *
     * @param delay the delay, 0 or more
     */
    record Delayed(Duration delay) implements AvailableAt {
        public Delayed {
            requireNonNull(delay, "delay");
            if (delay.isNegative()) {
                throw new IllegalArgumentException(
                        "Cannot make rows available before their time: delay " + delay + ", expected 0 or more");
            }
        }

        @Override
        public long millis(long asOfMillis, long nowMillis) {
            return Math.addExact(asOfMillis, delay.toMillis());
        }
    }
}
