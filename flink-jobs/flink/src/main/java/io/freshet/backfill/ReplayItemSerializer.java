/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import io.freshet.definition.ViewPlan;
import io.freshet.function.ValueForm;
import io.freshet.history.LoggedRowSerializer;
import io.freshet.operator.SelectedEventSerializer;
import io.freshet.operator.UnstoredSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes what a replay takes between operators and into sorted files. Nothing of it outlives the job. */
final class ReplayItemSerializer extends UnstoredSerializer<ReplayItem> {
    private static final long serialVersionUID = 1L;

    private static final int EVENT = 0;
    private static final int LOGGED = 1;
    private static final int LIVE_ROWS = 2;

    private final SelectedEventSerializer events;

    ReplayItemSerializer(ViewPlan plan) {
        this.events = SelectedEventSerializer.of(plan);
    }

    @Override
    public void serialize(ReplayItem item, DataOutputView target) throws IOException {
        if (item instanceof ReplayItem.Event of) {
            target.writeByte(EVENT);
            events.serialize(of.event(), target);
        } else if (item instanceof ReplayItem.Logged logged) {
            target.writeByte(LOGGED);
            LoggedRowSerializer.INSTANCE.serialize(logged.row(), target);
        } else if (item instanceof ReplayItem.LiveRows live) {
            target.writeByte(LIVE_ROWS);
            ValueForm.writeText(live.entity(), target);
            target.writeLong(live.fromMillis());
        }
    }

    @Override
    public ReplayItem deserialize(DataInputView source) throws IOException {
        byte kind = source.readByte();
        return switch (kind) {
            case EVENT -> new ReplayItem.Event(events.deserialize(source));
            case LOGGED -> new ReplayItem.Logged(LoggedRowSerializer.INSTANCE.deserialize(source));
            case LIVE_ROWS -> new ReplayItem.LiveRows(ValueForm.readText(source), source.readLong());
            default -> throw new IOException("Cannot read an item of a replay: kind " + kind);
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReplayItemSerializer that && events.equals(that.events);
    }

    @Override
    public int hashCode() {
        return events.hashCode();
    }
}
