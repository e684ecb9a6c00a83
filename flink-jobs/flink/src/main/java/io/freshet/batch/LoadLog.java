/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.history.CommittedRecords;
import io.freshet.sink.HistoryLock;
import io.freshet.sink.TopicNames;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Which files of a view have been loaded, and when, as a compacted topic keeps it. A run writes it down when it has ended,
 * all at once: what a run has begun that did not end counts as not loaded.
 *
 * @param last the last run that ended; empty before the first
 * @param files by name, those that it or one before it has loaded
 */
record LoadLog(Optional<Run> last, Map<String, Entry> files) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /**
     * A run.
     *
     * @param atMillis when it looked for files, ms since 1970 UTC
     * @param version version of the view
     * @param schema what its rows were written as: the fingerprint of the history's schema
     */
    record Run(long atMillis, int version, String schema) {
        Run {
            requireNonNull(schema, "schema");
        }
    }

    /**
     * A file.
     *
     * @param loadedAtMillis when the run looked that loaded it, ms since 1970 UTC
     * @param missedAtMillis when the last run before that one looked; {@link Long#MIN_VALUE} if there was none
     * @param bytes its length; {@link #GONE} where the rows of the last run's version are made without it
     * @param reachedMillis greatest event time of all files that there were; {@link Long#MIN_VALUE} of no events
     */
    record Entry(long loadedAtMillis, long missedAtMillis, long bytes, long reachedMillis) {

        private static final long GONE = -1;

        // Not isGone: Jackson would take that for a property.
        boolean noLongerThere() {
            return bytes == GONE;
        }

        /** This, of a file that is gone. */
        Entry gone() {
            return new Entry(loadedAtMillis, missedAtMillis, GONE, reachedMillis);
        }
    }

    LoadLog {
        files = Map.copyOf(files);
    }

    /**
     * What is written down of a view.
     *
     * @throws KafkaException if Kafka cannot be read
     */
    static LoadLog read(Properties kafka, String namespace, String view) {
        Map<String, byte[]> values = new HashMap<>();
        CommittedRecords.read(kafka, TopicNames.loads(namespace), LIMIT, message -> put(values, message));
        Map<String, Entry> files = new HashMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(view + ":")) {
                files.put(key.substring(view.length() + 1), parse(value, Entry.class));
            }
        });
        return new LoadLog(Optional.ofNullable(values.get(view)).map(value -> parse(value, Run.class)), files);
    }

    private static void put(Map<String, byte[]> values, ConsumerRecord<byte[], byte[]> message) {
        values.put(new String(message.key(), UTF_8), message.value());
    }

    /**
     * Writes down what a run has loaded, if it still holds the lock.
     *
     * @param changed the files that it loaded, and those that it found gone, by name
     * @throws KafkaException if another run has begun since, or Kafka does not take it
     */
    static void write(
            Properties kafka, String namespace, String view, HistoryLock lock, Run run, Map<String, Entry> changed) {
        String topic = TopicNames.loads(namespace);
        Properties settings = new Properties();
        settings.putAll(kafka);
        settings.setProperty("transactional.id", lock.loads());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            // Whoever takes the lock from now on fences this producer off too.
            if (!lock.isHeld(kafka)) {
                throw new KafkaException("another run of view '" + view + "' has begun since");
            }
            producer.beginTransaction();
            changed.forEach((file, entry) -> producer.send(message(topic, view + ":" + file, entry)));
            producer.send(message(topic, view, run));
            producer.commitTransaction();
        }
    }

    private static ProducerRecord<byte[], byte[]> message(String topic, String key, Object value) {
        try {
            return new ProducerRecord<>(topic, key.getBytes(UTF_8), JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write what has no cycles", e);
        }
    }

    private static <T> T parse(byte[] json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (IOException e) {
            throw new KafkaException("Cannot read which files have been loaded: " + e.getMessage(), e);
        }
    }
}
