/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.job;

import io.freshet.config.FreshetConfig;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What the job needs of Flink, whatever cluster it runs on. */
final class JobSettings {

    /** How often sources tell how far they are: bounds how late expiries are seen. */
    private static final Duration WATERMARK_INTERVAL = Duration.ofMillis(50);

    private JobSettings() {}

    static void apply(FreshetConfig config, StreamExecutionEnvironment env) {
        FreshetConfig.Flink flink = config.flink();
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.NAME, "freshet " + config.namespace());
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        // Records are immutable: our operators may keep one they were given, and none changes it.
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, WATERMARK_INTERVAL);
        settings.set(ExecutionOptions.BUFFER_TIMEOUT, flink.bufferTimeout());
        flink.state()
                .ifPresent(state -> settings.set(
                        StateBackendOptions.STATE_BACKEND,
                        state == FreshetConfig.StateBackend.HEAP ? "hashmap" : "rocksdb"));
        settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, flink.checkpointInterval());
        settings.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        flink.checkpointDir().ifPresent(dir -> settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, dir));
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        env.configure(settings);
        env.setParallelism(flink.parallelism());
    }
}
