/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freshet.definition.EventFormat;
import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import io.freshet.expression.ValueType;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of change between the schema that events are written with and the one they are read as, in each format. */
class EvolutionTest {

    private static final int ID = 7;

    private static final String TIME = "{'name': 'time', 'type': {'type': 'long', 'logicalType': 'timestamp-millis'}}";
    private static final String CUSTOMER = "{'name': 'customer', 'type': 'string'}";
    private static final String AMOUNT = "{'name': 'amount', 'type': 'long'}";
    private static final String PRICE =
            "{'name': 'price', 'type': {'type': 'bytes', 'logicalType': 'decimal', 'precision': 9, 'scale': 2}}";

    private static final Schema READER = schema("""
            {'type': 'record', 'name': 'Order', 'namespace': 'shop', 'aliases': ['shop.Purchase'], 'fields': [
              {'name': 'time', 'type': {'type': 'long', 'logicalType': 'timestamp-millis'}},
              {'name': 'customer', 'type': 'string', 'aliases': ['client']},
              {'name': 'amount', 'type': 'long'},
              {'name': 'weight', 'type': 'double', 'default': 1.5},
              {'name': 'note', 'type': ['null', 'string'], 'default': null},
              {'name': 'price', 'default': '\\u0000', 'type':
                {'type': 'bytes', 'logicalType': 'decimal', 'precision': 9, 'scale': 2}},
              {'name': 'status', 'default': 'NEW', 'type':
                {'type': 'enum', 'name': 'Status', 'symbols': ['NEW', 'PAID', 'OTHER'], 'default': 'OTHER'}}]}""");

    private record Refusal(DeadLetterReason reason, String why) {}

    /**
     * A change.
     *
     * @param name what it is, for the report
     * @param writer the writer's schema
     * @param differing the values that differ from {@link #VALUES}, as the writer has them
     * @param expected the values that differ from {@link #VALUES}, as they are read; of an event that can be read
     * @param refusal why it cannot be read, or null
     * @param ofJson the same for JSON, or null where it can be read
     */
    private record Change(
            String name,
            Schema writer,
            Map<String, Object> differing,
            Map<String, Object> expected,
            @Nullable Refusal refusal,
            @Nullable Refusal ofJson) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static final Map<String, Object> VALUES = Map.of("time", 1_000L, "customer", "ann", "amount", 5L);

    private static Schema schema(String json) {
        return new Schema.Parser().parse(json.replace('\'', '"'));
    }

    private static Schema written(String... fields) {
        return written("Order", fields);
    }

    private static Schema written(String name, String[] fields) {
        return schema("{'type': 'record', 'name': '" + name + "', 'namespace': 'shop', 'fields': ["
                + String.join(", ", fields) + "]}");
    }

    private static Change readable(
            String name, Schema writer, Map<String, Object> differing, Map<String, Object> read) {
        return new Change(name, writer, differing, read, null, null);
    }

    private static Change refused(
            String name, Schema writer, Map<String, Object> differing, String why, String ofJson) {
        return new Change(
                name,
                writer,
                differing,
                Map.of(),
                new Refusal(DeadLetterReason.INCOMPATIBLE_SCHEMA, why),
                new Refusal(DeadLetterReason.UNDECODABLE, ofJson));
    }

    private static Change refusedButInJson(String name, Schema writer, Map<String, Object> differing, String why) {
        return new Change(
                name, writer, differing, Map.of(), new Refusal(DeadLetterReason.INCOMPATIBLE_SCHEMA, why), null);
    }

