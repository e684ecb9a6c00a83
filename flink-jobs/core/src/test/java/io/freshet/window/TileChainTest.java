/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.definition.Column;
import io.freshet.definition.Emit;
import io.freshet.definition.Window;
import io.freshet.event.SelectedEvent;
import io.freshet.expression.ValueType;
import io.freshet.metrics.ViewMetrics;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What windows share, and what that costs. */
class TileChainTest {

    private static final long SECOND = 1_000;
    private static final long DAY = 86_400 * SECOND;
    private static final Window MINUTE = new Window("1m", 60 * SECOND, SECOND);
    private static final Window HOUR = new Window("1h", 3_600 * SECOND, 60 * SECOND);
    private static final Window QUARTER = new Window("90d", 90 * DAY, DAY);

    @Test
    void ninetyDaysBesideAMinuteKeepSecondsForAMinuteOnly() {
        WindowEngine engine = engine(MINUTE, HOUR, QUARTER);
        EntityState state = engine.newState();
        for (long time = 0; time < 200 * DAY; time += 7 * SECOND) {
            engine.accept(state, event(time), Long.MIN_VALUE, new Rows());
        }
        assertThat(state.rings).hasSize(1);
        // 9 of a second, 59 of a minute, 91 of a day, and those that are about to change hands.
        assertThat(state.rings[0].size()).isBetween(150, 170);
    }

    @Test
    void windowsWhoseHopsDoNotNestHaveChainsOfTheirOwn() {
        Window sixMinutes = new Window("6m", 360 * SECOND, 4 * SECOND);
        Window tenMinutes = new Window("10m", 600 * SECOND, 6 * SECOND);
        assertThat(engine(MINUTE, sixMinutes, tenMinutes).newState().rings).hasSize(2);
        assertThat(engine(new Window("1h", HOUR.lengthMillis(), 1), MINUTE).newState().rings)
                .hasSize(2);
        assertThat(engine(new Window("1m", MINUTE.lengthMillis(), 1), HOUR, Window.LIFETIME)
                        .newState()
                        .rings)
                .hasSize(1);
    }

    @Test
    void aWindowAndTheOneBeforeItAreTogetherOneOfBothLengths() {
        Window before = new Window("1h_offset_1h", HOUR.lengthMillis(), HOUR.hopMillis(), HOUR.lengthMillis(), 1);
        Window both = new Window("2h", 2 * HOUR.lengthMillis(), HOUR.hopMillis());
        WindowEngine engine = engine(HOUR, before, both);
        EntityState state = engine.newState();
        Rows rows = new Rows();
        java.util.Random random = new java.util.Random(5);
        for (long time = 0; time < DAY; time += 1 + random.nextLong(600 * SECOND)) {
            engine.accept(state, event(time), Long.MIN_VALUE, rows);
        }
        engine.advance(state, Long.MAX_VALUE - 1, rows);
        assertThat(rows.all).hasSizeGreaterThan(500).allSatisfy(row -> {
            long now = (Long) row.values().get(0);
            long earlier = (Long) row.values().get(1);
            assertThat(row.values().get(2)).isEqualTo(now + earlier);
        });
        assertThat(rows.all).anyMatch(row -> row.values().equals(List.of(0L, 1L, 1L)));
        assertThat(engine.isSpent(state)).isTrue();
    }

    @Test
    void aSeriesListsItsWindowsFromTheOldestOn() {
        WindowEngine engine = engine(new Window("3x1m", 60 * SECOND, 60 * SECOND, 0, 3));
        EntityState state = engine.newState();
        Rows rows = new Rows();
        engine.accept(state, event(0), Long.MIN_VALUE, rows);
        engine.accept(state, event(90 * SECOND), Long.MIN_VALUE, rows);
        engine.advance(state, 240 * SECOND, rows);
        // A tile of a minute stays for the rest of its minute and one more: [floor(t - 1m), t].
        assertThat(rows.take())
                .containsExactly(
                        "0#1=[[0, 0, 1]]",
                        "90000#2=[[0, 0, 2]]",
                        "120000#3=[[0, 1, 1]]",
                        "180000#4=[[1, 1, 0]]",
                        "240000#5=[[1, 0, 0]]");
    }

    @Test
    void aStateOfFourWindowsTakesFewBytes() throws IOException {
        List<Column.Windowed> columns = List.of("count", "sum", "min", "max").stream()
                .flatMap(function -> List.of(MINUTE, HOUR, QUARTER, Window.LIFETIME).stream()
                        .map(window -> column(function, window)))
                .toList();
        WindowEngine engine = new WindowEngine(columns, Emit.ON_EVENT, ViewMetrics.NONE);
        EntityState state = engine.newState();
        for (long time = 0; time < 5 * DAY; time += DAY) {
            engine.accept(state, event(1_700_000_000_000L + time), Long.MIN_VALUE, new Rows());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        engine.codec().write(state, new DataOutputStream(bytes));
        assertThat(bytes.size()).isLessThan(120);
    }

    private static WindowEngine engine(Window... windows) {
        return new WindowEngine(
                Arrays.stream(windows).map(window -> column("count", window)).toList(),
                Emit.ON_EVENT,
                ViewMetrics.NONE);
    }

    private static Column.Windowed column(String function, Window window) {
        Column.Aggregate aggregate = Column.Aggregate.of(function, 0, ValueType.LONG, Column.Selection.ALL);
        ValueType type = aggregate.typeOver(window, aggregate.bound(window).type());
        return new Column.Windowed(function + "_" + window.label(), type, aggregate, window);
    }

    private static SelectedEvent event(long time) {
        return new SelectedEvent("k", time, 0, time, 0, 0, new Object[] {3L}, null);
    }
}
