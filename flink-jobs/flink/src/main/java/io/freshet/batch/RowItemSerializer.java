/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.batch;

import io.freshet.definition.ViewPlan;
import io.freshet.history.LoggedRowSerializer;
import io.freshet.operator.FeatureRowSerializer;
import io.freshet.operator.UnstoredSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes rows between operators and into sorted files. Nothing of it outlives the job. */
final class RowItemSerializer extends UnstoredSerializer<RowItem> {
    private static final long serialVersionUID = 1L;

    private static final int MADE = 0;
    private static final int LOGGED = 1;

    private final FeatureRowSerializer rows;

    RowItemSerializer(ViewPlan plan) {
        this.rows = FeatureRowSerializer.of(plan);
    }

    @Override
    public void serialize(RowItem item, DataOutputView target) throws IOException {
        if (item instanceof RowItem.Made made) {
            target.writeByte(MADE);
            rows.serialize(made.row(), target);
            target.writeLong(made.loadedAtMillis());
        } else if (item instanceof RowItem.Logged logged) {
            target.writeByte(LOGGED);
            LoggedRowSerializer.INSTANCE.serialize(logged.row(), target);
        }
    }

    @Override
    public RowItem deserialize(DataInputView source) throws IOException {
        byte kind = source.readByte();
        return switch (kind) {
            case MADE -> new RowItem.Made(rows.deserialize(source), source.readLong());
            case LOGGED -> new RowItem.Logged(LoggedRowSerializer.INSTANCE.deserialize(source));
            default -> throw new IOException("Cannot read a row: kind " + kind);
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RowItemSerializer that && rows.equals(that.rows);
    }

    @Override
    public int hashCode() {
        return rows.hashCode();
    }
}
