/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.definition.ViewPlan;
import io.freshet.row.HistoryRow;
import io.freshet.row.RowCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

/** Reads what is committed of a view's history, from its beginning to its end as of now. */
public final class HistoryReader {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final String FETCH_WAIT_MILLIS = "20";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Properties kafka;
    private final String topic;
    private final RowCodec codec;

    /**
     * A reader.
     *
     * @param kafka settings of the client
     * @param namespace what the names of Freshet's topics start with
     * @param view the view
     */
    public HistoryReader(Properties kafka, String namespace, ViewPlan view) {
        this.kafka = new Properties();
        this.kafka.putAll(kafka);
        this.kafka.put("isolation.level", "read_committed");
        this.kafka.put("enable.auto.commit", "false");
        // It reads what is there: closing waits for the last fetch, which would wait for more.
        this.kafka.put("fetch.max.wait.ms", FETCH_WAIT_MILLIS);
        topic = namespace + "." + view.view().name() + ".history";
        codec = new RowCodec(view);
    }

    /** Hands over every committed row, in order within an entity. */
    public void readAll(Consumer<HistoryRow> rows) throws CommandFailedException {
        read(key -> true, rows);
    }

    /** Hands over every committed row of one entity, in order. */
    public void readEntity(String entity, Consumer<HistoryRow> rows) throws CommandFailedException {
        read(entity::equals, rows);
    }

    private void read(Predicate<String> wanted, Consumer<HistoryRow> rows) throws CommandFailedException {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, LIMIT).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw CommandFailedException.failed("Cannot read the history: topic '" + topic
                        + "' does not exist. 'freshet run' creates it when the view first runs.");
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> left = new HashMap<>(consumer.endOffsets(partitions, LIMIT));
            while (!left.isEmpty()) {
                left.entrySet().removeIf(end -> consumer.position(end.getKey(), LIMIT) >= end.getValue());
                for (ConsumerRecord<byte[], byte[]> row : left.isEmpty() ? none() : consumer.poll(POLL)) {
                    if (wanted.test(new String(row.key(), StandardCharsets.UTF_8))) {
                        rows.accept(codec.decode(row.value()));
                    }
                }
            }
        } catch (KafkaException | IllegalArgumentException e) {
            throw CommandFailedException.failed("Cannot read the history '" + topic + "' on Kafka at "
                    + kafka.getProperty("bootstrap.servers") + ": " + e.getMessage());
        }
    }

    private static Iterable<ConsumerRecord<byte[], byte[]>> none() {
        return List.of();
    }
}
