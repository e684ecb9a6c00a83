/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.console;

import io.freshet.history.CommittedRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** The newest committed records of a topic. */
final class TopicTail {

    private static final Duration LIMIT = Duration.ofSeconds(8);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(4);

    private TopicTail() {}

    /**
     * What was found.
     *
     * @param total offsets that the topic holds
     * @param records the newest, the newest first by their time stamps
     */
    record Found(long total, List<ConsumerRecord<byte[], byte[]>> records) {}

    /**
     * Reads the tail of every partition.
     *
     * @param most about how many records
     * @param kept what to keep of a record; it may leave out what nobody asks for, so that large ones need no room
     * @return empty where there is no such topic
     * @throws org.apache.kafka.common.KafkaException if Kafka cannot be read
     */
    static Optional<Found> read(
            Properties kafka, String topic, int most, UnaryOperator<ConsumerRecord<byte[], byte[]>> kept) {
        try (KafkaConsumer<byte[], byte[]> consumer = CommittedRecords.consumer(kafka)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, LIMIT).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                return Optional.empty();
            }
            consumer.assign(partitions);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, LIMIT);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, LIMIT);
            long each = Math.max(1, most / partitions.size());
            long total = 0;
            for (TopicPartition partition : partitions) {
                long begin = begins.getOrDefault(partition, 0L);
                long end = ends.getOrDefault(partition, 0L);
                total += end - begin;
                consumer.seek(partition, Math.max(begin, end - each));
            }
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            long deadline = System.nanoTime() + LONGEST.toNanos();
            while (!atEnd(consumer, ends) && System.nanoTime() < deadline) {
                consumer.poll(POLL).forEach(record -> records.add(kept.apply(record)));
            }
            Comparator<ConsumerRecord<byte[], byte[]>> oldestFirst =
                    Comparator.comparingLong(ConsumerRecord::timestamp);
            records.sort(oldestFirst.thenComparingLong(ConsumerRecord::offset).reversed());
            return Optional.of(new Found(total, records));
        }
    }

    private static boolean atEnd(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey(), LIMIT) >= end.getValue());
    }
}
