/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** When the next event may leave. Used by one thread. */
public interface Pace {

    /** Waits until the event of that time may leave. */
    void await(long eventTimeMillis);

    /** As fast as it goes. */
    static Pace max() {
        return eventTimeMillis -> {};
    }

    /** That many events in a second, evenly. */
    static Pace rate(double perSecond) {
        long start = System.nanoTime();
        double nanosPerEvent = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long[] sent = {0};
        return eventTimeMillis -> waitUntil(start + (long) (sent[0]++ * nanosPerEvent));
    }

    /** Event time passes that many times as fast as it did. */
    static Pace speed(double factor) {
        return new Pace() {
            private boolean started;
            private long startNanos;
            private long startMillis;

            @Override
            public void await(long eventTimeMillis) {
                if (!started) {
                    started = true;
                    startNanos = System.nanoTime();
                    startMillis = eventTimeMillis;
                }
                double millis = (eventTimeMillis - startMillis) / factor;
                waitUntil(startNanos + (long) (millis * TimeUnit.MILLISECONDS.toNanos(1)));
            }
        };
    }

    /** {@code max}, or how many times as fast. */
    static Pace parse(String text) throws CommandFailedException {
        if (text.equals("max")) {
            return max();
        }
        try {
            double factor = Double.parseDouble(text);
            if (factor > 0 && Double.isFinite(factor)) {
                return speed(factor);
            }
        } catch (NumberFormatException e) {
            throw wrongSpeed(text);
        }
        throw wrongSpeed(text);
    }

    private static CommandFailedException wrongSpeed(String text) {
        return CommandFailedException.wrongInput(
                "Cannot read --speed '" + text + "', expected max or a number above 0: how many times as fast");
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            LockSupport.parkNanos(left);
        }
    }
}
