/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.definition.Column;
import io.freshet.definition.Emit;
import io.freshet.event.SelectedEvent;
import io.freshet.metrics.ViewMetrics;
import io.freshet.oracle.Answer;
import io.freshet.oracle.Oracle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs one entity through the engine as a job would: hands in events and watermarks, drops the state once it is spent.
 * Compares every value of every row with the oracle.
 */
final class WindowHarness implements RowOutput {

    /** What happens to the state after each step. */
    enum Keeping {
        AS_IS,
        /** Written and read again. */
        RESTORED,
        /** Copied; the original is spoilt. */
        COPIED
    }

    private static final SelectedEvent SPOILER = spoiler();

    final List<Rows.Row> rows = new ArrayList<>();
    final WindowEngine engine;

    private final List<Column.Windowed> columns;
    private final Keeping keeping;
    private final Oracle oracle;
    private EntityState state;
    private long watermarkMillis = Long.MIN_VALUE;

    WindowHarness(List<Column.Windowed> columns, Emit emit, Keeping keeping) {
        this.columns = columns;
        this.keeping = keeping;
        this.engine = new WindowEngine(columns, emit, ViewMetrics.NONE);
        this.oracle = new Oracle(columns);
        this.state = engine.newState();
    }

    /** Hands in an event; false if it was late. */
    boolean event(SelectedEvent event) {
        boolean accepted = engine.accept(state, event, watermarkMillis, this);
        keep();
        return accepted;
    }

    /** Moves the watermark on; drops the state if nothing is left of it. */
    void watermark(long millis) {
        watermarkMillis = Math.max(watermarkMillis, millis);
        if (engine.nextDueMillis(state) <= watermarkMillis) {
            engine.advance(state, watermarkMillis, this);
            assertThat(engine.nextDueMillis(state) > watermarkMillis || watermarkMillis == Long.MAX_VALUE)
                    .isTrue();
            keep();
            if (engine.isSpent(state)) {
                state = engine.newState();
            }
        }
    }

    boolean isSpent() {
        return engine.isSpent(state);
    }

    @Override
    public void row(long asOfMillis, long seq, @Nullable Object[] values, @Nullable SelectedEvent cause) {
        if (cause != null) {
            oracle.add(cause);
        }
        for (int column = 0; column < values.length; column++) {
            Answer expected = oracle.answer(column, "k", asOfMillis);
            if (!expected.agreesWith(values[column])) {
                throw new AssertionError("Row " + rows.size() + " as of " + asOfMillis + ", " + columns.get(column)
                        + ": " + values[column] + ", expected " + expected);
            }
        }
        rows.add(new Rows.Row(asOfMillis, seq, Arrays.asList(values)));
    }

    private void keep() {
        if (keeping == Keeping.RESTORED) {
            state = restored(engine, state);
        } else if (keeping == Keeping.COPIED) {
            EntityState original = state;
            state = engine.codec().copy(original);
            Rows ignored = new Rows();
            engine.accept(original, SPOILER, Long.MIN_VALUE, ignored);
            engine.advance(original, Long.MAX_VALUE, ignored);
        }
    }

    /** Written and read again. */
    static EntityState restored(WindowEngine engine, EntityState state) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            engine.codec().write(state, new DataOutputStream(bytes));
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
            EntityState read = engine.codec().read(in);
            assertThat(in.available()).isZero();
            assertThat(engine.nextDueMillis(read)).isEqualTo(engine.nextDueMillis(state));
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SelectedEvent spoiler() {
        java.util.Random random = new java.util.Random(1);
        @Nullable Object[] inputs = new Object[Scenario.INPUTS.size()];
        Arrays.setAll(inputs, input -> Scenario.value(input, random));
        return new SelectedEvent("k", 0, 0, 0, 0, -1, inputs, null);
    }
}
