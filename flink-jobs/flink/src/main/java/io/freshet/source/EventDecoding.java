/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.source;

import io.freshet.definition.ViewPlan;
import io.freshet.event.BadEventException;
import io.freshet.event.DeadLetter;
import io.freshet.event.EventDecoder;
import io.freshet.monitoring.FlinkRegistryMetrics;
import io.freshet.operator.PlanSource;
import io.freshet.registry.RegistryOptions;
import io.freshet.registry.SchemaRegistry;
import io.freshet.source.SourceRecord.Dead;
import io.freshet.source.SourceRecord.Origin;
import java.io.IOException;
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
    private final RegistryOptions registry;
    private final Clock clock;

    private transient EventDecoder decoder;
    private transient EventCheck check;

    /**
     * By any of the views over the topic: they agree on it.
     *
     * @param source the view
     * @param topic position of the topic in the view
     * @param registry where the schemas are that events name by id
     */
    @SuppressWarnings("NullAway.Init") // open comes before all else
    EventDecoding(PlanSource source, int topic, RegistryOptions registry, Clock clock) {
        this.source = source;
        this.topic = topic;
        this.registry = registry;
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

    @Override
    public TypeInformation<SourceRecord> getProducedType() {
        return EventSource.type(plan());
    }
}
