/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import io.freshet.event.DeadLetter;
import io.freshet.event.DeadLetterReason;
import io.freshet.function.ValueForm;
import io.freshet.function.Varint;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes dead letters between operators. */
public final class DeadLetterSerializer extends ImmutableSerializer<DeadLetter> {
    private static final long serialVersionUID = 1L;

    /** The one there is: it has no state. */
    public static final DeadLetterSerializer INSTANCE = new DeadLetterSerializer();

    private DeadLetterSerializer() {}

    @Override
    public void serialize(DeadLetter letter, DataOutputView target) throws IOException {
        target.writeUTF(letter.reason().name());
        ValueForm.writeText(letter.detail(), target);
        String view = letter.view();
        target.writeBoolean(view != null);
        if (view != null) {
            ValueForm.writeText(view, target);
        }
        ValueForm.writeText(letter.topic(), target);
        Varint.writeSigned(letter.partition(), target);
        Varint.writeSigned(letter.offset(), target);
        writeBytes(letter.key(), target);
        writeBytes(letter.value(), target);
    }

    @Override
    public DeadLetter deserialize(DataInputView source) throws IOException {
        return new DeadLetter(
                DeadLetterReason.valueOf(source.readUTF()),
                ValueForm.readText(source),
                source.readBoolean() ? ValueForm.readText(source) : null,
                ValueForm.readText(source),
                (int) Varint.readSigned(source),
                Varint.readSigned(source),
                readBytes(source),
                readBytes(source));
    }

    private static void writeBytes(byte @Nullable [] bytes, DataOutputView target) throws IOException {
        target.writeBoolean(bytes != null);
        if (bytes != null) {
            ValueForm.writeBytes(bytes, target);
        }
    }

    private static byte @Nullable [] readBytes(DataInputView source) throws IOException {
        return source.readBoolean() ? ValueForm.readBytes(source) : null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DeadLetterSerializer;
    }

    @Override
    public int hashCode() {
        return DeadLetterSerializer.class.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What is stored of the serializer: its class. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeadLetter> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
