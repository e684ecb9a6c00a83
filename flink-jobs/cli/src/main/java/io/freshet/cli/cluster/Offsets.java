/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.cluster;

import io.freshet.cli.CommandFailedException;
import io.freshet.history.KafkaRefusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** How far a job is in its topics, by the offsets that it commits at checkpoints. */
public final class Offsets implements AutoCloseable {

    private static final long LIMIT_SECONDS = 10;

    private final Admin admin;
    private final String bootstrap;

    /** Of the cluster that these client settings name. */
    public Offsets(Properties kafka) {
        Properties properties = new Properties();
        properties.putAll(kafka);
        properties.putIfAbsent("default.api.timeout.ms", "8000");
        properties.putIfAbsent("request.timeout.ms", "4000");
        bootstrap = kafka.getProperty("bootstrap.servers");
        admin = Admin.create(properties);
    }

    /** Events in a topic that the group has not got to; empty where it has committed nothing there. */
    public OptionalLong lag(String group, String topic) throws CommandFailedException {
        Map<TopicPartition, OffsetAndMetadata> committed =
                answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, Long> beginnings = offsets(topic, OffsetSpec.earliest());
        long lag = 0;
        boolean isKnown = false;
        for (Map.Entry<TopicPartition, Long> end :
                offsets(topic, OffsetSpec.latest()).entrySet()) {
            OffsetAndMetadata at = committed.get(end.getKey());
            isKnown |= at != null;
            long from = at == null ? beginnings.getOrDefault(end.getKey(), 0L) : at.offset();
            lag += Math.max(0, end.getValue() - from);
        }
        return isKnown ? OptionalLong.of(lag) : OptionalLong.empty();
    }

    /** Records of a topic; empty where there is no such topic. */
    public OptionalLong size(String topic) throws CommandFailedException {
        Set<String> topics = answer(admin.listTopics().names());
        if (!topics.contains(topic)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(sum(offsets(topic, OffsetSpec.latest()).values())
                - sum(offsets(topic, OffsetSpec.earliest()).values()));
    }

    /**
     * How many offsets of a topic were written before each of these moments: its rows and, where they are written in
     * transactions, a mark for each commit.
     *
     * @param moments wall clock, ms since 1970, ascending
     * @return the count from its first offset ever on, of all partitions together; empty where there is no such topic
     */
    public Optional<List<Long>> writtenBefore(String topic, List<Long> moments) throws CommandFailedException {
        if (!answer(admin.listTopics().names()).contains(topic)) {
            return Optional.empty();
        }
        Map<TopicPartition, Long> ends = offsets(topic, OffsetSpec.latest());
        List<KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>>> asked = new ArrayList<>();
        for (long moment : moments) {
            Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
            ends.keySet().forEach(partition -> wanted.put(partition, OffsetSpec.forTimestamp(moment)));
            asked.add(admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all());
        }
        List<Long> written = new ArrayList<>();
        for (KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> one : asked) {
            long sum = 0;
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> found :
                    answer(one).entrySet()) {
                long end = ends.getOrDefault(found.getKey(), 0L);
                // None was written at or after the moment: all were before it.
                sum += found.getValue().offset() < 0
                        ? end
                        : Math.min(end, found.getValue().offset());
            }
            written.add(sum);
        }
        return Optional.of(written);
    }

    private Map<TopicPartition, Long> offsets(String topic, OffsetSpec which) throws CommandFailedException {
        Map<TopicPartition, OffsetSpec> wanted =
                answer(admin.describeTopics(Set.of(topic)).allTopicNames()).values().stream()
                        .flatMap(described -> described.partitions().stream())
                        .collect(Collectors.toMap(each -> new TopicPartition(topic, each.partition()), each -> which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        Map<TopicPartition, ListOffsetsResultInfo> found =
                answer(admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all());
        found.forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    private static long sum(Collection<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).sum();
    }

    private <T> T answer(KafkaFuture<T> future) throws CommandFailedException {
        try {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw CommandFailedException.failed("Cannot ask Kafka at " + bootstrap + " for offsets: "
                    + KafkaRefusal.reason(e.getCause() == null ? e : e.getCause()));
        } catch (TimeoutException e) {
            throw CommandFailedException.failed(
                    "Cannot ask Kafka at " + bootstrap + " for offsets: no answer within " + LIMIT_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailedException.failed("Interrupted while asking Kafka for offsets");
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
