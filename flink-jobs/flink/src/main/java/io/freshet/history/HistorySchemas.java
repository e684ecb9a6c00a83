/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.definition.ViewPlan;
import io.freshet.row.HistorySchema;
import io.freshet.sink.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The schemas under which rows of the histories were written, in a compacted topic of their own: a row names its schema
 * by fingerprint only, and a definition that has changed since gives another.
 */
public final class HistorySchemas {

    private HistorySchemas() {}

    /**
     * Writes down the schemas of these views, before a job writes rows of them. Writing one again changes nothing.
     *
     * @param kafka settings of the client
     * @param namespace what the names of Freshet's topics start with
     * @throws KafkaException if Kafka does not take them
     */
    public static void publish(Properties kafka, String namespace, Collection<ViewPlan> views) {
        Properties settings = new Properties();
        settings.putAll(kafka);
        settings.setProperty("acks", "all");
        // A broker that does not know a new topic yet may refuse the first batch and take a later one, behind which the
        // first can never follow.
        settings.setProperty("max.in.flight.requests.per.connection", "1");
        String topic = TopicNames.historySchemas(namespace);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (ViewPlan plan : views) {
                Schema schema = HistorySchema.of(plan);
                String key =
                        plan.view().name() + ":" + Long.toHexString(SchemaNormalization.parsingFingerprint64(schema));
                sent.add(producer.send(new ProducerRecord<>(
                        topic, key.getBytes(UTF_8), schema.toString().getBytes(UTF_8))));
            }
            for (Future<?> one : sent) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while writing schemas to topic '" + topic + "'", e);
        } catch (ExecutionException e) {
            throw new KafkaException("Cannot write schemas to topic '" + topic + "': " + e.getMessage(), e);
        }
    }

    /**
     * The schemas that rows of a view were written under, and its own of now.
     *
     * @param limit how long Kafka may take to answer
     * @throws KafkaException if Kafka cannot be read
     */
    public static LoggedSchemas read(Properties kafka, String namespace, ViewPlan plan, Duration limit) {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        String start = plan.view().name() + ":";
        CommittedRecords.read(kafka, TopicNames.historySchemas(namespace), limit, message -> {
            String key = new String(message.key(), UTF_8);
            if (key.startsWith(start)) {
                schemas.put(key, schema(message));
            }
        });
        List<Schema> all = new ArrayList<>(schemas.values());
        Schema own = HistorySchema.of(plan);
        if (!all.contains(own)) {
            all.add(own);
        }
        return LoggedSchemas.of(all);
    }

    private static Schema schema(ConsumerRecord<byte[], byte[]> message) {
        return new Schema.Parser().parse(new String(message.value(), UTF_8));
    }
}
