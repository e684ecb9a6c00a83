/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.definition.ViewPlan;
import io.freshet.history.LoggedRowSerializer;
import io.freshet.operator.SelectedEventSerializer;
import io.freshet.operator.UnstoredSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes items between operators and into sorted files. Nothing of them outlives the job. */
final class ItemSerializer extends UnstoredSerializer<Item> {
    private static final long serialVersionUID = 1L;

    private final SelectedEventSerializer events;

    ItemSerializer(ViewPlan plan) {
        this.events = SelectedEventSerializer.of(plan);
    }

    @Override
    public void serialize(Item item, DataOutputView target) throws IOException {
        target.writeBoolean(item instanceof Item.Event);
        if (item instanceof Item.Event event) {
            target.writeLong(event.watermarkLimitMillis());
            events.serialize(event.event(), target);
        } else if (item instanceof Item.Logged logged) {
            target.writeLong(logged.writtenMillis());
            LoggedRowSerializer.INSTANCE.serialize(logged.row(), target);
        }
    }

    @Override
    public Item deserialize(DataInputView source) throws IOException {
        boolean isEvent = source.readBoolean();
        long millis = source.readLong();
        return isEvent
                ? new Item.Event(events.deserialize(source), millis)
                : new Item.Logged(LoggedRowSerializer.INSTANCE.deserialize(source), millis);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ItemSerializer that && events.equals(that.events);
    }

    @Override
    public int hashCode() {
        return events.hashCode();
    }
}
