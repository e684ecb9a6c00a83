/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.freshet.definition.EventFormat;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewText;
import io.freshet.event.AvroEncoder;
import io.freshet.event.DeadLetter;
import io.freshet.event.DeadLetterReason;
import io.freshet.event.EventEncoder;
import io.freshet.operator.TestViews;
import io.freshet.registry.RegistryOptions;
import io.freshet.registry.ScriptedServer;
import io.freshet.source.SourceRecord.Dead;
import io.freshet.source.SourceRecord.Decoded;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventDecodingTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_000_000), ZoneOffset.UTC);

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final RegistryOptions NO_REGISTRY = new RegistryOptions(List.of(), null, null, null, SECOND, SECOND);
    private static final String ORDER = """
            {"type": "record", "name": "Order", "fields": [
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "amount", "type": "%s"}%s]}""";

    private final EventDecoding decoding = new EventDecoding(TestViews::payments, 0, NO_REGISTRY, 1_000, CLOCK);

    private static byte[] payment(long timeMillis) {
        Schema schema = TestViews.payments().sources().get(0).schema();
        return new AvroEncoder(schema)
                .encode(new GenericRecordBuilder(schema)
                        .set("card", "a")
                        .set("time", timeMillis)
                        .set("amount", 7L)
                        .build());
    }

    private SourceRecord read(byte[] value) throws Exception {
        return read(decoding, value);
    }

    private static SourceRecord read(EventDecoding decoding, byte[] value) throws Exception {
        decoding.open(new TaskContext());
        List<SourceRecord> read = new ArrayList<>();
        decoding.deserialize(new ConsumerRecord<>("payments", 3, 42, new byte[] {1}, value), new ListCollector<>(read));
        assertThat(read).hasSize(1);
        return read.get(0);
    }

    @Test
    void eventIsDecodedWithWhereItCameFrom() throws Exception {
        Decoded decoded = (Decoded) read(payment(5_000));
        assertThat(decoded.timeMillis()).isEqualTo(5_000);
        assertThat(decoded.event().get("amount")).isEqualTo(7L);
        assertThat(decoded.origin().partition()).isEqualTo(3);
        assertThat(decoded.origin().offset()).isEqualTo(42);
    }

    @Test
    void brokenEventIsADeadLetterWithItsBytes() throws Exception {
        Dead dead = (Dead) read(new byte[] {9, 9});
        assertThat(dead.letter().reason()).isEqualTo(DeadLetterReason.UNDECODABLE);
        assertThat(dead.letter().value()).containsExactly(9, 9);
        assertThat(dead.letter().key()).containsExactly(1);
        assertThat(dead.letter().offset()).isEqualTo(42);
    }

    @Test
    void anEventThatIsTooLargeIsADeadLetterWithItsBeginningAlone() throws Exception {
        assertThat(((Dead) read(new byte[999])).letter().reason())
                .as("with a key of one byte")
                .isEqualTo(DeadLetterReason.UNDECODABLE);
        DeadLetter letter = ((Dead) read(new byte[1_000_000])).letter();
        assertThat(letter.reason()).isEqualTo(DeadLetterReason.TOO_LARGE);
        assertThat(letter.value()).hasSize(4_096);
        assertThat(letter.key()).containsExactly(1);
        assertThat(letter.detail())
                .isEqualTo("Cannot take an event of 1000001 bytes: expected 1000 or fewer (limits.event_bytes); of key"
                        + " and value the first 4096 bytes are kept here");
    }

    @Test
    void eventFromTheFutureIsADeadLetterAndOneAtTheLimitIsNot() throws Exception {
        assertThat(((Dead) read(payment(1_060_001))).letter().reason()).isEqualTo(DeadLetterReason.FUTURE_TIME);
        assertThat(read(payment(1_060_000))).isInstanceOf(Decoded.class);
    }

    @Test
    void recordsComeBackAsTheyWere() throws Exception {
        TypeSerializer<SourceRecord> serializer =
                decoding.getProducedType().createSerializer(new SerializerConfigImpl());
        for (byte[] value : List.of(payment(5_000), new byte[] {9})) {
            SourceRecord before = read(value);
            DataOutputSerializer out = new DataOutputSerializer(64);
            serializer.serialize(before, out);
            SourceRecord after = serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
            assertThat(after).usingRecursiveComparison().isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(EventFormat.class)
    void eventsOfAnEarlierSchemaComeBackAsTheyWereReadWithoutARegistry(EventFormat format) throws Exception {
        Schema first = new Schema.Parser().parse(ORDER.formatted("int", ""));
        GenericRecord order = new GenericRecordBuilder(first)
                .set("time", 5_000L)
                .set("amount", 5)
                .build();
        EventEncoder encoder = switch (format) {
            case SINGLE_OBJECT -> new AvroEncoder(first);
            case CONFLUENT -> EventEncoder.confluent(first, 7);
            case AVRO -> EventEncoder.plain(first);
            case JSON -> EventEncoder.json();
        };
        Decoded before;
        TypeSerializer<SourceRecord> serializer;
        try (ScriptedServer server = new ScriptedServer()) {
            server.reply(
                    "/schemas/ids/7",
                    200,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("schema", first.toString())
                            .toString());
            RegistryOptions registry = new RegistryOptions(List.of(server.url()), null, null, null, SECOND, SECOND);
            EventDecoding orders = new EventDecoding(orders(format)::plan, 0, registry, 1_000, CLOCK);
            before = (Decoded) read(orders, encoder.encode(order));
            serializer = orders.getProducedType().createSerializer(new SerializerConfigImpl());
        }
        assertThat(before.event().get("amount")).isEqualTo(5L);
        assertThat(before.event().get("weight")).isEqualTo(1.5);
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(before, out);
        SourceRecord after = serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
        assertThat(after).usingRecursiveComparison().isEqualTo(before);
    }

    private static ViewText orders(EventFormat format) throws Exception {
        String yaml = """
                view: orders
                source: {topic: orders, schema: Order.avsc, event_time: time, format: %s%s}
                entity: [amount]
                windows: [1m]
                features:
                  orders: {count: "*"}
                """.formatted(format.label(), format == EventFormat.AVRO ? ", writer_schema: first.avsc" : "");
        String now =
                ORDER.formatted("long", ", {'name': 'weight', 'type': 'double', 'default': 1.5}".replace('\'', '"'));
        return ViewText.of(
                "orders.yaml", yaml, new Schemas(Map.of("Order.avsc", now, "first.avsc", ORDER.formatted("int", ""))));
    }

    @Test
    void watermarkTrailsTheGreatestEventTimeAndDeadLettersDoNotMoveIt() throws Exception {
        EventWatermarks watermarks = new EventWatermarks(2_000);
        Marks marks = new Marks();
        watermarks.onPeriodicEmit(marks);
        assertThat(marks.all).isEmpty();
        watermarks.onEvent(read(payment(5_000)), 5_000, marks);
        watermarks.onEvent(read(payment(4_000)), 4_000, marks);
        watermarks.onEvent(read(payment(9_000_000)), 9_000_000, marks);
        watermarks.onPeriodicEmit(marks);
        assertThat(marks.all).containsExactly(2_999L);
    }

    private static final class TaskContext implements DeserializationSchema.InitializationContext {
        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return SimpleUserCodeClassLoader.create(EventDecodingTest.class.getClassLoader());
        }
    }

    private static final class Marks implements WatermarkOutput {
        final List<Long> all = new ArrayList<>();

        @Override
        public void emitWatermark(Watermark watermark) {
            all.add(watermark.getTimestamp());
        }

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}
    }
}
