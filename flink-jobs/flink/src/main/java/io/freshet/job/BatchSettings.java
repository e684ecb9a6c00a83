/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.job;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.BatchExecutionOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

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

    /**
     * Readies an environment for a job that compares its rows with those that are there and writes what lacks. What a task
     * has committed before it fails would be written again: the job is not restarted, the next run looks, and goes on.
     *
     * @param parallelism tasks of each step
     */
    public static void applyWithoutRestart(StreamExecutionEnvironment env, int parallelism) {
        Configuration settings = create();
        settings.set(BatchExecutionOptions.ADAPTIVE_AUTO_PARALLELISM_ENABLED, false);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
        env.configure(settings);
        env.setParallelism(parallelism);
    }

    /** What the tasks of a job have counted, by name. */
    public static Map<String, Long> counts(JobExecutionResult result) {
        Map<String, Long> counts = new HashMap<>();
        result.getAllAccumulatorResults().forEach((name, count) -> {
            if (count instanceof Long number) {
                counts.put(name, number);
            }
        });
        return counts;
    }
}
