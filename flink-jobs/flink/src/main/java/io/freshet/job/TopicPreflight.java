/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.job;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewText;
import io.freshet.history.HistorySchemas;
import io.freshet.history.KafkaRefusal;
import io.freshet.sink.KafkaSinks;
import io.freshet.sink.TopicNames;
import io.freshet.source.EventRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;

/** Looks at Kafka before a job starts: the topics it reads are there, those it writes are made as they must be. */
public final class TopicPreflight {

    private static final long TIMEOUT_SECONDS = 30;
    private static final short BROKERS_DEFAULT = -1;
    private static final String TRANSACTION_MAX_TIMEOUT = "transaction.max.timeout.ms";

    private final Admin admin;
    private final FreshetConfig config;

    private TopicPreflight(Admin admin, FreshetConfig config) {
        this.admin = admin;
        this.config = config;
    }

    /**
     * Checks and prepares Kafka for a job.
     *
     * @return by topic, the event time since which a job that starts there sees all events, ms;
     *     {@link Long#MIN_VALUE} where that is all there ever were
     * @throws PreflightException if the job cannot start
     */
    public static Map<String, Long> run(FreshetConfig config, List<ViewText> views, EventRange range)
            throws PreflightException {
        try (Admin admin = Admin.create(KafkaSettings.of(config))) {
            return new TopicPreflight(admin, config).prepare(views, range);
        } catch (KafkaException e) {
            throw new PreflightException(
                    "Cannot talk to Kafka at " + config.kafka().bootstrap() + ": " + KafkaRefusal.reason(e), e);
        }
    }

    private Map<String, Long> prepare(List<ViewText> texts, EventRange range) throws PreflightException {
        List<FeatureView> views = texts.stream().map(text -> text.plan().view()).toList();
        Set<String> existing = get(admin.listTopics().names());
        Set<String> sources = views.stream()
                .flatMap(view -> view.sources().stream())
                .filter(source -> source.files().isEmpty())
                .map(FeatureView.Source::topic)
                .collect(Collectors.toSet());
        for (String topic : sources) {
            if (!existing.contains(topic)) {
                throw new PreflightException("Cannot read topic '" + topic + "' at "
                        + config.kafka().bootstrap() + ": there is none of that name"
                        + (isSecured() ? ", or its user may not see it (right to Describe)" : "")
                        + "; './freshet produce --topic " + topic + "' or kafka-topics.sh --create makes one");
            }
        }
        Map<String, TopicDescription> described = new HashMap<>();
        for (TopicDescription topic :
                get(admin.describeTopics(sources).allTopicNames()).values()) {
            described.put(topic.name(), topic);
        }
        checkTransactionTimeout();
        List<NewTopic> missing = new ArrayList<>();
        for (FeatureView view : views) {
            int partitions = view.isOverFiles()
                    ? config.flink().parallelism()
                    : view.sources().stream()
                            .map(source -> described.get(source.topic()))
                            .mapToInt(topic ->
                                    topic == null ? 1 : topic.partitions().size())
                            .max()
                            .orElse(1);
            missing.add(topic(
                    TopicNames.history(config.namespace(), view.name()),
                    partitions,
                    view.history().retention().map(kept -> kept.toMillis())));
        }
        missing.add(topic(TopicNames.deadLetters(config.namespace()), 1, Optional.empty()));
        missing.add(compacted(TopicNames.historySchemas(config.namespace())));
        if (views.stream().anyMatch(FeatureView::isOverFiles)) {
            missing.add(compacted(TopicNames.loads(config.namespace())));
        }
        missing.removeIf(topic -> existing.contains(topic.name()));
        make(missing);
        HistorySchemas.publish(
                KafkaSettings.of(config),
                config.namespace(),
                texts.stream().map(ViewText::plan).toList());
        return completeSince(described.values(), range);
    }

