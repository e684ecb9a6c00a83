/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.event.AvroEncoder;
import io.freshet.event.EventEncoder;
import io.freshet.history.KafkaRefusal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to one topic, in order within a partition. Their Kafka timestamp is the wall clock: stamped with an old
 * event time, a topic's retention would delete them at once.
 */
public final class EventProducer implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final EventEncoder encoder;
    private final String topic;
    private final Optional<String> keyField;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /**
     * A producer of events in Avro's single-object encoding.
     *
     * @param kafka settings of the client
     * @param topic where events go
     * @param schema their schema
     * @param keyField the field that chooses the partition; none spreads them
     */
    public EventProducer(Properties kafka, String topic, Schema schema, Optional<String> keyField) {
        this(kafka, topic, new AvroEncoder(schema), keyField);
    }

    /**
     * A producer.
     *
     * @param kafka settings of the client
     * @param topic where events go
     * @param encoder how they lie in its records
     * @param keyField the field that chooses the partition; none spreads them
     */
    EventProducer(Properties kafka, String topic, EventEncoder encoder, Optional<String> keyField) {
        Properties properties = new Properties();
        properties.putAll(kafka);
        properties.putIfAbsent("linger.ms", "5");
        properties.putIfAbsent("batch.size", Integer.toString(128 << 10));
        properties.putIfAbsent("compression.type", "lz4");
        properties.putIfAbsent("delivery.timeout.ms", "60000");
        properties.put("enable.idempotence", "true");
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        this.encoder = encoder;
        this.topic = topic;
        this.keyField = keyField;
    }

    /** Sends an event; a failure shows at a later call. */
    public void send(GenericRecord event) throws CommandFailedException {
        checkFailure();
        byte[] key = keyField.map(event::get)
                .map(value -> value.toString().getBytes(StandardCharsets.UTF_8))
                .orElse(null);
        producer.send(new ProducerRecord<>(topic, key, encoder.encode(event)), (metadata, e) -> {
            if (e != null) {
                failure.compareAndSet(null, e);
            }
        });
    }

    /** Waits until Kafka has all of them. */
    public void flush() throws CommandFailedException {
        try {
            producer.flush();
        } catch (KafkaException e) {
            failure.compareAndSet(null, e);
        }
        checkFailure();
    }

    private void checkFailure() throws CommandFailedException {
        Exception found = failure.get();
        if (found != null) {
            throw CommandFailedException.failed(
                    "Cannot send events to topic '" + topic + "': " + KafkaRefusal.reason(found));
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
