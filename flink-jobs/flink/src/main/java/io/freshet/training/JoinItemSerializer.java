/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.function.ValueForm;
import io.freshet.function.Varint;
import io.freshet.operator.ImmutableSerializer;
import io.freshet.row.RowHead;
import io.freshet.row.RowOrigin;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes what meets in the join, to be sorted. */
final class JoinItemSerializer extends ImmutableSerializer<JoinItem> {
    private static final long serialVersionUID = 1L;

    private static final RowOrigin[] ORIGINS = RowOrigin.values();

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
        } else if (item instanceof JoinItem.Sample sample) {
            RowHead head = sample.head();
            target.writeLong(head.asOfMillis());
            target.writeLong(head.availableAtMillis());
            Varint.write(head.seq(), target);
            Varint.write(head.version(), target);
            target.writeByte(head.origin().ordinal());
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
            return new JoinItem.Asking(view, entity, source.readLong(), source.readLong());
        }
        RowHead head = new RowHead(
                source.readLong(),
                source.readLong(),
                Varint.read(source),
                (int) Varint.read(source),
                ORIGINS[source.readUnsignedByte()]);
        BitSet warming = BitSet.valueOf(ValueForm.readBytes(source));
        return new JoinItem.Sample(view, entity, head, views.get(view).read(source), warming);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JoinItemSerializer that && views.equals(that.views);
    }

    @Override
    public int hashCode() {
        return views.hashCode();
    }

    /** There is none: a bounded job keeps nothing beyond its end. */
    @Override
    public TypeSerializerSnapshot<JoinItem> snapshotConfiguration() {
        throw new UnsupportedOperationException("A training set is made in one go, without state to restore");
    }
}
