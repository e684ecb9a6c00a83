/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.event.SelectedEvent;
import org.jspecify.annotations.Nullable;

/** Where the engine puts the values of an entity each time they change. */
@FunctionalInterface
public interface RowOutput {

    /**
     * Takes one set of values.
     *
     * @param asOfMillis event time at which they are true
     * @param seq grows with every row of the entity, from 1
     * @param values one per windowed column of the plan, owned by the receiver
     * @param cause the event that changed them; null where a tile left a window
     */
    void row(long asOfMillis, long seq, @Nullable Object[] values, @Nullable SelectedEvent cause);
}