    private static List<Change> changes() {
        String status = "{'name': 'status', 'type': {'type': 'enum', 'name': 'Status', 'symbols': ['PAID', 'LOST']}}";
        return List.of(
                readable(
                        "none",
                        READER,
                        Map.of("weight", 2.5, "note", "x", "status", "PAID"),
                        Map.of("weight", 2.5, "note", "x", "status", "PAID")),
                readable("added with default", written(TIME, CUSTOMER, AMOUNT), Map.of(), Map.of()),
                readable(
                        "removed",
                        written(TIME, CUSTOMER, "{'name': 'old', 'type': 'string'}", AMOUNT),
                        Map.of("old", "gone"),
                        Map.of()),
                readable("in another order", written(AMOUNT, CUSTOMER, TIME), Map.of(), Map.of()),
                readable(
                        "renamed by alias",
                        written(TIME, "{'name': 'client', 'type': 'string'}", AMOUNT),
                        Map.of("client", "bob"),
                        Map.of("customer", "bob")),
                readable(
                        "record renamed by alias",
                        written("Purchase", new String[] {TIME, CUSTOMER, AMOUNT}),
                        Map.of(),
                        Map.of()),
                readable(
                        "promoted",
                        written(
                                TIME,
                                CUSTOMER,
                                "{'name': 'amount', 'type': 'int'}",
                                "{'name': 'weight', 'type': 'float'}"),
                        Map.of("weight", 0.25),
                        Map.of("weight", 0.25)),
                readable(
                        "made nullable by the reader",
                        written(TIME, CUSTOMER, AMOUNT, "{'name': 'note', 'type': 'string'}"),
                        Map.of("note", "x"),
                        Map.of("note", "x")),
                readable(
                        "nullable for the writer, with a value",
                        written(TIME, CUSTOMER, "{'name': 'amount', 'type': ['null', 'long']}"),
                        Map.of(),
                        Map.of()),
                refused(
                        "nullable for the writer, without a value",
                        written(TIME, CUSTOMER, "{'name': 'amount', 'type': ['null', 'long']}"),
                        Map.of("amount", ""),
                        "field 'amount' was written as null and is read as long",
                        "Cannot read field 'amount': found null, expected a whole number of 64 bits"),
                readable(
                        "a symbol the reader has a default for",
                        written(TIME, CUSTOMER, AMOUNT, status),
                        Map.of("status", "LOST"),
                        Map.of("status", "OTHER")),
                readable(
                        "a decimal of less precision",
                        written(TIME, CUSTOMER, AMOUNT, PRICE.replace("9", "4")),
                        Map.of("price", "1.25"),
                        Map.of("price", "1.25")),
                refused(
                        "a field without default that was not written",
                        written(TIME, AMOUNT),
                        Map.of(),
                        "field 'customer' was not written and has no default in the schema that reads it",
                        "Cannot read field 'customer': found none, expected a text"),
                refused(
                        "another type",
                        written(TIME, CUSTOMER, "{'name': 'amount', 'type': 'string'}"),
                        Map.of("amount", "five"),
                        "field 'amount' was written as string and is read as long",
                        "Cannot read field 'amount': found such a text, expected a whole number of 64 bits"),
                refusedButInJson(
                        "another unit of time",
                        written(TIME.replace("millis", "micros"), CUSTOMER, AMOUNT),
                        Map.of(),
                        "field 'time' was written as timestamp-micros and is read as timestamp-millis"),
                refused(
                        "a decimal of another scale",
                        written(TIME, CUSTOMER, AMOUNT, PRICE.replace("2", "3")),
                        Map.of("price", "1.255"),
                        "field 'price' was written as decimal(9, 3) and is read as decimal(9, 2)",
                        "Cannot read field 'price': found such a number, expected a value of decimal"),
                refusedButInJson(
                        "another record",
                        written("Refund", new String[] {TIME, CUSTOMER, AMOUNT}),
                        Map.of(),
                        "the event of 'shop.Order' was written as record 'shop.Refund' and is read as 'shop.Order'"
                                + " (which may have the other as an alias)"));
    }

    static Stream<Arguments> matrix() {
        return changes().stream()
                .flatMap(change -> Arrays.stream(EventFormat.values()).map(format -> Arguments.of(change, format)));
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void everyChangeIsReadOrRefusedInEveryFormat(Object kind, EventFormat format) throws Exception {
        Change change = (Change) kind;
        Map<String, Object> loose = new HashMap<>(VALUES);
        loose.putAll(change.differing());
        GenericRecord event = new RecordReader(change.writer()).read(loose);
        byte[] bytes = encoder(format, change.writer()).encode(event);
        EventDecoder decoder = decoder(format, change.writer());

        Refusal refusal = format == EventFormat.JSON ? change.ofJson() : change.refusal();
        if (refusal == null) {
            Map<String, Object> expected = new HashMap<>(VALUES);
            expected.putAll(change.expected());
            assertThat(decoder.decode(bytes)).isEqualTo(new RecordReader(READER).read(expected));
            assertThat(decoder.decode(bytes)).as("again").isEqualTo(new RecordReader(READER).read(expected));
        } else {
            BadEventException refused = catchThrowableOfType(BadEventException.class, () -> decoder.decode(bytes));
            assertThat(refused.reason()).isEqualTo(refusal.reason());
            assertThat(refused).hasMessageEndingWith(refusal.why());
            if (format == EventFormat.CONFLUENT) {
                assertThat(refused).hasMessage("Cannot read an event of schema id 7 as shop.Order: " + refusal.why());
            }
        }
    }

    private static EventEncoder encoder(EventFormat format, Schema writer) {
        return switch (format) {
            case SINGLE_OBJECT -> new AvroEncoder(writer);
            case CONFLUENT -> EventEncoder.confluent(writer, ID);
            case AVRO -> EventEncoder.plain(writer);
            case JSON -> EventEncoder.json();
        };
    }

    private static EventDecoder decoder(EventFormat format, Schema writer) {
        FeatureView.Source source = new FeatureView.Source(
                "orders",
                "Order",
                "time",
                Duration.ZERO,
                Duration.ofSeconds(1),
                Duration.ZERO,
                FeatureView.NonFinite.SKIP,
                Optional.empty(),
                format,
                Optional.empty());
        ViewPlan.Field time = new ViewPlan.Field(List.of("time"), ValueType.TIMESTAMP);
        ViewPlan.SourcePlan topic = new ViewPlan.SourcePlan(
                source, READER, List.of(writer), time, List.of(), Optional.empty(), List.of(), List.of());
        return EventDecoder.of(topic, id -> {
            assertThat(id).isEqualTo(ID);
            return writer;
        });
    }
}
