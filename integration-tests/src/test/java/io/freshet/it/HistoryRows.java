/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import io.freshet.definition.ViewPlan;
import io.freshet.expression.ValueType;
import io.freshet.row.EntityKey;
import io.freshet.row.FeatureRow;
import io.freshet.row.RowCodec;
import io.freshet.row.RowOrigin;
import io.freshet.sink.TopicNames;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes rows of any values to a history, in transactions, as a job would. */
final class HistoryRows implements AutoCloseable {

    private static final long DAY = 86_400_000;

    private final ViewPlan plan;
    private final String topic;
    private final int partitions;
    private final RowCodec codec;
    private final Random random;
    private final KafkaProducer<byte[], byte[]> producer;
    private long seq;

    HistoryRows(String bootstrap, String namespace, ViewPlan plan, int partitions, long seed) {
        this.plan = plan;
        this.partitions = partitions;
        topic = TopicNames.history(namespace, plan.view().name());
        codec = new RowCodec(plan);
        random = new Random(seed);
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrap);
        properties.put("transactional.id", topic + seed);
        properties.put("linger.ms", "5");
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
    }

    /** Begins a transaction and writes so many rows over so many days from 2026-01-30 on; gives the last row's number. */
    long write(int rows, int days) {
        producer.beginTransaction();
        for (int i = 0; i < rows; i++) {
            seq++;
            long asOf = 20_483 * DAY + random.nextLong(days * DAY);
            String entity = EntityKey.format(
                    plan.entity().stream().map(field -> value(field.type())).toList());
            @Nullable
            Object[] values = plan.columns().stream()
                    .map(column -> random.nextInt(4) == 0 ? null : value(column.type()))
                    .toArray();
            FeatureRow row = new FeatureRow(
                    entity,
                    asOf,
                    asOf + random.nextInt(100),
                    seq,
                    random.nextBoolean() ? Long.MIN_VALUE : asOf,
                    random.nextBoolean() ? FeatureRow.NO_EVENT : asOf + 5,
                    values);
            producer.send(new ProducerRecord<>(
                    topic,
                    random.nextInt(partitions),
                    entity.getBytes(StandardCharsets.UTF_8),
                    codec.encode(row, RowOrigin.values()[random.nextInt(RowOrigin.values().length)])));
        }
        producer.flush();
        return seq;
    }

    void commit() {
        producer.commitTransaction();
    }

    void abort() {
        producer.abortTransaction();
    }

    private Object value(ValueType type) {
        return switch (type.kind()) {
            case LONG, TIMESTAMP -> random.nextLong() >> (22 + random.nextInt(42));
            case DOUBLE -> random.nextGaussian();
            case BOOLEAN -> random.nextBoolean();
            case STRING -> List.of("", "a b", "x|y", "größe", "\"q\",").get(random.nextInt(5)) + random.nextInt(50);
            case DECIMAL ->
                BigDecimal.valueOf(random.nextInt(2_000_000) - 1_000_000, 2).setScale(type.scale());
            case LIST -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(random.nextInt(5) == 0 ? null : value(type.element()));
                }
                yield list;
            }
            case MAP -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put("k" + random.nextInt(9), value(type.element()));
                }
                yield map;
            }
        };
    }

    @Override
    public void close() {
        producer.close();
    }
}
