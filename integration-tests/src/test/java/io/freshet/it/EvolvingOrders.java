/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.definition.EventFormat;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewText;
import io.freshet.event.AvroEncoder;
import io.freshet.event.EventEncoder;
import io.freshet.event.EventSelector;
import io.freshet.event.RecordReader;
import io.freshet.metrics.ViewMetrics;
import io.freshet.oracle.Oracle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Orders of one format, whose writers change their schema; a view over them; and what it must read, which no decoder says. */
final class EvolvingOrders {

    private static final long SEED = 20150912;
    private static final Instant NOON = Instant.parse("2015-09-12T12:00:00Z");
    private static final int CUSTOMERS = 5;
    private static final int UNKNOWN_ID = 99_999;

    private static final String TIME = "{'name': 'time', 'type': {'type': 'long', 'logicalType': 'timestamp-millis'}}";
    private static final String WEIGHT = "{'name': 'weight', 'type': '%s'%s}";
    private static final String STATUS =
            "{'name': 'status', 'type': {'type': 'enum', 'name': 'Status', 'symbols': ['NEW', 'PAID'%s}%s}";

    private static final String INCOMPATIBLE =
            record("Order", "", TIME, "{'name': 'customer', 'type': 'string'}, {'name': 'amount', 'type': 'string'}");
    private static final String UNKNOWN = record("Order", "", TIME, "{'name': 'customer', 'type': 'string'}");

    /** The versions that orders are written with; the view reads them as {@code CURRENT}. */
    enum Version {
        /** Of another name, the customer too; narrower numbers; a field that is gone since. */
        FIRST(
                record(
                        "Purchase",
                        "",
                        TIME,
                        "{'name': 'client', 'type': 'string'}, {'name': 'amount', 'type': 'int'}, {'name': 'shop', 'type': 'long'}")),
        /** In another order, with a weight of fewer bits and a status. */
        SECOND(record(
                "Order",
                "",
                "{'name': 'amount', 'type': 'int'}",
                "{'name': 'customer', 'type': 'string'}, " + WEIGHT.formatted("float", "") + ", "
                        + STATUS.formatted("]", "") + ", " + TIME)),
        CURRENT(record(
                "Order",
                "'aliases': ['Purchase'], ",
                TIME,
                "{'name': 'customer', 'type': 'string', 'aliases': ['client']}, {'name': 'amount', 'type': 'long'}, "
                        + WEIGHT.formatted("double", ", 'default': 1.0") + ", "
                        + STATUS.formatted(", 'OTHER'], 'default': 'OTHER'", ", 'default': 'NEW'"))),
        /** Ahead of the view: a symbol and a field that it does not know, an amount that may be missing but is not. */
        NEXT(record(
                "Order",
                "",
                TIME,
                "{'name': 'customer', 'type': 'string'}, {'name': 'amount', 'type': ['null', 'long']}, "
                        + WEIGHT.formatted("double", "") + ", " + STATUS.formatted(", 'LOST']", "")
                        + ", {'name': 'channel', 'type': 'string'}"));

        private final String schema;

        Version(String schema) {
            this.schema = schema;
        }
    }

    private final EventFormat format;
    private final Apicurio registry;
    private final ViewText view;
    private final EventSelector selector;
    private final Oracle oracle;
    private final RecordReader expected = new RecordReader(schema(Version.CURRENT.schema));
    private final Random random = new Random(SEED);
    private final Map<String, Object> counts = new TreeMap<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final List<byte[]> pending = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private int offset;
    private int sent;

    EvolvingOrders(EventFormat format, Apicurio registry) throws Exception {
        this.format = format;
        this.registry = registry;
        view = ViewText.of(
                format.label() + ".yaml",
                """
                view: %s
                source:
                  topic: %s
                  schema: Order.avsc
                  event_time: time
                  format: %s
                  %s
                entity: [customer]
                windows: [1m, 10m]
                features:
                  orders: {count: "*", windows: [1m, 10m, lifetime]}
                  amount: {sum: amount}
                  heaviest: {max: weight}
                  weight: {mean: weight}
                  status: {last: status}
                  lost: {count: "*", where: "event.status == 'OTHER'"}
                """.formatted(
                                format.label(),
                                topic(),
                                format.label(),
                                format == EventFormat.AVRO ? "writer_schema: Order-1.avsc" : "max_future: 1m"),
                new Schemas(Map.of(
                        "Order.avsc", Version.CURRENT.schema,
                        "Order-1.avsc", Version.FIRST.schema,
                        "Order-2.avsc", Version.SECOND.schema,
                        "Order-next.avsc", Version.NEXT.schema,
                        "Order-wrong.avsc", INCOMPATIBLE)));
        if (format == EventFormat.CONFLUENT) {
            ids.put(INCOMPATIBLE, registry.register(topic() + "-value", schema(INCOMPATIBLE)));
            for (Version version : Version.values()) {
                ids.put(version.schema, registry.register(topic() + "-value", schema(version.schema)));
            }
        }
        selector = new EventSelector(view.plan(), 0, ViewMetrics.NONE);
        oracle = new Oracle(view.plan().windowed());
    }

