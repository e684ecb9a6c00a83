/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import static java.util.Objects.requireNonNull;

/**
 * A window of event time that trails an entity's clock t. Without an offset it is {@code [floor_hop(t - length), t]};
 * with one both ends are cut at hops: {@code [floor_hop(t - offset - length), floor_hop(t - offset))}, which is what the
 * window of length {@code offset} has left behind. A series is several windows of one length, end to end.
 *
 * @param label how the author named it, and the suffix of its columns: {@code 1h}; a stated hop is not part of it
 * @param lengthMillis its length in ms, above 0 and a multiple of the hop; {@link Long#MAX_VALUE} for a lifetime
 * @param hopMillis how finely its ends are cut, in ms, 1 or more; {@link Long#MAX_VALUE} for a lifetime, which has no tail
 * @param offsetMillis how far its end lies back, in ms, a multiple of the hop; 0 for a window up to now
 * @param count how many windows of that length follow each other, the last ends {@code offset} back; 1 for a plain window
 */
public record Window(String label, long lengthMillis, long hopMillis, long offsetMillis, int count) {

    /** All time up to now; one tile for ever. */
    public static final Window LIFETIME = new Window("lifetime", Long.MAX_VALUE, Long.MAX_VALUE);

    public Window {
        requireNonNull(label, "label");
        if (lengthMillis < 1 || hopMillis < 1 || lengthMillis % hopMillis != 0) {
            throw new IllegalArgumentException("Window length must be a positive multiple of its hop: " + label
                    + ", length " + lengthMillis + " ms, hop " + hopMillis + " ms");
        }
        boolean plain = offsetMillis == 0 && count == 1;
        if (offsetMillis < 0
                || offsetMillis % hopMillis != 0
                || count < 1
                || lengthMillis == Long.MAX_VALUE && !plain) {
            throw new IllegalArgumentException("Window offset must be a multiple of its hop, and its count positive: "
                    + label + ", offset " + offsetMillis + " ms, count " + count);
        }
    }

    /** A plain window up to now. */
    public Window(String label, long lengthMillis, long hopMillis) {
        this(label, lengthMillis, hopMillis, 0, 1);
    }

    /** Whether the window has no tail. */
    public boolean isLifetime() {
        return lengthMillis == Long.MAX_VALUE;
    }

    /** Whether it gives a list of values, the oldest window first. */
    public boolean isSeries() {
        return count > 1;
    }

    /** How far it reaches back from its entity's clock, before the cut at a hop, in ms; {@link Long#MAX_VALUE} for a lifetime. */
    public long reachMillis() {
        return isLifetime() ? Long.MAX_VALUE : offsetMillis + count * lengthMillis;
    }

    /** For how long after its time an event may count, in ms: the reach and a hop; {@link Long#MAX_VALUE} for a lifetime. */
    public long memoryMillis() {
        return isLifetime() ? Long.MAX_VALUE : reachMillis() + hopMillis;
    }
}
