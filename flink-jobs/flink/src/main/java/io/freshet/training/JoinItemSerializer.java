/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.function.ValueForm;
import io.freshet.history.LoggedRowSerializer;
import io.freshet.operator.UnstoredSerializer;
import io.freshet.row.RowHead;
import io.freshet.row.RowIdentity;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes what meets in the join, to be sorted. */
final class JoinItemSerializer extends UnstoredSerializer<JoinItem> {
    private static final long serialVersionUID = 1L;

    private final List<ViewColumns> views;

    /** Of the views of a request, in order. */
    JoinItemSerializer(List<ViewColumns> views) {
        this.views = List.copyOf(views);
    }

    @Override
    public void serialize(JoinItem item, DataOutputView target) throws IOException {
        target.writeBoolean(item instanceof JoinItem.Sample);
        target.writeByte(item.view());
        ValueForm.writeText(item.entity(), target);
        if (item instanceof JoinItem.Asking asking) {
            target.writeLong(asking.index());
            target.writeLong(asking.timeMillis());
            writeServed(asking.served(), target);
        } else if (item instanceof JoinItem.Sample sample) {
            LoggedRowSerializer.writeHead(sample.head(), target);
            ValueForm.writeBytes(sample.warming().toByteArray(), target);
            views.get(item.view()).write(sample.values(), target);
        }
    }

    @Override
    public JoinItem deserialize(DataInputView source) throws IOException {
        boolean isSample = source.readBoolean();
        int view = source.readUnsignedByte();
        String entity = ValueForm.readText(source);
        if (!isSample) {
            return new JoinItem.Asking(view, entity, source.readLong(), source.readLong(), readServed(source));
        }
        RowHead head = LoggedRowSerializer.readHead(source);
        BitSet warming = BitSet.valueOf(ValueForm.readBytes(source));
        return new JoinItem.Sample(view, entity, head, views.get(view).read(source), warming);
    }

    private static void writeServed(Optional<RowIdentity> served, DataOutputView target) throws IOException {
        target.writeBoolean(served.isPresent());
        if (served.isPresent()) {
            target.writeInt(served.get().version());
            target.writeLong(served.get().asOfMillis());
            target.writeLong(served.get().seq());
        }
    }

    private static Optional<RowIdentity> readServed(DataInputView source) throws IOException {
        return source.readBoolean()
                ? Optional.of(new RowIdentity(source.readInt(), source.readLong(), source.readLong()))
                : Optional.empty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JoinItemSerializer that && views.equals(that.views);
    }

    @Override
    public int hashCode() {
        return views.hashCode();
    }
}
