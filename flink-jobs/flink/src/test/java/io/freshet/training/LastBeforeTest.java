/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.row.RowHead;
import io.freshet.row.RowOrigin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LastBeforeTest {

    @Test
    void ofRowsInOrderOnlyTheLastBeforeEachQuestionGoesOn() {
        assertThat(through(times(10, 20), live(5), live(8), live(10), live(11), live(19), live(21)))
                .containsExactly(live(10), live(19));
        assertThat(through(times(10), live(10), backfilled(9), live(9)))
                .containsExactlyInAnyOrder(live(10), backfilled(9));
        assertThat(through(times(10, 20))).isEmpty();
    }

    /** Whatever the order in which rows come, the answers are the same with and without those left out. */
    @Test
    void noAnswerIsLeftOutWhateverTheOrder() {
        Random random = new Random(3);
        for (int round = 0; round < 300; round++) {
            int[] asked = random.ints(1 + random.nextInt(6), 0, 50).toArray();
            List<RowHead> rows = new ArrayList<>();
            for (int i = random.nextInt(20); i > 0; i--) {
                rows.add(new RowHead(
                        random.nextInt(50), random.nextInt(55), i, 1, RowOrigin.values()[random.nextInt(3)]));
            }
            Collections.shuffle(rows, random);

            List<RowHead> through = through(times(asked), rows.toArray(RowHead[]::new));

            assertThat(rows).containsAll(through);
            for (int time : asked) {
                for (boolean isBackfill : new boolean[] {true, false}) {
                    assertThat(last(through, time, isBackfill)).isEqualTo(last(rows, time, isBackfill));
                }
            }
        }
    }

    private static Optional<RowHead> last(List<RowHead> rows, int time, boolean isBackfill) {
        return rows.stream()
                .filter(row -> (row.origin() == RowOrigin.BACKFILL) == isBackfill && row.availableAtMillis() <= time)
                .max(RowHead::compareTo);
    }

    private static List<RowHead> through(WantedTimes wanted, RowHead... rows) {
        List<RowHead> through = new ArrayList<>();
        LastBefore<RowHead> filter = new LastBefore<>(Optional.of(wanted), (entity, head, row) -> through.add(row));
        for (RowHead row : rows) {
            filter.add("e", row, row);
            filter.add("nobody asks for this one", row, row);
        }
        filter.finish();
        return through;
    }

    private static WantedTimes times(int... millis) {
        WantedTimes wanted = new WantedTimes();
        for (int time : millis) {
            wanted.add("e", time);
        }
        wanted.sort();
        return wanted;
    }

    private static RowHead live(long availableAt) {
        return new RowHead(availableAt - 1, availableAt, availableAt, 1, RowOrigin.LIVE);
    }

    private static RowHead backfilled(long availableAt) {
        return new RowHead(availableAt - 1, availableAt, availableAt, 1, RowOrigin.BACKFILL);
    }
}
