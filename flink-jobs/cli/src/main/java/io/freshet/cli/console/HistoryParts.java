/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.cli.CommandFailedException;
import io.freshet.cli.Keys;
import io.freshet.console.HistoryPart;
import io.freshet.definition.ViewPlan;
import io.freshet.history.CommittedRecords;
import io.freshet.history.KafkaRefusal;
import io.freshet.row.FeatureRow;
import io.freshet.row.HistoryRow;
import io.freshet.row.RowCodec;
import io.freshet.server.Refusal;
import io.freshet.sink.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Reads an entity's history in parts: of the partition that its key lies in alone, each part for a moment and up to so many
 * rows.
 */
final class HistoryParts {

    private static final Duration LIMIT = Duration.ofSeconds(8);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMillis(1500);
    private static final int MOST_ROWS = 2_000;

    /** Whole numbers beyond it JavaScript rounds. */
    private static final long GREATEST_EXACT = 1L << 53;

    private final ConsoleViews views;
    private final SchemaCache schemas;

    HistoryParts(ConsoleViews views, SchemaCache schemas) {
        this.views = views;
        this.schemas = schemas;
    }

    HistoryPart read(ViewPlan plan, String key, OptionalLong from, OptionalLong sinceMillis) {
        String topic = TopicNames.history(views.namespace(), plan.view().name());
        try {
            Keys.check(key, plan);
            try (KafkaConsumer<byte[], byte[]> consumer = CommittedRecords.consumer(views.kafka())) {
                int partitions = consumer.partitionsFor(topic, LIMIT).size();
                if (partitions == 0) {
                    throw Refusal.of(
                            404, "no_history", "There is no history yet: topic '" + topic + "' does not exist");
                }
                TopicPartition partition = new TopicPartition(topic, partitionOf(key, partitions));
                consumer.assign(List.of(partition));
                long end = consumer.endOffsets(List.of(partition), LIMIT).getOrDefault(partition, 0L);
                long begin = Math.min(end, begin(consumer, partition, from, sinceMillis, end));
                return part(
                        consumer,
                        partition,
                        partitions,
                        begin,
                        end,
                        key,
                        schemas.of(plan).codec(plan));
            }
        } catch (CommandFailedException e) {
            throw Refusal.of(400, "bad_key", String.valueOf(e.getMessage()));
        } catch (KafkaException | IllegalArgumentException e) {
            throw LiveConsole.unavailable("Cannot read the history '" + topic + "' on Kafka at "
                    + views.config().kafka().bootstrap() + ": " + KafkaRefusal.reason(e));
        }
    }

    /** As Kafka's producers place a key: a topic that was given more partitions since has older rows elsewhere. */
    private static int partitionOf(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % partitions;
    }

    private static long begin(
            KafkaConsumer<?, ?> consumer,
            TopicPartition partition,
            OptionalLong from,
            OptionalLong sinceMillis,
            long end) {
        long first = consumer.beginningOffsets(List.of(partition), LIMIT).getOrDefault(partition, 0L);
        if (from.isPresent()) {
            return Math.max(first, from.getAsLong());
        }
        if (sinceMillis.isEmpty()) {
            return first;
        }
        OffsetAndTimestamp found = consumer.offsetsForTimes(
                        Map.of(partition, Math.max(0, sinceMillis.getAsLong())), LIMIT)
                .get(partition);
        return found == null ? end : found.offset();
    }

    private static HistoryPart part(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            int partitions,
            long begin,
            long end,
            String key,
            RowCodec codec) {
        consumer.seek(partition, begin);
        byte[] wanted = key.getBytes(UTF_8);
        List<HistoryPart.Row> rows = new ArrayList<>();
        long scanned = 0;
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (consumer.position(partition, LIMIT) < end && rows.size() < MOST_ROWS && System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                scanned++;
                if (Arrays.equals(message.key(), wanted)) {
                    rows.add(row(codec.decode(message.value())));
                }
            }
        }
        long next = consumer.position(partition, LIMIT);
        return new HistoryPart(partition.partition(), partitions, begin, next, end, next >= end, scanned, rows);
    }

    private static HistoryPart.Row row(HistoryRow row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Object value : row.values()) {
            values.add(exact(value));
        }
        return new HistoryPart.Row(
                row.asOfMillis(),
                row.availableAtMillis(),
                row.seq(),
                row.version(),
                row.ingestedAtMillis() != FeatureRow.NO_EVENT,
                row.origin().name().toLowerCase(Locale.ROOT),
                row.warming(),
                values);
    }

    /** A value with its longs that JavaScript cannot hold as text, also those within lists and maps. */
    static @Nullable Object exact(@Nullable Object value) {
        if (value instanceof Long number) {
            return number > GREATEST_EXACT || number < -GREATEST_EXACT ? number.toString() : number;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> all = new ArrayList<>();
            list.forEach(each -> all.add(exact(each)));
            return all;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> all = new LinkedHashMap<>();
            map.forEach((key, each) -> all.put(key, exact(each)));
            return all;
        }
        return value;
    }
}
