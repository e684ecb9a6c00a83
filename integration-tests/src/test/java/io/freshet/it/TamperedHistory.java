/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.ViewText;
import io.freshet.history.CommittedRecords;
import io.freshet.job.JobSpec;
import io.freshet.job.KafkaSettings;
import io.freshet.operator.AvailableAt;
import io.freshet.row.FeatureRow;
import io.freshet.row.HistoryRow;
import io.freshet.row.OnlineKeys;
import io.freshet.row.RowCodec;
import io.freshet.row.RowOrigin;
import io.freshet.sink.TopicNames;
import io.freshet.source.EventRange;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What a job left behind, once more under another namespace, where rows of the history can be changed or left out. */
final class TamperedHistory {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final FreshetConfig from;
    private final ViewText view;
    private final String name;
    private final List<ConsumerRecord<byte[], byte[]>> rows = new ArrayList<>();

    TamperedHistory(FreshetConfig from, ViewText view) {
        this.from = from;
        this.view = view;
        name = view.plan().view().name();
        CommittedRecords.read(KafkaSettings.of(from), TopicNames.history(from.namespace(), name), LIMIT, rows::add);
    }

    /** The rows, in the order in which they lie there. */
    List<HistoryRow> rows() {
        RowCodec codec = new RowCodec(view.plan());
        return rows.stream().map(row -> codec.decode(row.value())).toList();
    }

    /** Writes it again, with what the job said of its offsets, and with its rows in Redis. */
    void copy(FreshetConfig to, RedisCommands<String, String> redis, Map<Integer, List<HistoryRow>> instead)
            throws Exception {
        Properties kafka = KafkaSettings.of(to);
        // Makes the topics.
        JobSpec.prepare(
                to,
                List.of(view),
                new EventRange(new EventRange.Earliest(), EventRange.End.AT_LATEST),
                new AvailableAt.Live());
        RowCodec codec = new RowCodec(view.plan());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < rows.size(); i++) {
                for (HistoryRow row :
                        instead.getOrDefault(i, List.of(codec.decode(rows.get(i).value())))) {
                    producer.send(new ProducerRecord<>(
                            TopicNames.history(to.namespace(), name),
                            rows.get(i).key(),
                            codec.encode(featureRow(row), RowOrigin.LIVE)));
                }
            }
        }
        try (Admin admin = Admin.create(kafka)) {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(from.namespace())
                    .partitionsToOffsetAndMetadata()
                    .get();
            admin.alterConsumerGroupOffsets(to.namespace(), offsets).all().get();
        }
        for (String key : redis.keys(OnlineKeys.rowPrefix(from.namespace(), name) + "*")) {
            redis.hset(to.namespace() + key.substring(from.namespace().length()), redis.hgetall(key));
        }
        String watermark = redis.get(OnlineKeys.watermark(from.namespace(), name));
        if (watermark != null) { // of a job of less than a second there is none
            redis.set(OnlineKeys.watermark(to.namespace(), name), watermark);
        }
    }

    /** The same row with another value in that column. */
    static HistoryRow with(HistoryRow row, int column, Object value) {
        List<Object> values = new ArrayList<>(row.values());
        values.set(column, value);
        return new HistoryRow(
                row.entity(),
                row.asOfMillis(),
                row.availableAtMillis(),
                row.seq(),
                row.version(),
                row.origin(),
                row.ingestedAtMillis(),
                row.warming(),
                values);
    }

    private static FeatureRow featureRow(HistoryRow row) {
        return new FeatureRow(
                row.entity(),
                row.asOfMillis(),
                row.availableAtMillis(),
                row.seq(),
                Long.MIN_VALUE,
                row.ingestedAtMillis(),
                row.values().toArray());
    }
}
