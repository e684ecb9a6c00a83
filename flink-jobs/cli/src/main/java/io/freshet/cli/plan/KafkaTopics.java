/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.plan;

import io.freshet.cli.CommandFailedException;
import io.freshet.history.KafkaRefusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Asks Kafka for topics. */
public final class KafkaTopics {

    private static final long LIMIT_SECONDS = 20;

    private final Admin admin;
    private final String bootstrap;

    private KafkaTopics(Admin admin, String bootstrap) {
        this.admin = admin;
        this.bootstrap = bootstrap;
    }

    /**
     * Those of these topics that are there.
     *
     * @param kafka settings of a Kafka client
     */
    public static Map<String, TopicState> of(Properties kafka, Set<String> names) throws CommandFailedException {
        String bootstrap = kafka.getProperty("bootstrap.servers");
        Properties properties = new Properties();
        properties.putAll(kafka);
        properties.putIfAbsent("default.api.timeout.ms", "15000");
        properties.putIfAbsent("request.timeout.ms", "10000");
        try (Admin admin = Admin.create(properties)) {
            return new KafkaTopics(admin, bootstrap).states(names);
        } catch (KafkaException e) {
            throw CommandFailedException.failed("Cannot talk to Kafka at " + bootstrap + ": " + KafkaRefusal.reason(e));
        }
    }

    private Map<String, TopicState> states(Set<String> names) throws CommandFailedException {
        Set<String> there = get(admin.listTopics().names());
        List<String> known = names.stream().filter(there::contains).sorted().toList();
        Map<String, TopicDescription> described =
                get(admin.describeTopics(known).allTopicNames());
        Map<ConfigResource, Config> configs = get(admin.describeConfigs(known.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .all());
        Map<String, TopicState> states = new HashMap<>();
        configs.forEach((resource, config) -> {
            TopicDescription topic = described.get(resource.name());
            if (topic != null) {
                long retention = Long.parseLong(
                        config.get(TopicConfig.RETENTION_MS_CONFIG).value());
                String policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
                boolean deletes = policy.contains(TopicConfig.CLEANUP_POLICY_DELETE);
                states.put(
                        resource.name(),
                        new TopicState(
                                topic.partitions().size(),
                                retention < 0 || !deletes ? TopicState.FOR_EVER : retention,
                                policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)));
            }
        });
        return states;
    }

    private <T> T get(KafkaFuture<T> future) throws CommandFailedException {
        try {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailedException.failed("Interrupted while asking Kafka");
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e.getCause();
            String reason = cause == null ? "no answer within " + LIMIT_SECONDS + " s" : KafkaRefusal.reason(cause);
            throw CommandFailedException.failed(
                    "Cannot ask Kafka at " + bootstrap + " (setting kafka.bootstrap) about its topics: " + reason);
        }
    }
}
