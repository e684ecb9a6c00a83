/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import io.freshet.window.EntityStateCodec;
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

/** Writes the state of entities, by the codec of the engine that the state belongs to. */
final class TimedStateSerializer extends TypeSerializer<TimedState> {
    private static final long serialVersionUID = 1L;

    /** The written shape; the shape itself knows nothing of Java's serialization. */
    private final byte[] shape;

    private transient @Nullable EntityStateCodec codec;

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

    @Override
    public void serialize(TimedState state, DataOutputView target) throws IOException {
        target.writeLong(state.timerMillis);
        codec().write(state.windows, target);
    }

    @Override
    public TimedState deserialize(DataInputView source) throws IOException {
        long timerMillis = source.readLong();
        return new TimedState(codec().read(source), timerMillis);
    }

    @Override
    public TimedState deserialize(TimedState reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public TimedState copy(TimedState from) {
        return new TimedState(codec().copy(from.windows), from.timerMillis);
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
