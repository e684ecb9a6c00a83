/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import static io.freshet.operator.TestViews.payment;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.DeadLetter;
import io.freshet.event.SelectedEvent;
import io.freshet.row.FeatureRow;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowRestoreTest {

    private static final OutputTag<DeadLetter> LATE =
            new OutputTag<>("late", new SerializedType<>(DeadLetter.class, DeadLetterSerializer.INSTANCE));
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_000_000), ZoneOffset.UTC);
    private static final int MAX_PARALLELISM = 8;
    private static final List<String> CARDS =
            IntStream.range(0, 20).mapToObj(i -> "card" + i).toList();

    private static KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> harness(
            String backend, long completeSinceMillis, int tasks, int task) throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new WindowOperatorFactory(
                                new WindowSettings(
                                        TestViews::payments,
                                        LATE,
                                        new AvailableAt.Live(),
                                        completeSinceMillis,
                                        CacheSize.of(3)),
                                CLOCK),
                        SelectedEvent::entity,
                        Types.STRING,
                        MAX_PARALLELISM,
                        tasks,
                        task);
        harness.setStateBackend(
                backend.equals("rocksdb") ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend());
        harness.setup(FeatureRowSerializer.of(TestViews.payments()));
        return harness;
    }

    private static OperatorSubtaskState snapshotOfAllCards(String backend, long completeSinceMillis) throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> harness =
                harness(backend, completeSinceMillis, 1, 0)) {
            harness.open();
            for (String card : CARDS) {
                harness.processElement(payment(card, 500, 7), 500);
            }
            return harness.snapshot(1, 1);
        }
    }

    /** The rows that two tasks emit at that watermark after they shared out the state of one. */
    private static List<List<FeatureRow>> rowsOfTwoTasks(
            String backend, OperatorSubtaskState snapshot, long completeSinceMillis) throws Exception {
        List<List<FeatureRow>> rows = new ArrayList<>();
        for (int task = 0; task < 2; task++) {
            try (KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> harness =
                    harness(backend, completeSinceMillis, 2, task)) {
                harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        snapshot, MAX_PARALLELISM, 1, 2, task));
                harness.open();
                harness.processWatermark(11_000);
                rows.add(harness.extractOutputValues());
            }
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "rocksdb"})
    void entitiesAndTheirTimersAreSharedOutAmongMoreTasks(String backend) throws Exception {
        List<List<FeatureRow>> rows =
                rowsOfTwoTasks(backend, snapshotOfAllCards(backend, Long.MIN_VALUE), Long.MIN_VALUE);
        assertThat(rows).noneMatch(List::isEmpty);
        List<FeatureRow> all = rows.stream().flatMap(List::stream).toList();
        assertThat(all).extracting(FeatureRow::entity).containsExactlyInAnyOrderElementsOf(CARDS);
        assertThat(all).allSatisfy(row -> {
            assertThat(row.asOfMillis()).isEqualTo(11_000);
            assertThat(row.seq()).isEqualTo(2);
            assertThat(row.value(0)).isEqualTo(0L);
            assertThat(row.value(2)).isEqualTo(7L);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "rocksdb"})
    void entitiesAndTheirTimersOfTwoTasksComeTogetherInOne(String backend) throws Exception {
        OperatorSubtaskState[] ofTwo = new OperatorSubtaskState[2];
        OperatorSubtaskState first = snapshotOfAllCards(backend, 300);
        for (int task = 0; task < 2; task++) {
            try (KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> harness =
                    harness(backend, 300, 2, task)) {
                harness.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(first, MAX_PARALLELISM, 1, 2, task));
                harness.open();
                ofTwo[task] = harness.snapshot(2, 2);
            }
        }
        try (KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> one =
                harness(backend, 9_999_999, 1, 0)) {
            one.initializeState(AbstractStreamOperatorTestHarness.repackageState(ofTwo));
            one.open();
            one.processWatermark(11_000);
            List<FeatureRow> rows = one.extractOutputValues();
            assertThat(rows).extracting(FeatureRow::entity).containsExactlyInAnyOrderElementsOf(CARDS);
            assertThat(rows).allSatisfy(row -> {
                assertThat(row.seq()).isEqualTo(2);
                assertThat(row.value(2)).isEqualTo(7L);
                assertThat(row.completeSinceMillis()).isEqualTo(300);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "rocksdb"})
    void windowsThatStayedWhereTheInputEndedGoOnInAJobThatFollows(String backend) throws Exception {
        OperatorSubtaskState snapshot;
        try (KeyedOneInputStreamOperatorTestHarness<String, SelectedEvent, FeatureRow> harness =
                harness(backend, 300, 1, 0)) {
            harness.open();
            for (String card : CARDS) {
                harness.processElement(payment(card, 500, 7), 500);
            }
            harness.processWatermark(Long.MAX_VALUE);
            snapshot = harness.snapshot(1, 1);
        }
        assertThat(rowsOfTwoTasks(backend, snapshot, 300).stream().flatMap(List::stream))
                .extracting(FeatureRow::entity)
                .containsExactlyInAnyOrderElementsOf(CARDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "rocksdb"})
    void restoredTasksKeepSinceWhenTheFirstJobSawAllEvents(String backend) throws Exception {
        List<List<FeatureRow>> rows = rowsOfTwoTasks(backend, snapshotOfAllCards(backend, 300), 9_999_999);
        assertThat(rows)
                .noneMatch(List::isEmpty)
                .allSatisfy(ofTask -> assertThat(ofTask)
                        .extracting(FeatureRow::completeSinceMillis)
                        .containsOnly(300L));
    }
}
