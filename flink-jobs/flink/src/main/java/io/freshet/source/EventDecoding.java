/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.source;

import io.freshet.definition.ViewPlan;
import io.freshet.event.BadEventException;
import io.freshet.event.DeadLetter;
import io.freshet.event.DeadLetterReason;
import io.freshet.event.EventDecoder;
import io.freshet.monitoring.FlinkRegistryMetrics;
import io.freshet.operator.PlanSource;
import io.freshet.registry.RegistryOptions;
import io.freshet.registry.SchemaRegistry;
import io.freshet.source.SourceRecord.Dead;
import io.freshet.source.SourceRecord.Origin;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Decodes the records of one topic. What is no event, has no time, or is from the future, is a dead letter. */
final class EventDecoding implements KafkaRecordDeserializationSchema<SourceRecord> {
    private static final long serialVersionUID = 1L;

    /** Of each, key and value of an event that is too large. */
    private static final int KEPT_BYTES = 4_096;

    private final PlanSource source;
    private final int topic;
    private final RegistryOptions registry;
    private final int mostBytes;
    private final Clock clock;

    private transient EventDecoder decoder;
    private transient EventCheck check;

    /**
     * By any of the views over the topic: they agree on it.
     *
     * @param source the view
     * @param topic position of the topic in the view
     * @param registry where the schemas are that events name by id
     * @param mostBytes of key and value of a record
     */
    @SuppressWarnings("NullAway.Init") // open comes before all else
    EventDecoding(PlanSource source, int topic, RegistryOptions registry, int mostBytes, Clock clock) {
        this.source = source;
        this.topic = topic;
        this.registry = registry;
        this.mostBytes = mostBytes;
        this.clock = clock;
    }

    private ViewPlan.SourcePlan plan() {
        return source.plan().sources().get(topic);
    }

    @Override
    public void open(InitializationContext context) {
        ViewPlan.SourcePlan plan = plan();
        decoder = EventDecoder.of(
                plan,
                SchemaRegistry.lookupFor(plan, registry, () -> new FlinkRegistryMetrics(context.getMetricGroup())));
        check = new EventCheck(plan, clock);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<SourceRecord> out) throws IOException {
        out.collect(read(message));
    }

    private SourceRecord read(ConsumerRecord<byte[], byte[]> message) throws IOException {
        byte[] value = message.value();
        int bytes = bytes(message.key()) + bytes(value);
        if (bytes > mostBytes) {
            return tooLarge(message, bytes);
        }
        try {
            GenericRecord event = decoder.decode(value);
            return check.check(
                    event,
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

    private static int bytes(byte @Nullable [] part) {
        return part == null ? 0 : part.length;
    }

    /** With the beginning alone: the whole may be more than the topic of dead letters takes, and would stop the job. */
    private SourceRecord tooLarge(ConsumerRecord<byte[], byte[]> message, int bytes) {
        return new Dead(new DeadLetter(
                DeadLetterReason.TOO_LARGE,
                "Cannot take an event of " + bytes + " bytes: expected " + mostBytes
                        + " or fewer (limits.event_bytes); of key and value the first " + KEPT_BYTES
                        + " bytes are kept here",
                null,
                message.topic(),
                message.partition(),
                message.offset(),
                beginning(message.key()),
                beginning(message.value())));
    }

    private static byte @Nullable [] beginning(byte @Nullable [] part) {
        return part == null || part.length <= KEPT_BYTES ? part : Arrays.copyOf(part, KEPT_BYTES);
    }

    @Override
    public TypeInformation<SourceRecord> getProducedType() {
        return EventSource.type(plan());
    }
}
