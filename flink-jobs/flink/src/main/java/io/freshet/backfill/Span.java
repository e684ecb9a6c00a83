/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import java.io.Serializable;

/**
 * Which rows are asked for: {@code [from, to)}.
 *
 * @param fromMillis as_of of the first, ms since 1970 UTC; {@link Long#MIN_VALUE} for all
 * @param toMillis as_of before which they are, ms since 1970 UTC; {@link Long#MAX_VALUE}: of each entity up to where its
 *     live rows are complete
 */
public record Span(long fromMillis, long toMillis) implements Serializable {
    private static final long serialVersionUID = 1L;

    public Span {
        if (fromMillis >= toMillis) {
            throw new IllegalArgumentException("Cannot backfill rows from " + fromMillis + " to " + toMillis
                    + ", expected the end behind the start");
        }
    }

    /** All that there are. */
    public static Span all() {
        return new Span(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Whether it ends by itself, and not where live rows are complete. */
    public boolean hasEnd() {
        return toMillis != Long.MAX_VALUE;
    }

    /** Whether a row as of then is asked for. */
    public boolean contains(long asOfMillis) {
        return asOfMillis >= fromMillis && asOfMillis < toMillis;
    }
}
