/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.event.SelectedEvent;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Events that wait for the watermark, in order of event time, then partition, then offset. */
final class HeldEvents {

    static final Comparator<SelectedEvent> ORDER = Comparator.comparingLong(SelectedEvent::timeMillis)
            .thenComparingInt(SelectedEvent::partition)
            .thenComparingLong(SelectedEvent::offset);

    private @Nullable SelectedEvent[] events = new SelectedEvent[4];
    private int head;
    private int end;

    int size() {
        return end - head;
    }

    /** By position from the earliest. */
    SelectedEvent at(int position) {
        SelectedEvent event = events[head + position];
        if (event == null) {
            throw new IndexOutOfBoundsException("No held event at " + position + " of " + size());
        }
        return event;
    }

    void add(SelectedEvent event) {
        if (end == events.length) {
            @Nullable SelectedEvent[] room = size() <= events.length / 2 ? events : Arrays.copyOf(events, 2 * end);
            int held = size();
            System.arraycopy(events, head, room, 0, held);
            Arrays.fill(room, held, room.length, null);
            events = room;
            head = 0;
            end = held;
        }
        int position = size();
        while (position > 0 && ORDER.compare(at(position - 1), event) > 0) {
            position--;
        }
        System.arraycopy(events, head + position, events, head + position + 1, size() - position);
        events[head + position] = event;
        end++;
    }

    SelectedEvent removeEarliest() {
        SelectedEvent event = at(0);
        events[head++] = null;
        return event;
    }

    HeldEvents copy() {
        HeldEvents copy = new HeldEvents();
        copy.events = Arrays.copyOfRange(events, head, Math.max(end, head + 4));
        copy.end = size();
        return copy;
    }
}
