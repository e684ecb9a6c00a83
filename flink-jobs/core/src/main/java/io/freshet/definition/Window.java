/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import static java.util.Objects.requireNonNull;

/**
 * A window of event time that trails an entity's clock: {@code [floor_hop(t - length), t]}.
 *
 * @param label how the author named it, and the suffix of its columns: {@code 1h}; a stated hop is not part of it
 * @param lengthMillis its length in ms, above 0 and a multiple of the hop; {@link Long#MAX_VALUE} for a lifetime
 * @param hopMillis how finely its tail is cut, in ms, 1 or more; {@link Long#MAX_VALUE} for a lifetime, which has no tail
 */
public record Window(String label, long lengthMillis, long hopMillis) {

    /** All time up to now; one tile for ever. */
    public static final Window LIFETIME = new Window("lifetime", Long.MAX_VALUE, Long.MAX_VALUE);

    public Window {
        requireNonNull(label, "label");
        if (lengthMillis < 1 || hopMillis < 1 || lengthMillis % hopMillis != 0) {
            throw new IllegalArgumentException("Window length must be a positive multiple of its hop: " + label
                    + ", length " + lengthMillis + " ms, hop " + hopMillis + " ms");
        }
    }

    /** Whether the window has no tail. */
    public boolean isLifetime() {
        return lengthMillis == Long.MAX_VALUE;
    }
}
