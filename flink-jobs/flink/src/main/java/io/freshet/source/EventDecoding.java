/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.source;

import io.freshet.definition.ViewPlan;
import io.freshet.event.AvroDecoder;
import io.freshet.event.BadEventException;
import io.freshet.event.DeadLetter;
import io.freshet.event.DeadLetterReason;
import io.freshet.event.EventTime;
import io.freshet.operator.PlanSource;
import io.freshet.operator.SerializedType;
import io.freshet.source.SourceRecord.Dead;
import io.freshet.source.SourceRecord.Decoded;
import io.freshet.source.SourceRecord.Origin;
import java.time.Clock;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes the records of one topic. What is no event, has no time, or is from the future, is a dead letter. */
final class EventDecoding implements KafkaRecordDeserializationSchema<SourceRecord> {
    private static final long serialVersionUID = 1L;

    private final PlanSource source;
    private final int topic;
    private final Clock clock;

    private transient AvroDecoder decoder;
    private transient EventTime time;
    private transient long maxFutureMillis;

    /**
     * By any of the views over the topic: they agree on it.
     *
     * @param source the view
     * @param topic position of the topic in the view
     */
    @SuppressWarnings("NullAway.Init") // open comes before all else
    EventDecoding(PlanSource source, int topic, Clock clock) {
        this.source = source;
        this.topic = topic;
        this.clock = clock;
    }

    private ViewPlan.SourcePlan plan() {
        return source.plan().sources().get(topic);
    }

    @Override
    public void open(InitializationContext context) {
        ViewPlan.SourcePlan plan = plan();
        decoder = new AvroDecoder(plan.schema());
        time = new EventTime(plan.schema(), plan.eventTime());
        maxFutureMillis = plan.source().maxFuture().toMillis();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<SourceRecord> out) {
        out.collect(read(message));
    }

    private SourceRecord read(ConsumerRecord<byte[], byte[]> message) {
        byte[] value = message.value();
        try {
            GenericRecord event = decoder.decode(value);
            long timeMillis = time.millis(event);
            long limit = clock.millis() + maxFutureMillis;
            if (timeMillis > limit) {
                throw new BadEventException(
                        DeadLetterReason.FUTURE_TIME,
                        "Cannot use the event yet: its time is " + timeMillis + ", expected " + limit
                                + " or before (wall clock + max_future)");
            }
            return new Decoded(
                    event,
                    timeMillis,
                    message.timestamp(),
                    new Origin(message.topic(), message.partition(), message.offset(), message.key(), value));
        } catch (BadEventException e) {
            return new Dead(new DeadLetter(
                    e.reason(),
                    String.valueOf(e.getMessage()),
                    null,
                    message.topic(),
                    message.partition(),
                    message.offset(),
                    message.key(),
                    value));
        }
    }

    @Override
    public TypeInformation<SourceRecord> getProducedType() {
        return new SerializedType<>(
                SourceRecord.class, new SourceRecordSerializer(plan().schema().toString()));
    }
}
