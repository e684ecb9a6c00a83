/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.row.HistoryRow;
import io.freshet.row.RowCodec;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the rows behind the committed end of a history, as far as they are written now. */
final class OpenRows {

    private static final Duration POLL = Duration.ofMillis(100);

    /** A row may be served a little before it is sent to the history. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private OpenRows() {}

    /**
     * Hands over rows in order until the reader has enough, or until none comes any more.
     *
     * @param isEnough told each row; true ends
     */
    static void read(OnlineCheck.Place place, RowCodec codec, Predicate<HistoryRow> isEnough) {
        Properties settings = new Properties();
        settings.putAll(place.kafka());
        settings.setProperty("isolation.level", "read_uncommitted");
        settings.setProperty("enable.auto.commit", "false");
        settings.setProperty("fetch.max.wait.ms", "20");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(place.committed().keySet());
            place.committed().forEach(consumer::seek);
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            Map<TopicPartition, Long> ends = Map.of();
            while (ends.isEmpty() || !isAtEnd(consumer, ends)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (isEnough.test(codec.decode(record.value()))) {
                        return;
                    }
                }
                if (ends.isEmpty() && System.nanoTime() > deadline) {
                    ends = consumer.endOffsets(place.committed().keySet());
                }
            }
        }
    }

    private static boolean isAtEnd(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
