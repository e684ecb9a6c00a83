/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import static io.freshet.operator.TestViews.payment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a snapshot holds is what was there when it was taken. */
class WindowSnapshotTest {

    private static final int CARDS = 50;
    private static final int CACHE = 10;

    private static void pay(WindowHarness task, long timeMillis, long amount) throws Exception {
        for (int i = 0; i < CARDS; i++) {
            task.event(payment("card" + i, timeMillis, amount));
        }
    }

    private static List<String> rowsAfter(String backend, OperatorSubtaskState snapshot) throws Exception {
        try (WindowHarness task = new WindowHarness(TestViews::payments, backend, CACHE, snapshot)) {
            pay(task, 2_000, 5);
            task.watermark(70_000);
            task.allMails();
            return task.taken().stream().sorted().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "rocksdb"})
    void laterChangesDoNotReachASnapshotThatIsStillToBeWritten(String backend) throws Exception {
        try (WindowHarness task = new WindowHarness(TestViews::payments, backend, CACHE, null)) {
            pay(task, 500, 7);
            List<String> expected = rowsAfter(backend, task.snapshot());
            OperatorSnapshotFutures begun = task.beginSnapshot();
            pay(task, 1_500, 100);
            pay(task, 1_600, 100);
            OperatorSnapshotFutures second = task.beginSnapshot();
            task.watermark(12_000);
            pay(task, 13_000, 1);
            task.watermark(90_000);
            task.allMails();
            assertThat(rowsAfter(backend, WindowHarness.write(begun))).isEqualTo(expected);
            List<String> afterSecond = rowsAfter(backend, WindowHarness.write(second));
            assertThat(afterSecond).contains("card0@2000#4=4,212,212,8");
        }
    }

    @ParameterizedTest
    @CsvSource({"heap, rocksdb", "rocksdb, heap"})
    void savepointMovesFromOneBackendToTheOther(String from, String to) throws Exception {
        try (WindowHarness task = new WindowHarness(TestViews::payments, from, CACHE, null)) {
            pay(task, 500, 7);
            List<String> expected = rowsAfter(from, task.snapshot());
            pay(task, 500, 0);
            OperatorSubtaskState savepoint = task.flink()
                    .snapshotWithLocalState(9, 9, SavepointType.savepoint(SavepointFormatType.CANONICAL))
                    .getJobManagerOwnedState();
            try (WindowHarness moved = new WindowHarness(TestViews::payments, to, CACHE, savepoint)) {
                moved.watermark(11_000);
                moved.allMails();
                assertThat(moved.taken()).hasSize(CARDS + 1).contains("card7@11000#3=0,null,7,0");
            }
            assertThat(rowsAfter(to, savepoint)).hasSameSizeAs(expected);
        }
    }

    @Test
    void changesAfterASnapshotAreInTheNextOne() throws Exception {
        try (WindowHarness task = new WindowHarness(TestViews::payments, "heap", CACHE, null)) {
            pay(task, 500, 7);
            OperatorSnapshotFutures begun = task.beginSnapshot();
            pay(task, 1_500, 100);
            WindowHarness.write(begun);
            pay(task, 1_600, 100);
            assertThat(rowsAfter("heap", task.snapshot())).contains("card0@2000#4=4,212,212,8");
        }
    }
}
