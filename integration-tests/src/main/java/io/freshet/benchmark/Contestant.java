/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.definition.Schemas;
import io.freshet.definition.ViewText;
import io.freshet.event.DeadLetter;
import io.freshet.event.SelectedEvent;
import io.freshet.operator.AvailableAt;
import io.freshet.operator.CacheSize;
import io.freshet.operator.DeadLetterSerializer;
import io.freshet.operator.SerializedType;
import io.freshet.operator.WindowOperator;
import io.freshet.operator.WindowSettings;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.util.OutputTag;

/** What is compared. All get the same stream, keyed by entity, and discard what they emit. */
enum Contestant {
    COUNTER("one counter per key (engine limit)", "hashmap") {
        @Override
        void attach(KeyedStream<SelectedEvent, String> events) {
            events.process(new EventCounter()).sinkTo(new DiscardingSink<>());
        }
    },
    FLINK_WINDOWS("Flink SlidingEventTimeWindows x 4", "hashmap") {
        @Override
        void attach(KeyedStream<SelectedEvent, String> events) {
            slide(events, Duration.ofMinutes(1), Duration.ofSeconds(1));
            slide(events, Duration.ofMinutes(10), Duration.ofSeconds(10));
            slide(events, Duration.ofHours(1), Duration.ofMinutes(1));
            slide(events, Duration.ofDays(1), Duration.ofMinutes(15));
        }

        private void slide(KeyedStream<SelectedEvent, String> events, Duration size, Duration slide) {
            DataStream<long[]> values =
                    events.window(SlidingEventTimeWindows.of(size, slide)).aggregate(new CountSumMinMax());
            values.sinkTo(new DiscardingSink<>());
        }
    },
    FRESHET("Freshet, heap", "hashmap") {
        @Override
        void attach(KeyedStream<SelectedEvent, String> events) {
            freshet(events);
        }
    },
    FRESHET_ROCKSDB("Freshet, RocksDB", "rocksdb") {
        @Override
        void attach(KeyedStream<SelectedEvent, String> events) {
            freshet(events);
        }
    };

    private final String title;
    private final String stateBackend;

    Contestant(String title, String stateBackend) {
        this.title = title;
        this.stateBackend = stateBackend;
    }

    String title() {
        return title;
    }

    /** Flink's name of the state backend. */
    String stateBackend() {
        return stateBackend;
    }

    /** Puts the operator behind the stream. */
    abstract void attach(KeyedStream<SelectedEvent, String> events);

    private static void freshet(KeyedStream<SelectedEvent, String> events) {
        ViewText view = view();
        OutputTag<DeadLetter> late =
                new OutputTag<>("late", new SerializedType<>(DeadLetter.class, DeadLetterSerializer.INSTANCE));
        WindowSettings windows =
                new WindowSettings(view::plan, late, new AvailableAt.Live(), Long.MIN_VALUE, CacheSize.byMemory(1));
        WindowOperator.attach(events, windows).sinkTo(new DiscardingSink<>());
    }

    /** The four windows and four functions as a view; its hops are the defaults, and Flink's slides above. */
    static ViewText view() {
        String schema = """
                {"type": "record", "name": "Event", "fields": [
                  {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                  {"name": "key", "type": "string"}, {"name": "value", "type": "long"}]}
                """;
        String yaml = """
                view: benchmark
                source: {topic: benchmark, schema: Event, event_time: time}
                entity: [key]
                windows: [1m, 10m, 1h, 1d]
                features:
                  events: {count: "*"}
                  total: {sum: value}
                  least: {min: value}
                  most: {max: value}
                """;
        try {
            return ViewText.of("benchmark.yaml", yaml, new Schemas(Map.of("Event", schema)));
        } catch (io.freshet.definition.DefinitionException e) {
            throw new IllegalStateException("The benchmark's view must be right", e);
        }
    }
}
