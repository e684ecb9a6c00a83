/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.job;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job that can be put together wherever it is to run. */
@FunctionalInterface
public interface Assembly {

    /** Puts the job together in an environment; the caller executes it. */
    void assemble(StreamExecutionEnvironment env);
}
