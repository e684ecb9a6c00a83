/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import static io.freshet.operator.TestViews.payment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A watermark that makes very many entities due at once. */
class WindowSlicesTest {

    private static final int CARDS = 10_000;
    private static final int CACHE = 100;

    /** All cards paid once; their ten seconds end at 11,000. */
    private static WindowHarness paid(String backend) throws Exception {
        WindowHarness task = new WindowHarness(TestViews::payments, backend, CACHE, null);
        for (int i = 0; i < CARDS; i++) {
            task.event(payment("card" + i, 500, 7));
        }
        task.taken();
        return task;
    }

    private static List<String> allExpired() {
        return IntStream.range(0, CARDS)
                .mapToObj(i -> "card" + i + "@11000#2=0,null,7,0")
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "rocksdb"})
    void eventsHaveTheirTurnBeforeAllHaveExpired(String backend) throws Exception {
        try (WindowHarness task = paid(backend)) {
            task.watermark(11_000);
            task.event(payment("new", 12_000, 1));
            List<String> first = task.taken();
            assertThat(first).hasSizeBetween(2, 100).last().isEqualTo("new@12000#1=1,1,1,2");
            task.allMails();
            List<String> rest = task.taken();
            assertThat(rest).last().isEqualTo("W 11000");
            List<String> expired = new ArrayList<>(first);
            expired.addAll(rest);
            expired.removeAll(List.of("new@12000#1=1,1,1,2", "W 11000"));
            assertThat(expired).containsExactlyInAnyOrderElementsOf(allExpired());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "rocksdb"})
    void anEntityWhoseTurnHasNotComeExpiresBeforeItsNextEvent(String backend) throws Exception {
        try (WindowHarness task = paid(backend)) {
            task.watermark(11_000);
            List<String> first = task.taken();
            String waiting = allExpired().stream()
                    .filter(row -> !first.contains(row))
                    .findFirst()
                    .orElseThrow();
            String card = waiting.substring(0, waiting.indexOf('@'));
            task.event(payment(card, 10_999, 1)); // behind the watermark
            assertThat(task.taken()).containsExactly(waiting, card + "@11000#3=1,1,8,2");
            task.allMails();
            assertThat(task.taken()).noneMatch(row -> row.startsWith(card + "@"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "rocksdb"})
    void taskRestoredInTheMiddleEmitsTheRestAtItsNextWatermark(String backend) throws Exception {
        List<String> rows = new ArrayList<>();
        OperatorSubtaskState snapshot;
        try (WindowHarness task = paid(backend)) {
            task.watermark(11_000);
            task.mail();
            snapshot = task.snapshot();
            rows.addAll(task.taken());
            assertThat(rows).hasSizeLessThan(200).doesNotContain("W 11000");
        }
        try (WindowHarness task = new WindowHarness(TestViews::payments, backend, CACHE, snapshot)) {
            task.watermark(11_000);
            task.allMails();
            rows.addAll(task.taken());
        }
        assertThat(rows).last().isEqualTo("W 11000");
        rows.remove("W 11000");
        assertThat(rows).containsExactlyInAnyOrderElementsOf(allExpired());
    }

    @Test
    void aLaterWatermarkTakesThePlaceOfTheOneThatWaits() throws Exception {
        try (WindowHarness task = paid("heap")) {
            task.watermark(11_000);
            task.watermark(61_000);
            task.allMails();
            assertThat(task.taken())
                    .hasSize(2 * CARDS + 1)
                    .doesNotContain("W 11000")
                    .last()
                    .isEqualTo("W 61000");
            assertThat(((WindowOperator) task.flink().getOperator()).entities()).isZero();
        }
    }

    @Test
    void slicesGrowWhenTheWatermarkHasWaitedTooLong() throws Exception {
        try (WindowHarness task = paid("heap")) {
            task.watermark(11_000);
            task.taken();
            task.mail();
            assertThat(task.taken()).hasSize(64);
            task.flink().setProcessingTime(task.flink().getProcessingTime() + 201);
            task.mail();
            assertThat(task.taken()).hasSize(4_096);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "rocksdb"})
    void nothingWaitsAtTheEndOfTheInput(String backend) throws Exception {
        try (WindowHarness task = paid(backend)) {
            task.watermark(11_000);
            task.watermark(Long.MAX_VALUE);
            assertThat(task.taken())
                    .hasSize(CARDS + 2)
                    .endsWith("W 11000", "W " + Long.MAX_VALUE)
                    .containsAll(allExpired());
            task.allMails();
            assertThat(task.taken()).isEmpty();
        }
    }

    @Test
    void theWatermarkIsPassedOnBeforeTheInputFallsIdle() throws Exception {
        try (WindowHarness task = paid("heap")) {
            task.watermark(11_000);
            task.flink().processWatermarkStatus(WatermarkStatus.IDLE);
            assertThat(task.flink().getOutput()).last().isEqualTo(WatermarkStatus.IDLE);
            assertThat(task.taken()).hasSize(CARDS + 1).last().isEqualTo("W 11000");
        }
    }

    @Test
    void aTaskThatIsEndingEmitsNothingMore() throws Exception {
        try (WindowHarness task = paid("heap")) {
            task.watermark(11_000);
            task.taken();
            task.flink().getTaskMailbox().quiesce();
            task.allMails();
            assertThat(task.taken()).isEmpty();
        }
    }
}
