/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import static io.freshet.operator.TestViews.payment;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.SelectedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class CoalesceOperatorTest {

    private static final long INTERVAL = 50;

    private static OneInputStreamOperatorTestHarness<SelectedEvent, SelectedEvent> opened(int mostEvents)
            throws Exception {
        OneInputStreamOperatorTestHarness<SelectedEvent, SelectedEvent> task =
                new OneInputStreamOperatorTestHarness<>(new CoalesceOperator(INTERVAL, mostEvents));
        task.open();
        return task;
    }

    private static void pay(
            OneInputStreamOperatorTestHarness<SelectedEvent, SelectedEvent> task, String card, long timeMillis)
            throws Exception {
        task.processElement(payment(card, timeMillis, 1), timeMillis);
    }

    /** The events since the last call, as {@code card@time}, silent ones in brackets. */
    private static List<String> taken(OneInputStreamOperatorTestHarness<SelectedEvent, SelectedEvent> task) {
        List<String> taken = task.extractOutputValues().stream()
                .map(event -> event.silent()
                        ? "(" + event.entity() + "@" + event.timeMillis() + ")"
                        : event.entity() + "@" + event.timeMillis())
                .toList();
        task.getOutput().clear();
        return taken;
    }

    @Test
    void firstEventOfAnIntervalPassesAndTheRestFollowsAtItsEnd() throws Exception {
        try (OneInputStreamOperatorTestHarness<SelectedEvent, SelectedEvent> task = opened(100)) {
            pay(task, "hot", 10);
            pay(task, "cold", 11);
            pay(task, "hot", 13);
            pay(task, "hot", 12);
            pay(task, "hot", 14);
            assertThat(taken(task)).containsExactly("hot@10", "cold@11");
            task.setProcessingTime(INTERVAL);
            assertThat(taken(task)).containsExactly("(hot@12)", "(hot@13)", "hot@14");
            pay(task, "hot", 15);
            assertThat(taken(task)).containsExactly("hot@15");
        }
    }

    @Test
    void nothingIsHeldAcrossABarrierAWatermarkOrTheEnd() throws Exception {
        try (OneInputStreamOperatorTestHarness<SelectedEvent, SelectedEvent> task = opened(100)) {
            pay(task, "hot", 10);
            pay(task, "hot", 11);
            task.prepareSnapshotPreBarrier(1);
            assertThat(taken(task)).containsExactly("hot@10", "hot@11");
            pay(task, "hot", 12);
            pay(task, "hot", 13);
            task.processWatermark(13);
            assertThat(task.getOutput()).hasSize(3);
            assertThat(taken(task)).containsExactly("hot@12", "hot@13");
            pay(task, "hot", 14);
            pay(task, "hot", 15);
            task.endInput();
            task.getOperator().finish();
            assertThat(taken(task)).containsExactly("hot@14", "hot@15");
        }
    }

    @Test
    void noMoreIsHeldThanAllowed() throws Exception {
        try (OneInputStreamOperatorTestHarness<SelectedEvent, SelectedEvent> task = opened(4)) {
            for (int i = 0; i < 4; i++) {
                pay(task, "hot", i);
            }
            assertThat(taken(task)).containsExactly("hot@0", "(hot@1)", "(hot@2)", "hot@3");
        }
    }

    /** The last row of each card, then those that follow when its windows run empty. */
    private static Map<String, List<String>> rows(List<SelectedEvent> events) throws Exception {
        try (WindowHarness windows = new WindowHarness(TestViews::payments, "heap", 1, null)) {
            Map<String, List<String>> rows = new TreeMap<>();
            for (SelectedEvent event : events) {
                windows.event(event);
            }
            windows.taken().forEach(row -> rows.put(row.substring(0, row.indexOf('@')), new ArrayList<>(List.of(row))));
            windows.watermark(100_000);
            windows.allMails();
            for (String row : windows.taken()) {
                rows.getOrDefault(row.split("@", 2)[0], new ArrayList<>()).add(row);
            }
            return rows;
        }
    }

    @Test
    void valuesInTheEndAreThoseOfEventsOneByOne() throws Exception {
        Random random = new Random(3);
        List<SelectedEvent> events = new ArrayList<>();
        try (OneInputStreamOperatorTestHarness<SelectedEvent, SelectedEvent> task = opened(1_000)) {
            for (int i = 0; i < 2_000; i++) {
                SelectedEvent event = payment("card" + random.nextInt(5), i * 10L, random.nextInt(100));
                events.add(event);
                task.processElement(event, event.timeMillis());
                task.setProcessingTime(i);
            }
            task.prepareSnapshotPreBarrier(1);
            List<SelectedEvent> coalesced = task.extractOutputValues();
            assertThat(coalesced).hasSize(2_000);
            assertThat(coalesced.stream().filter(event -> !event.silent())).hasSizeLessThan(500);
            assertThat(rows(coalesced)).isEqualTo(rows(events)).hasSize(5);
        }
    }
}
