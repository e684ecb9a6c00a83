/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.ViewText;
import io.freshet.history.CommittedRecords;
import io.freshet.history.HistorySchemas;
import io.freshet.row.HistoryRow;
import io.freshet.row.RowCodec;
import io.freshet.sink.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes events and reads what came of them, by plain clients of Kafka. */
final class Stores {

    private final FreshetConfig config;

    Stores(FreshetConfig config) {
        this.config = config;
    }

    void createTopic(String topic, int partitions) throws Exception {
        try (Admin admin = Admin.create(properties())) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    /** Writes values to one partition in order, and returns when all are there. */
    void produce(String topic, int partition, List<byte[]> values) {
        Properties properties = properties();
        properties.put("linger.ms", "5");
        // A broker that does not know a new topic yet may refuse the first batch and take a later one.
        properties.put("max.in.flight.requests.per.connection", "1");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            values.forEach(value -> producer.send(new ProducerRecord<>(topic, partition, null, value)));
            producer.flush();
        }
    }

    /** All committed rows of a view, in the order in which readers could have had them. */
    List<HistoryRow> history(ViewText view) {
        RowCodec codec = HistorySchemas.read(properties(), config.namespace(), view.plan(), Duration.ofSeconds(20))
                .codec(view.plan());
        List<HistoryRow> rows = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record :
                read(TopicNames.history(config.namespace(), view.plan().view().name()))) {
            rows.add(codec.decode(record.value()));
        }
        rows.sort(Comparator.comparing(HistoryRow::entity).thenComparing(Comparator.naturalOrder()));
        return rows;
    }

    /** Offsets of a view's history that are committed; 0 where there is no such topic yet. */
    long committed(ViewText view) {
        String topic = TopicNames.history(config.namespace(), view.plan().view().name());
        return CommittedRecords.ends(properties(), topic, Duration.ofSeconds(20)).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return read(TopicNames.deadLetters(config.namespace()));
    }

    /** All committed records of a topic up to its end now; none where there is no such topic yet. */
    private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        Properties properties = properties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", config.kafka().bootstrap());
        return properties;
    }
}
