/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.event.DeadLetter;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Dead letters as Kafka records: key and value as they came, and headers that say where from and why. */
final class DeadLetterRecords implements KafkaRecordSerializationSchema<DeadLetter> {
    private static final long serialVersionUID = 1L;

    private final String topic;

    DeadLetterRecords(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            DeadLetter letter, KafkaSinkContext context, @Nullable Long timestamp) {
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topic, letter.key(), letter.value());
        header(message, "topic", letter.topic());
        header(message, "partition", Integer.toString(letter.partition()));
        header(message, "offset", Long.toString(letter.offset()));
        header(message, "reason", letter.reason().label());
        header(message, "detail", letter.detail());
        String view = letter.view();
        if (view != null) {
            header(message, "view", view);
        }
        return message;
    }

    private static void header(ProducerRecord<byte[], byte[]> message, String name, String value) {
        message.headers().add(name, value.getBytes(UTF_8));
    }
}
