/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.definition.ViewText;
import io.freshet.definition.Window;
import io.freshet.event.DeadLetter;
import io.freshet.event.SelectedEvent;
import io.freshet.operator.AvailableAt;
import io.freshet.operator.CacheSize;
import io.freshet.operator.CoalesceOperator;
import io.freshet.operator.DeadLetterSerializer;
import io.freshet.operator.SerializedType;
import io.freshet.operator.WindowOperator;
import io.freshet.operator.WindowSettings;
import io.freshet.row.FeatureRow;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.util.OutputTag;

/** What is compared. All get the same stream, key it by entity, and discard what they emit. */
enum Contestant {
    COUNTER("one counter per key (engine limit)", "hashmap") {
        @Override
        void attach(DataStream<SelectedEvent> events, Workload workload, long number) {
            count(events, number);
        }
    },
    FLINK_WINDOWS("Flink SlidingEventTimeWindows", "hashmap") {
        @Override
        void attach(DataStream<SelectedEvent> events, Workload workload, long number) {
            for (Window window : workload.hoppingWindows()) {
                Duration size = Duration.ofMillis(window.lengthMillis());
                Duration slide = Duration.ofMillis(window.hopMillis());
                DataStream<long[]> values = keyed(events, number)
                        .window(SlidingEventTimeWindows.of(size, slide))
                        .aggregate(new CountSumMinMax());
                values.sinkTo(new DiscardingSink<>());
            }
        }
    },
    FLINK_SQL("Flink SQL HOP", "hashmap") {
        @Override
        void attach(DataStream<SelectedEvent> events, Workload workload, long number) {
            SqlHop.attach(events, workload);
        }
    },
    FRESHET("Freshet, heap", "hashmap") {
        @Override
        void attach(DataStream<SelectedEvent> events, Workload workload, long number) {
            freshet(keyed(events, number), workload.view()).sinkTo(new DiscardingSink<>());
        }
    },
    COUNTER_ROCKSDB("one get and one put per event, RocksDB", "rocksdb") {
        @Override
        void attach(DataStream<SelectedEvent> events, Workload workload, long number) {
            count(events, number);
        }
    },
    FRESHET_COALESCING("Freshet, heap, coalesce: 50ms", "hashmap") {
        @Override
        void attach(DataStream<SelectedEvent> events, Workload workload, long number) {
            ViewText view = workload.view();
            freshet(keyed(CoalesceOperator.attach(events, view.plan(), Duration.ofMillis(50)), number), view)
                    .sinkTo(new DiscardingSink<>());
        }
    },
    FRESHET_ROCKSDB("Freshet, RocksDB", "rocksdb") {
        @Override
        void attach(DataStream<SelectedEvent> events, Workload workload, long number) {
            freshet(keyed(events, number), workload.view()).sinkTo(new DiscardingSink<>());
        }
    },
    FRESHET_ROCKSDB_SMALL_CACHE("Freshet, RocksDB, 10,000 entities in memory", "rocksdb") {
        @Override
        void attach(DataStream<SelectedEvent> events, Workload workload, long number) {
            freshet(keyed(events, number), workload.view(), CacheSize.of(SMALL_CACHE))
                    .sinkTo(new DiscardingSink<>());
        }
    };

    /** A tenth of the entities of the base case. */
    private static final int SMALL_CACHE = 10_000;

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

    /** How many events it is given: about as many as it takes in a few seconds. */
    long events(Options options) {
        return switch (this) {
            case COUNTER, FRESHET, FRESHET_COALESCING -> options.events();
            case FLINK_WINDOWS -> options.flinkEvents();
            case FLINK_SQL -> options.sqlEvents();
            case COUNTER_ROCKSDB, FRESHET_ROCKSDB, FRESHET_ROCKSDB_SMALL_CACHE -> options.rocksdbEvents();
        };
    }

    /**
     * Puts the operators and their sinks behind the stream.
     *
     * @param number number of events
     */
    abstract void attach(DataStream<SelectedEvent> events, Workload workload, long number);

    private static KeyedStream<SelectedEvent, String> keyed(DataStream<SelectedEvent> events, long number) {
        DataStream<SelectedEvent> arrived = events.keyBy(SelectedEvent::entity, Types.STRING)
                .map(new Arrival(number, events.getParallelism()))
                .returns(events.getType());
        return DataStreamUtils.reinterpretAsKeyedStream(arrived, SelectedEvent::entity, Types.STRING);
    }

    private static void count(DataStream<SelectedEvent> events, long number) {
        keyed(events, number).process(new EventCounter()).sinkTo(new DiscardingSink<>());
    }

    /** Freshet's window operator: the one place that names it. */
    private static DataStream<FeatureRow> freshet(KeyedStream<SelectedEvent, String> events, ViewText view) {
        return freshet(events, view, CacheSize.byMemory(1));
    }

    private static DataStream<FeatureRow> freshet(
            KeyedStream<SelectedEvent, String> events, ViewText view, CacheSize cache) {
        OutputTag<DeadLetter> late =
                new OutputTag<>("late", new SerializedType<>(DeadLetter.class, DeadLetterSerializer.INSTANCE));
        WindowSettings windows = new WindowSettings(view::plan, late, new AvailableAt.Live(), Long.MIN_VALUE, cache);
        return WindowOperator.attach(events, windows);
    }
}
