/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.job;

import io.freshet.config.FreshetConfig;
import io.freshet.sink.KafkaSinks;
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

    /** A tenth of a transaction's life is kept for committing, and is what a checkpoint has at least. */
    private static final int TRANSACTION_MARGIN = 10;

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
        settings.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, longestCheckpoint(config));
        settings.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        flink.checkpointDir().ifPresent(dir -> settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, dir));
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        env.configure(settings);
        env.setParallelism(flink.parallelism());
    }

    /**
     * How long a checkpoint may take. Rows are in a transaction from one checkpoint to the end of the next: were that
     * longer than the transaction lives, the broker would abort rows that the checkpoint counts as written, and they would
     * be lost. A checkpoint that fails before takes the job back to the last one, from which all of them are made again.
     */
    static Duration longestCheckpoint(FreshetConfig config) {
        Duration transaction = KafkaSinks.transactionTimeout(config.kafka());
        Duration interval = config.flink().checkpointInterval();
        Duration longest =
                transaction.minus(transaction.dividedBy(TRANSACTION_MARGIN)).minus(interval);
        if (longest.compareTo(transaction.dividedBy(TRANSACTION_MARGIN)) < 0) {
            throw new IllegalArgumentException("Cannot take a checkpoint each " + interval.toSeconds()
                    + " s (flink.checkpoint_interval): rows are in a transaction of Kafka from one to the next, and one lives "
                    + transaction.toSeconds() + " s; expected at most "
                    + transaction
                            .multipliedBy(TRANSACTION_MARGIN - 2)
                            .dividedBy(TRANSACTION_MARGIN)
                            .toSeconds() + " s");
        }
        return longest;
    }
}
