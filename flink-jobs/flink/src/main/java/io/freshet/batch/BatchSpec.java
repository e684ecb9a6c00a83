/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.batch;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import io.freshet.eventfile.FileGlob;
import io.freshet.history.CommittedRecords;
import io.freshet.history.HistorySource;
import io.freshet.history.KafkaRefusal;
import io.freshet.job.KafkaSettings;
import io.freshet.job.PreflightException;
import io.freshet.job.TopicPreflight;
import io.freshet.row.HistorySchema;
import io.freshet.sink.HistoryLock;
import io.freshet.sink.KafkaSinks;
import io.freshet.sink.OnlineWatermark;
import io.freshet.sink.RedisOptions;
import io.freshet.sink.TopicNames;
import io.freshet.source.EventRange;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.common.KafkaException;

/**
 * A run over the files of one view, stated.
 *
 * @param config the settings
 * @param text the view
 * @param files its files
 * @param run what is written down of the run when it has ended
 * @param isChanged whether the last run was of another version or of other features
 * @param lock the right to write to its history
 * @param history what is in its history
 */
public record BatchSpec(
        FreshetConfig config,
        ViewText text,
        BatchFiles files,
        LoadLog.Run run,
        boolean isChanged,
        HistoryLock lock,
        HistorySource.Bounded history) {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Longer than any transaction lives. */
    private static final Duration LONGEST_TRANSACTION = KafkaSinks.TRANSACTION_TIMEOUT.plusMinutes(1);

    /**
     * Looks for the files and at Kafka, makes the topics that the run writes, takes the right to write them, and states
     * the run.
     *
     * @param folder where relative patterns of files start; empty for the working directory
     * @throws BatchException if the files are not what they must be
     * @throws PreflightException if Kafka is not
     */
    public static BatchSpec prepare(FreshetConfig config, ViewText text, String folder)
            throws BatchException, PreflightException {
        ViewPlan plan = text.plan();
        String name = plan.view().name();
        // In vain where there are none: before anything is made on Kafka.
        find(plan.view(), folder);
        TopicPreflight.run(config, List.of(text), new EventRange(new EventRange.Earliest(), EventRange.End.AT_LATEST));
        Properties kafka = KafkaSettings.of(config);
        try {
            HistoryLock lock = HistoryLock.take(kafka, config.namespace(), name);
            String topic = TopicNames.history(config.namespace(), name);
            if (!CommittedRecords.await(kafka, topic, LIMIT, LONGEST_TRANSACTION)) {
                throw new PreflightException("Cannot see all that is in topic '" + topic
                        + "': a transaction has been open for " + LONGEST_TRANSACTION.toMinutes()
                        + " minutes; kafka-transactions.sh find-hanging finds it");
            }
            LoadLog log = LoadLog.read(kafka, config.namespace(), name);
            long now = Math.max(
                    System.currentTimeMillis(),
                    log.last().map(last -> last.atMillis() + 1).orElse(Long.MIN_VALUE));
            BatchFiles files = BatchFiles.of(name, plan.view().version(), find(plan.view(), folder), log, now);
            checkFirst(files, plan);
            LoadLog.Run run = new LoadLog.Run(now, plan.view().version(), fingerprint(plan));
            boolean isChanged = log.last()
                    .filter(last ->
                            last.version() != run.version() || !last.schema().equals(run.schema()))
                    .isPresent();
            return new BatchSpec(
                    config, text, files, run, isChanged, lock, HistorySource.of(kafka, config.namespace(), plan, 0));
        } catch (KafkaException e) {
            throw new PreflightException(
                    "Cannot look at the topics on Kafka at " + config.kafka().bootstrap() + ": "
                            + KafkaRefusal.reason(e),
                    e);
        }
    }

    /** Name of the view. */
    public String name() {
        return text.plan().view().name();
    }

    private static List<FileGlob.Found> find(FeatureView view, String folder) throws BatchException {
        String pattern = view.sources().get(0).files().orElseThrow().pattern();
        return BatchFiles.find(view.name(), folder, pattern);
    }

    /** Looks into one new file: what is wrong with it is told before a job starts. The job looks into each. */
    private static void checkFirst(BatchFiles files, ViewPlan plan) throws BatchException {
        Optional<BatchFile> first =
                files.fresh().stream().filter(file -> file.bytes() > 0).findFirst();
        if (first.isPresent()) {
            try {
                BatchEvents.open(first.get(), plan.sources().get(0)).close();
            } catch (IOException e) {
                throw new BatchException(String.valueOf(e.getMessage()), e);
            }
        }
    }

    private static String fingerprint(ViewPlan plan) {
        return Long.toHexString(SchemaNormalization.parsingFingerprint64(HistorySchema.of(plan)));
    }

    /**
     * Ends the run, when its job has: tells readers of the online store how far events have come, and writes down which
     * files are loaded. Until then they are not, and a repeated run completes what this one has begun.
     *
     * @param counts what the job has counted, by name
     * @throws PreflightException if Kafka or Redis does not take it; the run is to be repeated
     */
    public BatchReport finish(Map<String, Long> counts) throws PreflightException {
        BatchReport report = BatchReport.of(this, counts);
        Map<String, LoadLog.Entry> changed = new HashMap<>(files.gone());
        for (BatchFile file : files.fresh()) {
            changed.put(
                    file.name(),
                    new LoadLog.Entry(
                            file.loadedAtMillis(),
                            file.missedAtMillis(),
                            file.bytes(),
                            report.reachedMillis().orElse(Long.MIN_VALUE)));
        }
        try {
            if (report.reachedMillis().isPresent()) {
                OnlineWatermark.publish(
                        RedisOptions.of(config.redis()),
                        config.namespace(),
                        text.plan(),
                        report.reachedMillis().getAsLong());
            }
            LoadLog.write(KafkaSettings.of(config), config.namespace(), name(), lock, run, changed);
        } catch (IOException | KafkaException e) {
            throw new PreflightException(
                    "Cannot end the run of view '" + name() + "': " + e.getMessage() + "; its rows are written, run it"
                            + " again",
                    e);
        }
        return report;
    }
}
