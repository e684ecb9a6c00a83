/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.history;

import io.freshet.function.ValueForm;
import io.freshet.function.Varint;
import io.freshet.operator.ImmutableSerializer;
import io.freshet.row.RowHead;
import io.freshet.row.RowOrigin;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes logged rows between operators. */
public final class LoggedRowSerializer extends ImmutableSerializer<LoggedRow> {
    private static final long serialVersionUID = 1L;

    /** The one there is: it has no state. */
    public static final LoggedRowSerializer INSTANCE = new LoggedRowSerializer();

    private static final RowOrigin[] ORIGINS = RowOrigin.values();

    private LoggedRowSerializer() {}

    @Override
    public void serialize(LoggedRow row, DataOutputView target) throws IOException {
        target.writeByte(row.view());
        ValueForm.writeText(row.entity(), target);
        writeHead(row.head(), target);
        ValueForm.writeBytes(row.bytes(), target);
    }

    /** Writes what places a row in time. */
    public static void writeHead(RowHead head, DataOutput target) throws IOException {
        target.writeLong(head.asOfMillis());
        target.writeLong(head.availableAtMillis());
        Varint.write(head.seq(), target);
        Varint.write(head.version(), target);
        target.writeByte(head.origin().ordinal());
    }

    /** Reads what {@link #writeHead} wrote. */
    public static RowHead readHead(DataInput source) throws IOException {
        return new RowHead(
                source.readLong(),
                source.readLong(),
                Varint.read(source),
                (int) Varint.read(source),
                ORIGINS[source.readUnsignedByte()]);
    }

    @Override
    public LoggedRow deserialize(DataInputView source) throws IOException {
        int view = source.readUnsignedByte();
        String entity = ValueForm.readText(source);
        return new LoggedRow(view, entity, readHead(source), ValueForm.readBytes(source));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LoggedRowSerializer;
    }

    @Override
    public int hashCode() {
        return LoggedRowSerializer.class.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<LoggedRow> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What is stored of the serializer: its class. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<LoggedRow> {
        /** For Flink. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
