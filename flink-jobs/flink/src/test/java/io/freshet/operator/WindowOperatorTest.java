/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import static io.freshet.operator.TestViews.payment;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.DeadLetter;
import io.freshet.event.DeadLetterReason;
import io.freshet.event.SelectedEvent;
import io.freshet.row.FeatureRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowOperatorTest {

    private static final OutputTag<DeadLetter> LATE =
            new OutputTag<>("late", new SerializedType<>(DeadLetter.class, DeadLetterSerializer.INSTANCE));
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_000_000), ZoneOffset.UTC);

    private static KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> harness(
            PlanSource source, String backend, AvailableAt availableAt) throws Exception {
        WindowSettings settings = new WindowSettings(source, LATE, availableAt, Long.MIN_VALUE, CacheSize.byMemory(1));
        KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new WindowOperatorFactory(settings, CLOCK), SelectedEvent::entity, Types.STRING);
        StateBackend state = backend.equals("rocksdb") ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
        harness.setStateBackend(state);
        harness.setup(FeatureRowSerializer.of(source.plan()));
        return harness;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> opened(
            PlanSource source, String backend) throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> harness =
                harness(source, backend, new AvailableAt.Live());
        harness.open();
        return harness;
    }

    private static void pay(
            KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> harness,
            String card,
            long timeMillis,
            long amount)
            throws Exception {
        harness.processElement(payment(card, timeMillis, amount), timeMillis);
    }

    /** Entities of which something is kept. */
    private static long entities(KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> harness) {
        return ((WindowOperator) harness.getOperator()).entities();
    }

    /** Takes the rows since the last call, as {@code entity@as_of#seq=values}. */
    private static List<String> rows(
            KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> harness) {
        List<String> rows = harness.extractOutputValues().stream()
                .map(row -> row.entity() + "@" + row.asOfMillis() + "#" + row.seq() + "=" + row.value(0) + ","
                        + row.value(1) + "," + row.value(2) + "," + row.value(3))
                .toList();
        harness.getOutput().clear();
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "rocksdb"})
    void quietEntityFallsToZeroAndItsStateIsDropped(String backend) throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> harness =
                opened(TestViews::payments, backend)) {
            pay(harness, "a", 500, 7);
            assertThat(rows(harness)).containsExactly("a@500#1=1,7,7,2");
            harness.processWatermark(20_000);
            assertThat(rows(harness)).containsExactly("a@11000#2=0,null,7,0");
            assertThat(entities(harness)).isEqualTo(1);
            harness.processWatermark(61_000);
            assertThat(rows(harness)).containsExactly("a@61000#3=0,null,null,0");
            assertThat(entities(harness)).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "rocksdb"})
    void restoredTaskGoesOnAsIfNothingHadHappened(String backend) throws Exception {
        OperatorSubtaskState snapshot;
        try (KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> harness =
                opened(TestViews::payments, backend)) {
            pay(harness, "a", 500, 7);
            pay(harness, "b", 600, 1);
            snapshot = harness.snapshot(1, 1);
        }
        try (KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> harness =
                harness(TestViews::payments, backend, new AvailableAt.Live())) {
            harness.initializeState(snapshot);
            harness.open();
            pay(harness, "a", 2_000, 5);
            assertThat(rows(harness)).containsExactly("a@2000#2=2,12,12,4");
            harness.processWatermark(11_000);
            assertThat(rows(harness)).containsExactlyInAnyOrder("a@11000#3=1,5,12,2", "b@11000#2=0,null,1,0");
        }
    }

    @Test
    void entityHasOneTimerHoweverOftenItIsWritten() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> harness =
                opened(TestViews::payments, "rocksdb")) {
            for (int i = 0; i < 50; i++) {
                pay(harness, "a", 500 + 100 * i, 1);
                harness.snapshot(i, i);
            }
            assertThat(harness.numEventTimeTimers()).isEqualTo(1);
            harness.processWatermark(11_500);
            assertThat(harness.numEventTimeTimers()).isZero();
            harness.snapshot(50, 50);
            assertThat(harness.numEventTimeTimers()).isEqualTo(1);
        }
    }

    @Test
    void entityOnTheHeapNeedsNoTimer() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> harness =
                opened(TestViews::payments, "heap")) {
            pay(harness, "a", 500, 1);
            harness.snapshot(1, 1);
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void lateEventIsSetAsideWithItsBytes() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> harness =
                opened(TestViews::payments, "heap")) {
            harness.processWatermark(200_000);
            pay(harness, "a", 500, 7);
            assertThat(rows(harness)).isEmpty();
            DeadLetter letter = harness.getSideOutput(LATE).element().getValue();
            assertThat(letter.reason()).isEqualTo(DeadLetterReason.LATE);
            assertThat(letter.view()).isEqualTo("card_spend");
            assertThat(letter.topic()).isEqualTo("payments");
            assertThat(letter.offset()).isEqualTo(500);
            assertThat(letter.value()).containsExactly(1, 2, 3);
            assertThat(entities(harness)).isZero();
        }
    }

    @Test
    void heldEventsAreAppliedInOrderOfEventTime() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> harness =
                opened(TestViews::paymentsOnWatermark, "rocksdb")) {
            pay(harness, "a", 900, 2);
            pay(harness, "a", 500, 1);
            assertThat(rows(harness)).isEmpty();
            harness.processWatermark(1_000);
            assertThat(rows(harness)).containsExactly("a@500#1=1,1,1,2", "a@900#2=2,3,3,4");
        }
    }

    @Test
    void windowsStayWhereABoundedInputEnds() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> harness =
                opened(TestViews::paymentsOnWatermark, "heap")) {
            pay(harness, "a", 500, 7);
            pay(harness, "b", 12_000, 1);
            harness.processWatermark(Long.MAX_VALUE);
            assertThat(rows(harness))
                    .containsExactlyInAnyOrder("a@500#1=1,7,7,2", "a@11000#2=0,null,7,0", "b@12000#1=1,1,1,2");
        }
    }

    @Test
    void replayedRowIsAvailableAfterTheStatedDelay() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> harness =
                harness(TestViews::payments, "heap", new AvailableAt.Delayed(Duration.ofSeconds(3)))) {
            harness.open();
            pay(harness, "a", 500, 7);
            assertThat(harness.extractOutputValues().get(0).availableAtMillis()).isEqualTo(3_500);
        }
    }

    @Test
    void liveRowIsAvailableNow() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> harness =
                opened(TestViews::payments, "heap")) {
            pay(harness, "a", 500, 7);
            FeatureRow row = harness.extractOutputValues().get(0);
            assertThat(row.availableAtMillis()).isEqualTo(1_000_000);
            assertThat(row.ingestedAtMillis()).isEqualTo(505);
        }
    }
}