    private void make(List<NewTopic> missing) throws PreflightException {
        for (Map.Entry<String, KafkaFuture<Void>> made :
                admin.createTopics(missing).values().entrySet()) {
            try {
                get(made.getValue());
            } catch (PreflightException e) {
                if (e.getCause() instanceof AuthorizationException denied) {
                    throw new PreflightException(
                            "Cannot make topic '" + made.getKey() + "' on Kafka at "
                                    + config.kafka().bootstrap() + ": " + KafkaRefusal.reason(denied),
                            denied);
                }
                throw e;
            }
        }
    }

    private static NewTopic topic(String name, int partitions, Optional<Long> retentionMillis) {
        // -1 keeps for ever. Never the broker's default: it would delete by record time after a week.
        return new NewTopic(name, partitions, BROKERS_DEFAULT)
                .configs(Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        String.valueOf(retentionMillis.orElse(-1L)),
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE));
    }

    private static NewTopic compacted(String name) {
        return new NewTopic(name, 1, BROKERS_DEFAULT)
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    }

    private void checkTransactionTimeout() throws PreflightException {
        int broker = get(admin.describeCluster().nodes()).iterator().next().id();
        ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, String.valueOf(broker));
        long allowed = Long.MAX_VALUE;
        for (Config settings : brokerSettings(resource)) {
            for (ConfigEntry entry : settings.entries()) {
                if (entry.name().equals(TRANSACTION_MAX_TIMEOUT)) {
                    allowed = Long.parseLong(entry.value());
                }
            }
        }
        long wanted = KafkaSinks.transactionTimeout(config.kafka()).toMillis();
        if (allowed < wanted) {
            throw new PreflightException("Cannot write the history exactly once: the broker's "
                    + TRANSACTION_MAX_TIMEOUT + " is " + allowed + ", expected at least " + wanted);
        }
    }

    /** None where the user may not see them: what is wrong with them then shows when the job first writes. */
    private Collection<Config> brokerSettings(ConfigResource broker) throws PreflightException {
        try {
            return get(admin.describeConfigs(List.of(broker)).all()).values();
        } catch (PreflightException e) {
            if (e.getCause() instanceof ClusterAuthorizationException) {
                return List.of();
            }
            throw e;
        }
    }

    private Map<String, Long> completeSince(Collection<TopicDescription> topics, EventRange range)
            throws PreflightException {
        Map<String, Long> complete = new HashMap<>();
        for (TopicDescription topic : topics) {
            complete.put(topic.name(), completeSince(topic, range));
        }
        return complete;
    }

    private long completeSince(TopicDescription topic, EventRange range) throws PreflightException {
        if (range.start() instanceof EventRange.At at) {
            return at.kafkaMillis();
        }
        if (range.start() instanceof EventRange.Latest) {
            return System.currentTimeMillis();
        }
        Map<TopicPartition, OffsetSpec> earliest = topic.partitions().stream()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topic.name(), partition.partition()),
                        partition -> OffsetSpec.earliest()));
        Collection<ListOffsetsResultInfo> offsets =
                get(admin.listOffsets(earliest).all()).values();
        boolean whole = offsets.stream().allMatch(offset -> offset.offset() == 0);
        // Events were deleted: what is left may lack the beginning of any window up to now.
        return whole ? Long.MIN_VALUE : System.currentTimeMillis();
    }

    private boolean isSecured() {
        return config.kafka().properties().containsKey(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG);
    }

    /** A client that speaks without TLS to a broker that expects it is told nothing. */
    private String hint() {
        return isSecured() ? "" : " (a broker with TLS wants security.protocol in kafka.properties)";
    }

    private <T> T get(KafkaFuture<T> future) throws PreflightException {
        try {
            return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PreflightException("Interrupted while asking Kafka", e);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            String place = "Kafka at " + config.kafka().bootstrap();
            throw new PreflightException(
                    KafkaRefusal.explain(cause)
                            .map(why -> "Cannot use " + place + ": " + why)
                            .orElse("Cannot reach " + place + " within " + TIMEOUT_SECONDS + " s: " + cause.getMessage()
                                    + hint()),
                    cause);
        }
    }
}
