/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.job;

import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;

/** What every bounded job in batch mode needs of Flink, whatever cluster it runs on. */
public final class BatchSettings {

    private BatchSettings() {}

    /** The settings; jobs add their own. */
    public static Configuration create() {
        Configuration settings = new Configuration();
        settings.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        // Records are immutable: our operators may keep one they were given, and none changes it.
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        return settings;
    }
}
