/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.DeadLetter;
import io.freshet.event.SelectedEvent;
import io.freshet.oracle.Oracle;
import io.freshet.row.FeatureRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowJobTest {

    private static final OutputTag<DeadLetter> LATE =
            new OutputTag<>("late", new SerializedType<>(DeadLetter.class, DeadLetterSerializer.INSTANCE));
    private static final int EVENTS = 2_000;

    /** Fewer than there are cards. */
    private static final int CACHE = 7;

    /** Payments of some cards over ten minutes, no two at the same time and none when a tile ends. */
    private static List<SelectedEvent> payments(int cards) {
        Random random = new Random(11);
        List<SelectedEvent> payments = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            payments.add(TestViews.payment("card" + random.nextInt(cards), i * 300L + 7, random.nextInt(100)));
        }
        return payments;
    }

    @ParameterizedTest
    @CsvSource({"hashmap, 50", "rocksdb, 50", "hashmap, 1500", "rocksdb, 1500"})
    void everyRowOfARunningJobAgreesWithTheOracle(String backend, int cards) throws Exception {
        List<SelectedEvent> payments = payments(cards);
        Oracle oracle = new Oracle(TestViews.payments().windowed());
        payments.forEach(oracle::add);
        Map<String, Long> lastSeq = new HashMap<>();
        int rows = 0;
        int withEvent = 0;
        try (CloseableIterator<FeatureRow> all = job(payments, backend).executeAndCollect("windows")) {
            while (all.hasNext()) {
                FeatureRow row = all.next();
                rows++;
                for (int column = 0; column < 3; column++) {
                    assertThat(oracle.answer(column, row.entity(), row.asOfMillis())
                                    .agreesWith(row.value(column)))
                            .as("column %d of %s as of %d", column, row.entity(), row.asOfMillis())
                            .isTrue();
                }
                long before = lastSeq.getOrDefault(row.entity(), 0L);
                // A card that was quiet for longer than its windows starts anew.
                assertThat(row.seq()).isIn(before + 1, 1L);
                lastSeq.put(row.entity(), row.seq());
                withEvent += row.ingestedAtMillis() == row.asOfMillis() + 5 ? 1 : 0;
            }
        }
        assertThat(withEvent).isEqualTo(EVENTS);
        assertThat(rows).isGreaterThan(EVENTS);
    }

    private static DataStream<FeatureRow> job(List<SelectedEvent> payments, String backend) {
        Configuration settings = new Configuration();
        settings.set(StateBackendOptions.STATE_BACKEND, backend);
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        environment.setParallelism(2);
        environment.enableCheckpointing(100);
        KeyedStream<SelectedEvent, String> keyed = environment
                .fromData(
                        payments,
                        new SerializedType<>(SelectedEvent.class, SelectedEventSerializer.of(TestViews.payments())))
                .setParallelism(1)
                .assignTimestampsAndWatermarks(WatermarkStrategy.<SelectedEvent>forBoundedOutOfOrderness(Duration.ZERO)
                        .withTimestampAssigner((event, ignored) -> event.timeMillis()))
                .setParallelism(1)
                .keyBy(SelectedEvent::entity, Types.STRING);
        return WindowOperator.attach(
                keyed,
                new WindowSettings(
                        TestViews::payments, LATE, new AvailableAt.Live(), Long.MIN_VALUE, CacheSize.of(CACHE)));
    }
}
