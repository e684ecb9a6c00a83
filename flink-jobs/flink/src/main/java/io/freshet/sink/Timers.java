/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

/** Runs things later, in the writer's own thread. */
@FunctionalInterface
interface Timers {

    /** Runs it after that many ms. */
    void after(long delayMillis, Step step);

    /** What is run. */
    @FunctionalInterface
    interface Step {
        /** Runs; what it throws fails the task. */
        void run() throws java.io.IOException;
    }
}
