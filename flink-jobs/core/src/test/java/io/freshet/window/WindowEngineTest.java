/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.definition.Column;
import io.freshet.definition.Emit;
import io.freshet.definition.Window;
import io.freshet.event.SelectedEvent;
import io.freshet.expression.ValueType;
import io.freshet.metrics.ViewMetrics;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the engine does at each border, in small numbers: window of 10 ms cut in hops of 5 ms, count and sum. */
class WindowEngineTest {

    private static final Window TEN = new Window("10ms", 10, 5);

    private final Rows rows = new Rows();

    @Test
    void eventCountsInItsMillisecondAndIsGoneAtTheEndOfItsTilePlusTheWindow() {
        WindowEngine engine = engine(Emit.ON_EVENT, TEN);
        EntityState state = engine.newState();

        assertThat(engine.accept(state, event(7, 3), Long.MIN_VALUE, rows)).isTrue();
        assertThat(engine.nextDueMillis(state)).isEqualTo(20);
        engine.advance(state, 19, rows);
        assertThat(engine.isSpent(state)).isFalse();
        engine.advance(state, 20, rows);

        assertThat(rows.take()).containsExactly("7#1=[1, 3]", "20#2=[0, null]");
        assertThat(engine.isSpent(state)).isTrue();
        assertThat(engine.nextDueMillis(state)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void expiriesDueAtOrBeforeAnEventComeFirstEachWithARow() {
        WindowEngine engine = engine(Emit.ON_EVENT, TEN);
        EntityState state = engine.newState();
        accept(engine, state, 1, Long.MIN_VALUE);
        accept(engine, state, 6, Long.MIN_VALUE);
        accept(engine, state, 20, Long.MIN_VALUE);

        assertThat(rows.take())
                .containsExactly("1#1=[1, 1]", "6#2=[2, 7]", "15#3=[1, 6]", "20#4=[0, null]", "20#5=[1, 20]");
    }

    @Test
    void eventBehindTheClockCountsWhereAWindowStillCoversItAndNeverMovesTheClockBack() {
        WindowEngine engine = engine(Emit.ON_EVENT, TEN);
        EntityState state = engine.newState();
        accept(engine, state, 14, Long.MIN_VALUE);
        accept(engine, state, 0, Long.MIN_VALUE);
        engine.advance(state, 15, rows);

        assertThat(rows.take()).containsExactly("14#1=[1, 14]", "14#2=[2, 14]", "15#3=[1, 14]");
    }

    @Test
    void eventThatNoWindowCoversIsLateAndChangesNothing() {
        WindowEngine engine = engine(Emit.ON_EVENT, TEN);
        EntityState state = engine.newState();
        accept(engine, state, 15, Long.MIN_VALUE);
        rows.take();

        assertThat(engine.accept(state, event(4, 4), Long.MIN_VALUE, rows)).isFalse();
        assertThat(rows.take()).isEmpty();
        accept(engine, state, 16, Long.MIN_VALUE);
        assertThat(rows.take()).containsExactly("16#2=[2, 31]");
    }

    @Test
    void newStateStartsBehindTheWatermarkSoThatItsRowsFollowThoseOfADroppedOne() {
        WindowEngine engine = engine(Emit.ON_EVENT, TEN);
        accept(engine, engine.newState(), 95, 100);
        assertThat(engine.accept(engine.newState(), event(85, 1), 100, rows)).isFalse();

        assertThat(rows.take()).containsExactly("101#1=[1, 95]");
    }

    @Test
    void spentStateThatIsKeptStartsAgainLikeANewOne() {
        WindowEngine engine = engine(Emit.ON_EVENT, TEN);
        EntityState kept = engine.newState();
        accept(engine, kept, 1, Long.MIN_VALUE);
        engine.advance(kept, 15, rows);
        rows.take();

        accept(engine, kept, 14, 15);
        accept(engine, engine.newState(), 14, 15);

        assertThat(rows.take()).containsExactly("16#1=[1, 14]", "16#1=[1, 14]");
    }

    @Test
    void onWatermarkHoldsEventsAndAppliesThemInOrderOfTime() {
        WindowEngine engine = engine(Emit.ON_WATERMARK, TEN);
        EntityState state = engine.newState();
        accept(engine, state, 15, Long.MIN_VALUE);
        accept(engine, state, 1, Long.MIN_VALUE);
        assertThat(rows.take()).isEmpty();
        assertThat(engine.nextDueMillis(state)).isEqualTo(1);
        engine.advance(state, 15, rows);

        assertThat(rows.take()).containsExactly("1#1=[1, 1]", "15#2=[0, null]", "15#3=[1, 15]");
    }

    @Test
    void onWatermarkAppliesAnEventThatTheWatermarkHasReachedAtOnceBehindAllThatWasHeld() {
        WindowEngine engine = engine(Emit.ON_WATERMARK, TEN);
        EntityState state = engine.newState();
        accept(engine, state, 8, Long.MIN_VALUE);
        accept(engine, state, 9, 9);

        assertThat(rows.take()).containsExactly("8#1=[1, 8]", "9#2=[2, 17]");
        accept(engine, state, 7, 9);
        assertThat(rows.take()).containsExactly("9#3=[3, 24]");
        engine.advance(state, 100, rows);
        assertThat(engine.accept(state, event(80, 1), 100, rows)).isFalse();
    }

    @Test
    void heldEventsOfOneMomentAreAppliedByPartitionThenOffset() {
        WindowEngine engine = engine(Emit.ON_WATERMARK, TEN);
        EntityState state = engine.newState();
        for (int[] at : new int[][] {{1, 0, 1000}, {0, 8, 100}, {0, 7, 10}}) {
            Object[] inputs = {(long) at[2]};
            SelectedEvent event = new SelectedEvent("k", 5, at[0], at[1], 0, 0, inputs, null);
            assertThat(engine.accept(state, event, 4, rows)).isTrue();
        }
        engine.advance(state, 5, rows);

        assertThat(rows.take()).containsExactly("5#1=[1, 10]", "5#2=[2, 110]", "5#3=[3, 1110]");
    }

    @Test
    void lateAndOutOfOrderEventsAndOverflowsAreCounted() {
        Counts counts = new Counts();
        WindowEngine engine = engine(Emit.ON_EVENT, TEN, counts);
        EntityState state = engine.newState();
        engine.accept(state, event(15, Long.MAX_VALUE), Long.MIN_VALUE, rows);
        engine.accept(state, event(15, 0), Long.MIN_VALUE, rows);
        assertThat(counts).hasToString("late 0, out of order 0, overflows 0");
        engine.accept(state, event(14, 1), Long.MIN_VALUE, rows);
        assertThat(counts).hasToString("late 0, out of order 1, overflows 1");
        engine.accept(state, event(4, 1), Long.MIN_VALUE, rows);

        assertThat(counts).hasToString("late 1, out of order 1, overflows 1");
        assertThat(rows.take()).last().isEqualTo("15#3=[3, null]");
    }

    @Test
    void lifetimeNeverExpiresAndIsNeverLate() {
        WindowEngine engine = engine(Emit.ON_EVENT, Window.LIFETIME);
        EntityState state = engine.newState();
        accept(engine, state, 5, Long.MIN_VALUE);
        engine.advance(state, Long.MAX_VALUE, rows);
        accept(engine, state, Long.MIN_VALUE, Long.MAX_VALUE);

        assertThat(engine.isSpent(state)).isFalse();
        assertThat(rows.take()).containsExactly("5#1=[1, 5]", "5#2=[2, " + (Long.MIN_VALUE + 5) + "]");
    }

    private void accept(WindowEngine engine, EntityState state, long time, long watermark) {
        assertThat(engine.accept(state, event(time, time), watermark, rows)).isTrue();
    }

    private static SelectedEvent event(long time, long value) {
        return new SelectedEvent("k", time, 0, 0, 0, 0, new Object[] {value}, null);
    }

    private static WindowEngine engine(Emit emit, Window window) {
        return engine(emit, window, ViewMetrics.NONE);
    }

    private static WindowEngine engine(Emit emit, Window window, ViewMetrics metrics) {
        Column.Aggregate count = Column.Aggregate.ofEvents("count", Column.Selection.ALL);
        Column.Aggregate sum = Column.Aggregate.of("sum", 0, ValueType.LONG, Column.Selection.ALL);
        return new WindowEngine(
                List.of(
                        new Column.Windowed("n", ValueType.LONG, count, window),
                        new Column.Windowed("sum", ValueType.LONG, sum, window)),
                emit,
                metrics);
    }
}
