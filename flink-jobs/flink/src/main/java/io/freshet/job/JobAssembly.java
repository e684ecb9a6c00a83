/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.job;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job that can be put together in an environment, by whoever runs it. */
@FunctionalInterface
public interface JobAssembly {

    /**
     * Puts the job together; the caller executes it.
     *
     * @param env where it will run; its settings are set to what the job needs
     */
    void assemble(StreamExecutionEnvironment env);
}
