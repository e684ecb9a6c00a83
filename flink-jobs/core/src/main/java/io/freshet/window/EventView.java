/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.event.SelectedEvent;
import io.freshet.function.Occurrence;
import org.jspecify.annotations.Nullable;

/** The event at hand as a function sees it: its inputs alone. One for each aggregate, used again for every event. */
final class EventView implements Occurrence {

    private static final @Nullable Object[] NOTHING = {};
    private static final SelectedEvent NONE = new SelectedEvent("", 0, 0, 0, 0, 0, NOTHING, null);

    private final int[] inputs;
    private Occurrence event = NONE;

    /** Sees the inputs at these positions of an event. */
    EventView(int[] inputs) {
        this.inputs = inputs;
    }

    /** This view, of that event. */
    EventView of(Occurrence next) {
        event = next;
        return this;
    }

    /** Whether no input is null. */
    boolean isWhole() {
        for (int input : inputs) {
            if (event.input(input) == null) {
                return false;
            }
        }
        return true;
    }

    @Override
    public @Nullable Object input(int position) {
        return event.input(inputs[position]);
    }

    @Override
    public long timeMillis() {
        return event.timeMillis();
    }

    @Override
    public int partition() {
        return event.partition();
    }

    @Override
    public long offset() {
        return event.offset();
    }
}
