/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.function.ValueForm;
import io.freshet.operator.UnstoredSerializer;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes what the join gives, to be put in the order of the spine. */
final class MatchSerializer extends UnstoredSerializer<Match> {
    private static final long serialVersionUID = 1L;

    private final List<ViewColumns> views;

    /** Of the views of a request, in order. */
    MatchSerializer(List<ViewColumns> views) {
        this.views = List.copyOf(views);
    }

    @Override
    public void serialize(Match match, DataOutputView target) throws IOException {
        target.writeLong(match.index());
        target.writeByte(match.view());
        target.writeLong(match.asOfMillis());
        views.get(match.view()).write(match.values(), target);
        ValueForm.writeBytes(match.leftOut().toByteArray(), target);
    }

    @Override
    public Match deserialize(DataInputView source) throws IOException {
        long index = source.readLong();
        int view = source.readUnsignedByte();
        long asOf = source.readLong();
        @Nullable Object[] values = views.get(view).read(source);
        return new Match(index, view, asOf, values, BitSet.valueOf(ValueForm.readBytes(source)));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MatchSerializer that && views.equals(that.views);
    }

    @Override
    public int hashCode() {
        return views.hashCode();
    }
}
