/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.history;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What is committed in a topic as of now. */
public final class CommittedRecords {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final String FETCH_WAIT_MILLIS = "20";

    private CommittedRecords() {}

    /** Where in a topic to begin. */
    public sealed interface From {

        /** With the first record there is. */
        record Beginning() implements From {}

        /**
         * At these offsets; of other partitions, and where that record is deleted, with the first there is.
         *
         * @param byPartition offsets
         */
        record Offsets(Map<Integer, Long> byPartition) implements From {
            public Offsets {
                byPartition = Map.copyOf(byPartition);
            }
        }

        /**
         * With the first record that was written since a moment.
         *
         * @param since by the time stamps of the records
         */
        record Written(Instant since) implements From {}
    }

    /**
     * Hands over every committed record of a topic, from its beginning to its end as of now, in order within a partition.
     *
     * @param kafka settings of the client
     * @param limit how long Kafka may take to answer
     * @return whether there is such a topic
     * @throws KafkaException if Kafka cannot be read
     */
    public static boolean read(
            Properties kafka, String topic, Duration limit, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        return readWhile(kafka, topic, limit, message -> {
            records.accept(message);
            return true;
        });
    }

    /**
     * Hands over the first committed records of each partition of a topic, in order within a partition, up to the first
     * after which no more are wanted.
     *
     * @param kafka settings of the client
     * @param limit how long Kafka may take to answer
     * @param more told each record; false if no more of its partition are wanted
     * @return whether there is such a topic
     * @throws KafkaException if Kafka cannot be read
     */
    public static boolean readWhile(
            Properties kafka, String topic, Duration limit, Predicate<ConsumerRecord<byte[], byte[]>> more) {
        return readWhile(kafka, topic, new From.Beginning(), limit, more);
    }

    /**
     * As {@link #readWhile(Properties, String, Duration, Predicate)}, but not from the beginning.
     *
     * @param from where to begin
     */
    public static boolean readWhile(
            Properties kafka,
            String topic,
            From from,
            Duration limit,
            Predicate<ConsumerRecord<byte[], byte[]>> more) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
            List<TopicPartition> partitions = partitions(consumer, topic, limit);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            seek(consumer, partitions, from, limit);
            Map<TopicPartition, Long> left = new HashMap<>(consumer.endOffsets(partitions, limit));
            while (!left.isEmpty()) {
                left.entrySet().removeIf(end -> consumer.position(end.getKey(), limit) >= end.getValue());
                if (!left.isEmpty()) {
                    for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                        TopicPartition partition = new TopicPartition(topic, message.partition());
                        if (left.containsKey(partition) && !more.test(message)) {
                            left.remove(partition);
                            consumer.pause(List.of(partition));
                        }
                    }
                }
            }
            return !partitions.isEmpty();
        }
    }

    /**
     * Where what is committed in a topic ends as of now, by partition: before the first transaction that is still open. A
     * reader that goes further waits until that one ends. Empty where there is no such topic.
     *
     * @throws KafkaException if Kafka cannot be read
     */
    public static Map<TopicPartition, Long> ends(Properties kafka, String topic, Duration limit) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
            return Map.copyOf(consumer.endOffsets(partitions(consumer, topic, limit), limit));
        }
    }

    /**
     * Waits until all that is in a topic now is committed or aborted: until no transaction is open that began before now.
     *
     * @param longest how long to wait
     * @return whether it is so
     * @throws KafkaException if Kafka cannot be read
     */
    public static boolean await(Properties kafka, String topic, Duration limit, Duration longest) {
        Map<TopicPartition, Long> ends;
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka, "read_uncommitted")) {
            ends = consumer.endOffsets(partitions(consumer, topic, limit), limit);
        }
        long began = System.nanoTime();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka, "read_committed")) {
            while (System.nanoTime() - began < longest.toNanos()) {
                Map<TopicPartition, Long> committed = consumer.endOffsets(ends.keySet(), limit);
                if (ends.entrySet().stream()
                        .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue())) {
                    return true;
                }
                Thread.sleep(POLL.toMillis());
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while waiting for transactions over topic '" + topic + "'", e);
        }
    }

    /**
     * The first offset that a topic still has, by partition. Empty where there is no such topic.
     *
     * @throws KafkaException if Kafka cannot be read
     */
    public static Map<TopicPartition, Long> beginnings(Properties kafka, String topic, Duration limit) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
            return Map.copyOf(consumer.beginningOffsets(partitions(consumer, topic, limit), limit));
        }
    }

    private static void seek(
            KafkaConsumer<?, ?> consumer, List<TopicPartition> partitions, From from, Duration limit) {
        if (from instanceof From.Offsets offsets) {
            consumer.beginningOffsets(partitions, limit)
                    .forEach((partition, first) -> consumer.seek(
                            partition,
                            Math.max(first, offsets.byPartition().getOrDefault(partition.partition(), first))));
        } else if (from instanceof From.Written written) {
            Map<TopicPartition, Long> wanted = new HashMap<>();
            partitions.forEach(partition -> wanted.put(partition, written.since().toEpochMilli()));
            consumer.offsetsForTimes(wanted, limit).forEach((partition, found) -> {
                if (found == null) {
                    consumer.seekToEnd(List.of(partition));
                } else {
                    consumer.seek(partition, found.offset());
                }
            });
        }
    }

    /** A consumer that sees what is committed, commits nothing itself, and creates no topic. */
    public static KafkaConsumer<byte[], byte[]> consumer(Properties kafka) {
        return consumer(kafka, "read_committed");
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Properties kafka, String isolation) {
        Properties settings = new Properties();
        settings.putAll(kafka);
        settings.setProperty("isolation.level", isolation);
        settings.setProperty("enable.auto.commit", "false");
        settings.setProperty("allow.auto.create.topics", "false");
        // It reads what is there: closing waits for the last fetch, which would wait for more.
        settings.setProperty("fetch.max.wait.ms", FETCH_WAIT_MILLIS);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic, Duration limit) {
        return consumer.partitionsFor(topic, limit).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }
}
