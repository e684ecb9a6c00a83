/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * How far the job of a view has come.
 *
 * @param view name of the view
 * @param watermarkMillis the watermark that it published last, ms since 1970 UTC; empty where it never did
 * @param staleAfterMillis how far that may be behind, ms
 * @param at the moment of reading
 */
public record ViewFreshness(String view, OptionalLong watermarkMillis, long staleAfterMillis, Instant at) {

    /** How far the watermark is behind the moment of reading, ms; empty where none was published. */
    public OptionalLong behindMillis() {
        return watermarkMillis.isPresent()
                ? OptionalLong.of(at.toEpochMilli() - watermarkMillis.getAsLong())
                : OptionalLong.empty();
    }

    /** Whether rows of the view are stale now: see {@link RowStatus#STALE}. */
    public boolean isStale() {
        return watermarkMillis.isEmpty() || behindMillis().orElseThrow() > staleAfterMillis;
    }
}
