/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import io.freshet.metrics.ViewMetrics;
import io.freshet.window.EntityState;
import io.freshet.window.EntityStateCodec;
import io.freshet.window.StateMigration;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Writes the state of entities, by the codec of the engine that the state belongs to. A state of another shape, that of the
 * job before, becomes one of this shape where it is written, copied or asked for: Flink's state on the heap goes on with
 * the objects that it has read by the former serializer.
 */
final class TimedStateSerializer extends TypeSerializer<TimedState> {
    private static final long serialVersionUID = 1L;

    /** The written shape; the shape itself knows nothing of Java's serialization. */
    private final byte[] shape;

    private transient @Nullable EntityStateCodec codec;

    /** The shape of the last state that was of another, and the way from there; null: it is read as it is. */
    private transient byte @Nullable [] formerShape;

    private transient @Nullable StateMigration migration;

    TimedStateSerializer(StateShape shape) {
        this(written(shape));
    }

    private TimedStateSerializer(byte[] shape) {
        this.shape = shape;
    }

    private static byte[] written(StateShape shape) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            shape.write(new DataOutputStream(bytes));
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the shape of a state in memory", e);
        }
    }

    StateShape shape() {
        return read(shape);
    }

    private static StateShape read(byte[] shape) {
        try {
            return StateShape.read(new DataInputStream(new ByteArrayInputStream(shape)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the shape of a state in memory", e);
        }
    }

    private EntityStateCodec codec() {
        EntityStateCodec known = codec;
        if (known == null) {
            known = shape().codec();
            codec = known;
        }
        return known;
    }

    /** A state of this shape. */
    TimedState timed(EntityState windows, long timerMillis) {
        return new TimedState(windows, timerMillis, shape);
    }

    /** The state in this shape: the same object where it is of it. */
    TimedState own(TimedState state) {
        if (state.shape == shape || Arrays.equals(state.shape, shape)) {
            return state;
        }
        if (formerShape != state.shape) {
            StateShape former = read(state.shape);
            StateShape now = shape();
            formerShape = state.shape;
            migration = now.reads(former) ? null : migration(former, now);
        }
        StateMigration way = migration;
        // What the former timer was set for may not come, or come sooner.
        return way == null
                ? timed(state.windows, state.timerMillis)
                : timed(way.apply(state.windows), TimedState.NO_TIMER);
    }

    private static StateMigration migration(StateShape former, StateShape now) {
        return new StateMigration(former.engine(ViewMetrics.NONE), now.engine(ViewMetrics.NONE), now.keptFrom(former));
    }

    @Override
    public void serialize(TimedState state, DataOutputView target) throws IOException {
        TimedState own = own(state);
        target.writeLong(own.timerMillis);
        codec().write(own.windows, target);
    }

    @Override
    public TimedState deserialize(DataInputView source) throws IOException {
        long timerMillis = source.readLong();
        return timed(codec().read(source), timerMillis);
    }

    @Override
    public TimedState deserialize(TimedState reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public TimedState copy(TimedState from) {
        TimedState own = own(from);
        return timed(codec().copy(own.windows), own.timerMillis);
    }

    @Override
    public TimedState copy(TimedState from, TimedState reuse) {
        return copy(from);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    /** A codec is used by one thread at a time: each serializer has its own. */
    @Override
    public TypeSerializer<TimedState> duplicate() {
        return new TimedStateSerializer(shape);
    }

    @Override
    public TimedState createInstance() {
        throw new UnsupportedOperationException("A state is made by its engine");
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TimedStateSerializer that && Arrays.equals(shape, that.shape);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(shape);
    }

    @Override
    public TypeSerializerSnapshot<TimedState> snapshotConfiguration() {
        return new TimedStateSnapshot(shape());
    }
}
