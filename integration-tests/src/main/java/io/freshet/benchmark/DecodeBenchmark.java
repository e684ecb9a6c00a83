/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.definition.DefinitionException;
import io.freshet.definition.EventFormat;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import io.freshet.event.AvroEncoder;
import io.freshet.event.BadEventException;
import io.freshet.event.EventDecoder;
import io.freshet.event.EventEncoder;
import io.freshet.event.RecordReader;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Decoding alone: an event of five fields, in each format, written with the view's schema or with an earlier one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {

    private static final int ID = 7;
    private static final String OLDER = """
            {"type": "record", "name": "Event", "fields": [
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "id", "type": "string"},
              {"name": "value", "type": "int"},
              {"name": "gone", "type": "long"},
              {"name": "amount", "type": "float"}]}""";
    private static final String CURRENT = """
            {"type": "record", "name": "Event", "fields": [
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "key", "type": "string", "aliases": ["id"]},
              {"name": "value", "type": "long"},
              {"name": "amount", "type": "double"},
              {"name": "quantity", "type": "long", "default": 1}]}""";

    @Param({"single_object", "confluent", "avro", "json"})
    public String format = "";

    @Param({"same", "older"})
    public String writer = "";

    private EventDecoder decoder = bytes -> {
        throw new IllegalStateException("not prepared");
    };
    private byte[] event = {};

    /** Encodes an event, and makes a decoder as the job does. */
    @Setup
    public void prepare() throws DefinitionException, BadEventException {
        EventFormat chosen = EventFormat.valueOf(format.toUpperCase(Locale.ROOT));
        String schema = writer.equals("same") ? CURRENT : OLDER;
        Schema written = new Schema.Parser().parse(schema);
        String yaml = """
                view: benchmark
                source: {topic: t, schema: Event.avsc, event_time: time, format: %s%s}
                entity: [key]
                windows: [1m]
                features:
                  events: {count: "*"}
                """.formatted(format, chosen == EventFormat.AVRO ? ", writer_schema: written.avsc" : "");
        ViewText view =
                ViewText.of("benchmark.yaml", yaml, new Schemas(Map.of("Event.avsc", CURRENT, "written.avsc", schema)));
        ViewPlan.SourcePlan topic = view.plan().sources().get(0);
        GenericRecord record = new RecordReader(written)
                .read(Map.of(
                        "time",
                        1_442_018_818_771L,
                        "key",
                        "entity-12345",
                        "id",
                        "entity-12345",
                        "value",
                        123_456,
                        "amount",
                        12.5,
                        "quantity",
                        3,
                        "gone",
                        4));
        event = switch (chosen) {
            case SINGLE_OBJECT -> new AvroEncoder(written).encode(record);
            case CONFLUENT -> EventEncoder.confluent(written, ID).encode(record);
            case AVRO -> EventEncoder.plain(written).encode(record);
            case JSON -> EventEncoder.json().encode(record);
        };
        decoder = EventDecoder.of(topic, id -> written);
    }

    /** One event. */
    @Benchmark
    public GenericRecord decode() throws BadEventException, IOException {
        return decoder.decode(event);
    }
}
