/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.definition.ViewPlan;
import io.freshet.operator.SerializedType;
import io.freshet.row.RowHeads;
import io.freshet.sink.TopicNames;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The history of one view as a bounded source: all that is committed when it is made. */
public final class HistorySource {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private HistorySource() {}

    /**
     * The rows of a history and where they end.
     *
     * @param source the source
     * @param schemas what its rows were written under
     * @param rows upper bound of the rows it will give: committed offsets, which transactions' marks also take
     */
    public record Bounded(KafkaSource<LoggedRow> source, LoggedSchemas schemas, long rows) {}

    /**
     * Reads the history of a view from its beginning to what is committed now.
     *
     * @param kafka settings of the clients
     * @param namespace what the names of Freshet's topics start with
     * @param plan the view
     * @param position goes into each row: position of the view among those that are read together
     * @throws org.apache.kafka.common.KafkaException if Kafka cannot be read
     * @throws IllegalArgumentException if there is no history of that view
     */
    public static Bounded of(Properties kafka, String namespace, ViewPlan plan, int position) {
        return of(kafka, namespace, plan, position, Map.of());
    }

    /**
     * Reads the rest of the history of a view.
     *
     * @param from by partition, the first offset to read; the first there is where none is given
     * @see #of(Properties, String, ViewPlan, int)
     */
    public static Bounded of(Properties kafka, String namespace, ViewPlan plan, int position, Map<Integer, Long> from) {
        String view = plan.view().name();
        String topic = TopicNames.history(namespace, view);
        Map<TopicPartition, Long> ends = ends(kafka, topic, view);
        Map<TopicPartition, Long> starts = new HashMap<>(CommittedRecords.beginnings(kafka, topic, LIMIT));
        starts.replaceAll((partition, first) -> Math.min(
                ends.getOrDefault(partition, first), Math.max(first, from.getOrDefault(partition.partition(), first))));
        LoggedSchemas schemas = HistorySchemas.read(kafka, namespace, plan, LIMIT);
        return new Bounded(
                source(kafka, topic, OffsetsInitializer.offsets(starts), ends, position, schemas),
                schemas,
                rows(starts, ends));
    }

    /**
     * Reads a part of the history of a view.
     *
     * @param starts the first offset to read of each partition
     * @param ends one past the last, at most where what is committed ends
     * @see #of
     */
    public static Bounded between(
            Properties kafka,
            String namespace,
            ViewPlan plan,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends) {
        LoggedSchemas schemas = HistorySchemas.read(kafka, namespace, plan, LIMIT);
        String topic = TopicNames.history(namespace, plan.view().name());
        return new Bounded(
                source(kafka, topic, OffsetsInitializer.offsets(starts), ends, 0, schemas),
                schemas,
                rows(starts, ends));
    }

    private static Map<TopicPartition, Long> ends(Properties kafka, String topic, String view) {
        Map<TopicPartition, Long> ends = CommittedRecords.ends(kafka, topic, LIMIT);
        if (ends.isEmpty()) {
            throw new IllegalArgumentException("Cannot read the history of view '" + view + "': there is no topic '"
                    + topic + "'; the view has never run, run or backfill it first");
        }
        return ends;
    }

    private static long rows(Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .mapToLong(end -> end.getValue() - starts.getOrDefault(end.getKey(), 0L))
                .sum();
    }

    private static KafkaSource<LoggedRow> source(
            Properties kafka,
            String topic,
            OffsetsInitializer starts,
            Map<TopicPartition, Long> ends,
            int position,
            LoggedSchemas schemas) {
        Properties settings = new Properties();
        settings.putAll(kafka);
        settings.setProperty("isolation.level", "read_committed");
        return KafkaSource.<LoggedRow>builder()
                .setProperties(settings)
                .setBootstrapServers(settings.getProperty("bootstrap.servers"))
                .setTopics(topic)
                .setStartingOffsets(starts)
                // What is committed: an open transaction of the live job would hold up a reader of the true end.
                .setBounded(OffsetsInitializer.offsets(ends))
                .setDeserializer(new Reading(position, schemas))
                .build();
    }

    /** Reads the head of each row. */
    private static final class Reading implements KafkaRecordDeserializationSchema<LoggedRow> {
        private static final long serialVersionUID = 1L;

        private final int view;
        private final LoggedSchemas schemas;
        private transient @Nullable RowHeads heads;

        Reading(int view, LoggedSchemas schemas) {
            this.view = view;
            this.schemas = schemas;
        }

        @Override
        public void open(InitializationContext context) {
            heads = schemas.heads();
        }

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<LoggedRow> out) throws IOException {
            RowHeads reader = heads;
            if (reader == null) {
                throw new IllegalStateException("Not open");
            }
            try {
                out.collect(new LoggedRow(
                        view, new String(message.key(), UTF_8), reader.read(message.value()), message.value()));
            } catch (IllegalArgumentException e) {
                throw new IOException(
                        e.getMessage() + "; it is at offset " + message.offset() + " of partition "
                                + message.partition() + " of topic " + message.topic(),
                        e);
            }
        }

        @Override
        public TypeInformation<LoggedRow> getProducedType() {
            return new SerializedType<>(LoggedRow.class, LoggedRowSerializer.INSTANCE);
        }
    }
}
