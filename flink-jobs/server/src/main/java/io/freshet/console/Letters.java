/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.console;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events that were put aside.
 *
 * @param now when it was read, ms since 1970 UTC
 * @param topic where they are
 * @param total how many are there; null where there is no such topic
 * @param read how many of the newest were looked at
 * @param reasons of those that were looked at, the most frequent first
 * @param samples some of them, the newest first
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Letters(
        long now, String topic, @Nullable Long total, long read, List<Reason> reasons, List<Sample> samples) {

    public Letters {
        reasons = List.copyOf(reasons);
        samples = List.copyOf(samples);
    }

    /**
     * How many were put aside for a reason.
     *
     * @param view the view that put them aside; null for all views of the topic
     */
    public record Reason(String reason, @Nullable String view, long letters) {}

    /**
     * One of them.
     *
     * @param at when it was put aside, ms since 1970 UTC
     * @param topic topic, partition and offset of the event
     * @param detail what was wrong, in full
     * @param key the event's key as text, or as hexadecimal digits where it is none; null where it has none
     * @param value the beginning of the event in the same way; null where it has none
     * @param bytes how long the value is
     */
    public record Sample(
            long at,
            String topic,
            int partition,
            long offset,
            String reason,
            String detail,
            @Nullable String view,
            @Nullable String key,
            @Nullable String value,
            int bytes) {}
}
