/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.definition.Column;
import io.freshet.definition.Window;
import io.freshet.event.SelectedEvent;
import io.freshet.expression.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The judge itself, against numbers worked out by hand: window of 10 ms cut in hops of 5 ms. */
class OracleTest {

    private static final Window TEN = new Window("10ms", 10, 5);

    @Test
    void eventCountsFromItsMillisecondToTheEndOfItsTilePlusTheWindow() {
        Oracle oracle = oracle("count", ValueType.LONG, TEN);
        add(oracle, 7, 1L);
        add(oracle, -1, 1L);

        assertThat(oracle.answer(0, "k", 6).value()).isEqualTo(1L);
        assertThat(oracle.answer(0, "k", 7).value()).isEqualTo(2L);
        assertThat(oracle.answer(0, "k", 9).value()).isEqualTo(2L);
        assertThat(oracle.answer(0, "k", 10).value()).isEqualTo(1L);
        assertThat(oracle.answer(0, "k", 19).value()).isEqualTo(1L);
        assertThat(oracle.answer(0, "k", 20).value()).isEqualTo(0L);
        assertThat(oracle.answer(0, "other", 7).value()).isEqualTo(0L);
    }

    @Test
    void sumOfLongsIsExactAndNullWhereItDoesNotFit() {
        Oracle oracle = oracle("sum", ValueType.LONG, Window.LIFETIME);
        assertThat(oracle.answer(0, "k", 9).value()).isNull();
        add(oracle, 1, Long.MAX_VALUE);
        assertThat(oracle.answer(0, "k", 9).value()).isEqualTo(Long.MAX_VALUE);
        add(oracle, 2, 1L);
        assertThat(oracle.answer(0, "k", 9).value()).isNull();
        add(oracle, 3, -2L);
        assertThat(oracle.answer(0, "k", 9).value()).isEqualTo(Long.MAX_VALUE - 1);
    }

    @Test
    void sumOfDoublesThatCancelKeepsTheSmallOnes() {
        Oracle oracle = oracle("sum", ValueType.DOUBLE, Window.LIFETIME);
        add(oracle, 1, 1e16);
        add(oracle, 2, 0.1);
        add(oracle, 3, -1e16);

        Answer answer = oracle.answer(0, "k", 9);
        assertThat(answer.value()).isEqualTo(0.1);
        assertThat(answer.agreesWith(0.1)).isTrue();
        assertThat(answer.agreesWith(0.0)).isFalse();
        assertThat(answer.agreesWith(0.100000001)).isFalse();
        assertThat(answer.agreesWith(null)).isFalse();
    }

    @Test
    void variancesDivideByNOrOneLess() {
        double[] expected = {5.0 / 3, 1.25, Math.sqrt(5.0 / 3), Math.sqrt(1.25)};
        String[] functions = {"variance", "variance_pop", "stddev", "stddev_pop"};
        for (int i = 0; i < functions.length; i++) {
            Oracle oracle = oracle(functions[i], ValueType.LONG, Window.LIFETIME);
            add(oracle, 1, 1L);
            assertThat(oracle.answer(0, "k", 9).value()).isEqualTo(i % 2 == 0 ? null : 0.0);
            add(oracle, 2, 2L);
            add(oracle, 3, 3L);
            add(oracle, 4, 4L);
            assertThat(oracle.answer(0, "k", 9).agreesWith(expected[i])).isTrue();
            assertThat(oracle.answer(0, "k", 9).agreesWith(expected[i] * 1.000001))
                    .isFalse();
        }
    }

    @Test
    void firstAndLastGoByTimeThenPartitionThenOffset() {
        Oracle first = oracle("first", ValueType.STRING, Window.LIFETIME);
        Oracle last = oracle("last", ValueType.STRING, Window.LIFETIME);
        for (Oracle oracle : List.of(first, last)) {
            oracle.add(event(5, 1, 0, "c"));
            oracle.add(event(5, 0, 8, "b"));
            oracle.add(event(5, 0, 7, "a"));
            oracle.add(event(9, 0, 0, null));
        }
        assertThat(first.answer(0, "k", 9).value()).isEqualTo("a");
        assertThat(last.answer(0, "k", 9).value()).isEqualTo("c");
    }

    @Test
    void rowsAreDueAtEventsAndWhereTilesLeave() {
        RowMoments moments = new RowMoments(List.of(column("count", ValueType.LONG, TEN)));
        assertThat(moments.event(event(7, 0, 0, 1L), Long.MIN_VALUE)).containsExactly(new RowMoments.Moment(7, 1));
        assertThat(moments.event(event(22, 0, 1, 1L), Long.MIN_VALUE))
                .containsExactly(new RowMoments.Moment(20, 2), new RowMoments.Moment(22, 1));
        assertThat(moments.event(event(9, 0, 2, 1L), Long.MIN_VALUE)).isEmpty();
        assertThat(moments.watermark(35)).containsExactly(new RowMoments.Moment(35, 2));
        assertThat(moments.event(event(34, 0, 3, 1L), 40)).containsExactly(new RowMoments.Moment(41, 1));
    }

    private static Oracle oracle(String function, ValueType type, Window window) {
        return new Oracle(List.of(column(function, type, window)));
    }

    private static Column.Windowed column(String function, ValueType type, Window window) {
        Column.Aggregate aggregate = Column.Aggregate.of(function, 0, type, Column.Selection.ALL);
        return new Column.Windowed("c", aggregate.bound(window).type(), aggregate, window);
    }

    private static void add(Oracle oracle, long time, Object value) {
        oracle.add(event(time, 0, 0, value));
    }

    private static SelectedEvent event(long time, int partition, long offset, @Nullable Object value) {
        return new SelectedEvent("k", time, partition, offset, 0, 0, new Object[] {value}, null);
    }
}
