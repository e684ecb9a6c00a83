/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.archive;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Kafka's own id of a topic: one that was deleted and made anew has another, though its name and offsets may look alike. */
final class TopicId {

    private TopicId() {}

    static String of(Properties kafka, String topic, Duration limit) {
        return find(kafka, topic, limit)
                .orElseThrow(() -> new KafkaException("Cannot ask for topic '" + topic + "': it does not exist"));
    }

    /** Empty where there is no such topic. */
    static Optional<String> find(Properties kafka, String topic, Duration limit) {
        try (Admin admin = Admin.create(kafka)) {
            return Optional.of(admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .values()
                    .iterator()
                    .next()
                    .topicId()
                    .toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while asking for topic '" + topic + "'", e);
        } catch (ExecutionException | TimeoutException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw new KafkaException("Cannot ask for topic '" + topic + "': " + e.getMessage(), e);
        }
    }
}
