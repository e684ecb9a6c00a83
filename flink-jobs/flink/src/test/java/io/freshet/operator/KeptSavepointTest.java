/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.freshet.definition.ViewPlan;
import io.freshet.event.SelectedEvent;
import io.freshet.operator.SpendViews.Spend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Savepoints that were taken by earlier forms of the state. They lie beside this test and are never written again: a
 * change of the stored form adds a new one, made with {@code -Dfreshet.generate.savepoint=<number>}.
 */
class KeptSavepointTest {

    private static final Path FOLDER = Path.of("src/test/resources/io/freshet/operator");
    private static final int BEFORE = 400;
    private static final int AFTER = 200;
    private static final int CACHE = 4;

    /** Holds some events back, so that a savepoint has held ones. */
    private static ViewPlan plan(boolean onWatermark) {
        return SpendViews.plan(SpendViews.ALL, onWatermark ? "emit: on_watermark" : "emit: on_event");
    }

    private static String name(int form, boolean onWatermark) {
        return "state-" + form + (onWatermark ? "-on-watermark" : "-on-event") + ".savepoint";
    }

    /** A task that was restored knows no watermark: here both are told again. */
    private static void goOn(WindowHarness task, ViewPlan plan, SpendViews.Stream stream) throws Exception {
        task.watermark(stream.nowMillis() - 3_000);
        feed(task, plan, stream, AFTER);
    }

    private static void feed(WindowHarness task, ViewPlan plan, SpendViews.Stream stream, int events) throws Exception {
        for (int i = 0; i < events; i++) {
            Spend spend = stream.next();
            SelectedEvent event = spend.selected(plan);
            task.event(event);
            if (i % 20 == 19) {
                task.watermark(stream.nowMillis() - 3_000);
                task.allMails();
            }
        }
    }

    /** A savepoint that every backend can read. */
    static OperatorSubtaskState savepoint(WindowHarness task) throws Exception {
        return task.flink()
                .snapshotWithLocalState(9, 9, SavepointType.savepoint(SavepointFormatType.CANONICAL))
                .getJobManagerOwnedState();
    }

    /** Rows of a task that was never stopped. */
    private static List<String> unbroken(boolean onWatermark, String backend) throws Exception {
        ViewPlan plan = plan(onWatermark);
        try (WindowHarness task = new WindowHarness(() -> plan(onWatermark), backend, CACHE, null)) {
            SpendViews.Stream stream = new SpendViews.Stream(7, 1_700_000_000_000L);
            feed(task, plan, stream, BEFORE);
            task.taken();
            goOn(task, plan, stream);
            return sorted(task);
        }
    }

    private static List<String> sorted(WindowHarness task) {
        List<String> rows = new ArrayList<>(task.allRows());
        rows.sort(null);
        return rows;
    }

    @ParameterizedTest
    @CsvSource({
        "1, heap, false",
        "1, rocksdb, false",
        "1, heap, true",
        "1, rocksdb, true",
        "2, heap, false",
        "2, rocksdb, true"
    })
    void aSavepointOfAnEarlierFormGoesOnToTheBit(int form, String backend, boolean onWatermark) throws Exception {
        ViewPlan plan = plan(onWatermark);
        OperatorSubtaskState kept = OperatorSnapshotUtil.readStateHandle(
                FOLDER.resolve(name(form, onWatermark)).toString());
        SpendViews.Stream stream = new SpendViews.Stream(7, 1_700_000_000_000L);
        for (int i = 0; i < BEFORE; i++) {
            stream.next();
        }
        try (WindowHarness task = new WindowHarness(() -> plan(onWatermark), backend, CACHE, kept)) {
            goOn(task, plan, stream);
            assertThat(sorted(task)).hasSizeGreaterThan(AFTER).isEqualTo(unbroken(onWatermark, backend));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"heap", "rocksdb"})
    void theFirstFormDoesNotSayWhatItsColumnsMeanAndIsNotChanged(String backend) throws Exception {
        OperatorSubtaskState kept = OperatorSnapshotUtil.readStateHandle(
                FOLDER.resolve(name(1, false)).toString());
        String features = SpendViews.ALL.lines().skip(1).collect(Collectors.joining("\n"));
        assertThatThrownBy(() -> new WindowHarness(() -> SpendViews.plan(features), backend, CACHE, kept).close())
                .hasStackTraceContaining("Cannot restore the state of the view")
                .hasStackTraceContaining("Put the definition back and upgrade once so");
    }

    @Test
    void writeOne() throws Exception {
        String form = System.getProperty("freshet.generate.savepoint", "");
        assumeThat(form).as("form to write, given by a property").isNotEmpty();
        for (boolean onWatermark : new boolean[] {false, true}) {
            ViewPlan plan = plan(onWatermark);
            try (WindowHarness task = new WindowHarness(() -> plan(onWatermark), "rocksdb", CACHE, null)) {
                feed(task, plan, new SpendViews.Stream(7, 1_700_000_000_000L), BEFORE);
                Path file = FOLDER.resolve(name(Integer.parseInt(form), onWatermark));
                Files.createDirectories(FOLDER);
                OperatorSnapshotUtil.writeStateHandle(savepoint(task), file.toString());
            }
        }
    }
}
