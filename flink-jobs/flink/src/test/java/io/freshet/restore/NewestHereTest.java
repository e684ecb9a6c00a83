/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.history.LoggedRow;
import io.freshet.row.RowHead;
import io.freshet.row.RowOrigin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class NewestHereTest {

    private static final int VERSION = 2;
    private static final long ROOM = 1 << 20;

    @Test
    void ofEachEntityTheNewestGoesOnWithTheTimeItWasWritten() throws Exception {
        List<StreamRecord<LoggedRow>> out = run(
                ROOM,
                List.of(
                        row("a", 10, 1, VERSION, RowOrigin.LIVE, 100),
                        row("b", 10, 1, VERSION, RowOrigin.LIVE, 101),
                        row("a", 10, 2, VERSION, RowOrigin.LIVE, 102),
                        row("a", 9, 9, VERSION, RowOrigin.BATCH, 103)));
        assertThat(out)
                .extracting(each ->
                        each.getValue().entity() + " " + each.getValue().head().seq() + " " + each.getTimestamp())
                .containsExactlyInAnyOrder("a 2 102", "b 1 101");
    }

    @Test
    void rowsThatNobodyCouldHaveReadAndThoseOfOtherVersionsDoNot() throws Exception {
        List<StreamRecord<LoggedRow>> out = run(
                ROOM,
                List.of(
                        row("a", 10, 1, VERSION, RowOrigin.LIVE, 100),
                        row("a", 99, 1, VERSION, RowOrigin.BACKFILL, 100),
                        row("a", 99, 1, VERSION - 1, RowOrigin.LIVE, 100),
                        row("c", 99, 1, VERSION + 1, RowOrigin.LIVE, 100)));
        assertThat(out).extracting(each -> each.getValue().head().asOfMillis()).containsExactly(10L);
    }

    @Test
    void withoutMemoryForAllTheNewestOfEachIsStillAmongWhatGoesOn() throws Exception {
        Random random = new Random(5);
        List<StreamRecord<LoggedRow>> rows = new ArrayList<>();
        Map<String, Long> newest = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            String entity = "e" + random.nextInt(200);
            long asOf = random.nextInt(100_000);
            rows.add(row(entity, asOf, i, VERSION, RowOrigin.LIVE, i));
            newest.merge(entity, asOf, Math::max);
        }
        Map<String, Long> found = new HashMap<>();
        List<StreamRecord<LoggedRow>> out = run(5_000, rows);
        out.forEach(each ->
                found.merge(each.getValue().entity(), each.getValue().head().asOfMillis(), Math::max));
        assertThat(found).isEqualTo(newest);
        assertThat(out.size()).isGreaterThan(newest.size()).isLessThan(rows.size());
    }

    private static StreamRecord<LoggedRow> row(
            String entity, long asOf, long seq, int version, RowOrigin origin, long writtenMillis) {
        RowHead head = new RowHead(asOf, asOf + 1, seq, version, origin);
        return new StreamRecord<>(new LoggedRow(0, entity, head, new byte[20]), writtenMillis);
    }

    private static List<StreamRecord<LoggedRow>> run(long memoryBytes, List<StreamRecord<LoggedRow>> rows)
            throws Exception {
        try (OneInputStreamOperatorTestHarness<LoggedRow, LoggedRow> flink =
                new OneInputStreamOperatorTestHarness<>(new NewestHere(VERSION, memoryBytes))) {
            flink.open();
            for (StreamRecord<LoggedRow> row : rows) {
                flink.processElement(row);
            }
            flink.endInput();
            return new ArrayList<>(flink.getRecordOutput());
        }
    }
}
