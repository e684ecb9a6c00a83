/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.definition.Emit;
import io.freshet.event.SelectedEvent;
import io.freshet.metrics.ViewMetrics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BinaryStateCodecTest {

    private final Scenario scenario = new Scenario(17, 30);
    private final WindowEngine engine = new WindowEngine(scenario.columns, Emit.ON_WATERMARK, ViewMetrics.NONE);

    @Test
    void firstByteIsTheVersionAndAnotherIsRefused() throws IOException {
        byte[] bytes = written(engine.newState());
        assertThat(bytes[0]).isEqualTo((byte) EntityStateCodec.FORMAT_VERSION);

        bytes[0] = 9;
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(IOException.class)
                .hasMessage("Cannot read an entity's state: version 9, expected 3");
    }

    @Test
    void stateOfOtherColumnsIsRefused() throws IOException {
        WindowEngine other = new WindowEngine(new Scenario(18, 1).columns, Emit.ON_WATERMARK, ViewMetrics.NONE);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        other.codec().write(other.newState(), new DataOutputStream(bytes));

        assertThat(other.codec().layout()).isNotEqualTo(engine.codec().layout());
        assertThatThrownBy(() -> read(bytes.toByteArray()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it is of other columns");
    }

    @Test
    void statesCutShortAreRefused() throws IOException {
        byte[] bytes = written(someState());
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(cut)).as("%d bytes", length).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void corruptStatesGiveAnIoExceptionOrAState() throws IOException {
        byte[] bytes = written(someState());
        for (int at = 5; at < bytes.length; at++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                byte[] corrupt = bytes.clone();
                corrupt[at] ^= (byte) (1 << bit);
                try {
                    assertThat(read(corrupt)).isNotNull();
                } catch (IOException e) {
                    assertThat(e).isNotNull();
                }
            }
        }
    }

    @Test
    void newStateTakesFewBytes() throws IOException {
        assertThat(written(engine.newState()).length).isLessThan(25);
    }

    private EntityState someState() {
        EntityState state = engine.newState();
        for (SelectedEvent event : scenario.events) {
            engine.accept(state, event, Long.MIN_VALUE, new Rows());
        }
        engine.advance(state, scenario.events.get(20).timeMillis(), new Rows());
        assertThat(state.hasHeld()).isTrue();
        return state;
    }

    private byte[] written(EntityState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        engine.codec().write(state, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private EntityState read(byte[] bytes) throws IOException {
        return engine.codec().read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
