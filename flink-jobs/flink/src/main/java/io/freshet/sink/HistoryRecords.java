/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import io.freshet.operator.PlanSource;
import io.freshet.row.FeatureRow;
import io.freshet.row.RowCodec;
import io.freshet.row.RowOrigin;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Rows as records of the history: key is the entity, value the row. Stamped by the wall clock, so that retention counts from writing. */
final class HistoryRecords implements KafkaRecordSerializationSchema<FeatureRow> {
    private static final long serialVersionUID = 1L;

    private final PlanSource source;
    private final String topic;
    private final RowOrigin origin;
    private transient RowCodec codec;

    @SuppressWarnings("NullAway.Init") // open comes before all else
    HistoryRecords(PlanSource source, String topic, RowOrigin origin) {
        this.source = source;
        this.topic = topic;
        this.origin = origin;
    }

    @Override
    public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sink) {
        open();
    }

    /** Comes before all else. */
    void open() {
        codec = new RowCodec(source.plan());
    }

    String topic() {
        return topic;
    }

    RowOrigin origin() {
        return origin;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            FeatureRow row, KafkaSinkContext context, @Nullable Long timestamp) {
        return message(row);
    }

    ProducerRecord<byte[], byte[]> message(FeatureRow row) {
        return new ProducerRecord<>(topic, row.entity().getBytes(StandardCharsets.UTF_8), codec.encode(row, origin));
    }
}