    private static String record(String name, String more, String first, String others) {
        return "{'type': 'record', 'name': '%s', %s'fields': [%s, %s]}"
                .formatted(name, more, first, others)
                .replace('\'', '"');
    }

    private static Schema schema(String text) {
        return new Schema.Parser().parse(text);
    }

    String topic() {
        return "orders." + format.label();
    }

    ViewText view() {
        return view;
    }

    /** Knows all events that were written and can be read. */
    Oracle oracle() {
        return oracle;
    }

    /** How many orders there are by now, by customer. */
    Map<String, Object> counts() {
        return counts;
    }

    int sent() {
        return sent;
    }

    /** What the dead letters say, in order. */
    List<String> refusals() {
        return refusals;
    }

    /** More orders, of these versions in turn at random; bare Avro is of the first version always. */
    List<byte[]> write(int orders, Version... versions) throws Exception {
        List<byte[]> events = new ArrayList<>(pending);
        offset += pending.size();
        pending.clear();
        for (int i = 0; i < orders; i++) {
            Version drawn = versions[random.nextInt(versions.length)];
            events.add(order(format == EventFormat.AVRO ? Version.FIRST : drawn));
            offset++;
        }
        return events;
    }

    private byte[] order(Version version) throws Exception {
        String customer = "c" + random.nextInt(CUSTOMERS);
        Map<String, Object> read = new HashMap<>(Map.of(
                "time",
                NOON.plusSeconds(3L * sent++).toEpochMilli(),
                "customer",
                customer,
                "amount",
                random.nextInt(100)));
        Map<String, Object> written = new HashMap<>(read);
        if (version == Version.FIRST) {
            written.putAll(Map.of("client", customer, "shop", 7));
        } else {
            read.put("weight", random.nextInt(40) / 4.0);
            read.put("status", random.nextBoolean() ? "NEW" : "PAID");
            written.putAll(read);
        }
        if (version == Version.NEXT) {
            written.put("channel", "web");
            if (random.nextInt(3) == 0) {
                written.put("status", "LOST");
                read.put("status", "OTHER");
            }
        }
        selector.select(expected.read(read), 0, offset, 0, null).ifPresent(oracle::add);
        counts.merge(customer, 1L, (a, b) -> (Long) a + (Long) b);
        return encode(version.schema, written);
    }

    private byte[] encode(String text, Map<String, ?> fields) throws Exception {
        Schema schema = schema(text);
        GenericRecord record = new RecordReader(schema).read(fields);
        return switch (format) {
            case SINGLE_OBJECT -> new AvroEncoder(schema).encode(record);
            case CONFLUENT ->
                EventEncoder.confluent(schema, ids.getOrDefault(text, UNKNOWN_ID))
                        .encode(record);
            case AVRO -> EventEncoder.plain(schema).encode(record);
            case JSON -> EventEncoder.json().encode(record);
        };
    }

    /** One event of each kind that cannot be read, ahead of the next orders. */
    void addBadEvents() {
        Map<String, ?> fields = Map.of("time", NOON.toEpochMilli(), "customer", "c0", "amount", "five");
        try {
            switch (format) {
                case SINGLE_OBJECT -> {
                    refuse(
                            encode(INCOMPATIBLE, fields),
                            "incompatible_schema: Cannot read an event of schema fingerprint ");
                    refuse(encode(UNKNOWN, fields), "unknown_schema: Cannot decode an event of Order: found schema");
                    refuse(new byte[] {9, 9}, "undecodable: Cannot decode an event of Order: found 2 bytes");
                }
                case CONFLUENT -> {
                    refuse(encode(INCOMPATIBLE, fields), ": field 'amount' was written as string and is read as long");
                    refuse(
                            encode(UNKNOWN, fields),
                            "unknown_schema: Cannot find schema 99999 in the schema registry at " + registry.url());
                    refuse(
                            new byte[] {9, 9, 9, 9, 9},
                            "undecodable: Cannot decode an event of Order: it starts with 0909");
                }
                case AVRO -> refuse(new byte[] {2}, "undecodable: Cannot decode an event of Order: found 1 bytes");
                case JSON -> {
                    refuse(encode(INCOMPATIBLE, fields), "undecodable: Cannot read field 'amount': found such a text");
                    refuse(encode(UNKNOWN, fields), "undecodable: Cannot read field 'amount': found none");
                    refuse("{".getBytes(UTF_8), "undecodable: Cannot decode an event of Order: it is no JSON");
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void refuse(byte[] event, String detail) {
        pending.add(event);
        refusals.add(detail);
    }
}
