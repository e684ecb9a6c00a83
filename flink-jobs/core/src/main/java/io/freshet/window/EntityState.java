/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import org.jspecify.annotations.Nullable;

/** The state of one entity in one view: clock, seq, tiles, held events. Changed in place by {@link WindowEngine}. */
public final class EntityState {

    final TileRing[] rings;

    /** As of when the windows are true; {@link Long#MIN_VALUE} before the first event. */
    long clockMillis = Long.MIN_VALUE;

    /** Number of the last row. */
    long seq;

    /** When the next tile leaves a window. */
    long dueMillis = Hop.NEVER;

    @Nullable
    HeldEvents held;

    EntityState(TileRing[] rings) {
        this.rings = rings;
    }

    boolean hasTiles() {
        for (TileRing ring : rings) {
            if (ring.size() > 0) {
                return true;
            }
        }
        return false;
    }

    boolean hasHeld() {
        return held != null;
    }
}
