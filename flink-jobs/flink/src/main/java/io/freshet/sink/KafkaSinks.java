/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import io.freshet.config.FreshetConfig;
import io.freshet.config.Secret;
import io.freshet.event.DeadLetter;
import io.freshet.operator.PlanSource;
import io.freshet.row.FeatureRow;
import io.freshet.row.RowOrigin;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;

/** The sinks that write to Kafka. */
public final class KafkaSinks {

    /** How long a transaction may stay open. Brokers refuse more than 15 minutes by default. */
    public static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(10);

    private static final String TRANSACTION_TIMEOUT_KEY = "transaction.timeout.ms";

    private KafkaSinks() {}

    /**
     * How long a transaction of the live job may stay open before the broker aborts it, and with it rows that a checkpoint
     * has counted as written. Longer ones outlast longer outages of the whole cluster; readers of committed data wait that
     * long for what a lost job has left.
     *
     * @throws IllegalArgumentException if {@code kafka.properties} gives no number of ms
     */
    public static Duration transactionTimeout(FreshetConfig.Kafka kafka) {
        Secret given = kafka.properties().get(TRANSACTION_TIMEOUT_KEY);
        try {
            return given == null ? TRANSACTION_TIMEOUT : Duration.ofMillis(Long.parseLong(given.value()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Cannot use kafka.properties." + TRANSACTION_TIMEOUT_KEY + ": expected a number of ms", e);
        }
    }

    /** The history of a view, exactly once: rows are visible to readers of committed data after each checkpoint. */
    public static KafkaSink<FeatureRow> history(
            FreshetConfig.Kafka kafka, String namespace, PlanSource source, RowOrigin origin) {
        String view = source.plan().view().name();
        Properties properties = properties(kafka);
        properties.setProperty(
                "transaction.timeout.ms",
                Long.toString(transactionTimeout(kafka).toMillis()));
        return KafkaSink.<FeatureRow>builder()
                .setBootstrapServers(kafka.bootstrap())
                .setKafkaProducerConfig(properties)
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(transactions(namespace, view, origin))
                .setRecordSerializer(new HistoryRecords(source, TopicNames.history(namespace, view), origin))
                .build();
    }

    /**
     * The history of a view for a bounded job in batch mode, which takes no checkpoints: rows are written in transactions
     * that end by themselves, see {@link HistoryAppend}.
     *
     * @param lock taken before the job looked at what is in the history
     */
    public static HistoryAppend append(
            FreshetConfig.Kafka kafka, String namespace, PlanSource source, HistoryLock lock, RowOrigin origin) {
        Properties properties = properties(kafka);
        properties.setProperty("bootstrap.servers", kafka.bootstrap());
        properties.setProperty("transaction.timeout.ms", Long.toString(TRANSACTION_TIMEOUT.toMillis()));
        String topic = TopicNames.history(namespace, source.plan().view().name());
        return new HistoryAppend(properties, lock, new HistoryRecords(source, topic, origin));
    }

    /** A backfill beside a live job must not fence off its transactions. */
    static String transactions(String namespace, String view, RowOrigin origin) {
        String live = namespace + "-" + view;
        return origin == RowOrigin.LIVE ? live : live + "-" + origin.name().toLowerCase(Locale.ROOT);
    }

    /** The dead letters, at least once: the headers tell the same letter when it comes again after a restart. */
    public static KafkaSink<DeadLetter> deadLetters(FreshetConfig.Kafka kafka, String namespace) {
        return KafkaSink.<DeadLetter>builder()
                .setBootstrapServers(kafka.bootstrap())
                .setKafkaProducerConfig(properties(kafka))
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new DeadLetterRecords(TopicNames.deadLetters(namespace)))
                .build();
    }

    private static Properties properties(FreshetConfig.Kafka kafka) {
        Properties properties = new Properties();
        properties.setProperty("compression.type", "lz4");
        // Readers of committed data see rows at checkpoints, and a checkpoint flushes: waiting for company is free.
        properties.setProperty("linger.ms", "50");
        properties.setProperty("batch.size", "131072");
        kafka.properties().forEach((key, secret) -> properties.setProperty(key, secret.value()));
        return properties;
    }
}
