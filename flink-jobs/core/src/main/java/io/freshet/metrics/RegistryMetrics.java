/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.metrics;

/** What is counted of asking a schema registry. Implemented once for Flink; tests record. Called from one thread. */
public interface RegistryMetrics {

    /** The registry answered. */
    void answered();

    /** The registry could not be asked, or gave no answer. */
    void failed();

    /** The job begins to wait for a registry that is away. */
    void waitBegins();

    /** The job no longer waits: the registry has answered, or the job gives up. */
    void waitEnds();

    /** Counts nothing. */
    RegistryMetrics NONE = new RegistryMetrics() {
        @Override
        public void answered() {}

        @Override
        public void failed() {}

        @Override
        public void waitBegins() {}

        @Override
        public void waitEnds() {}
    };
}
