/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.console;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest rows of a view's history, summed up.
 *
 * @param rows how many there are, up to a few hundred
 * @param entities whose they are, the newest first, each once
 * @param warming columns that are warming in some of them
 * @param freshnessMedianMs half of those that an event made were available so long after Kafka took in the event, ms; null
 *     where no event made any
 * @param freshnessP99Ms 99 in 100 of them were available so long after, ms
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Recent(
        int rows,
        List<String> entities,
        List<Warming> warming,
        @Nullable Double freshnessMedianMs,
        @Nullable Double freshnessP99Ms) {

    public Recent {
        entities = List.copyOf(entities);
        warming = List.copyOf(warming);
    }

    /** In how many of the rows a column is warming. */
    public record Warming(String column, int rows) {}
}
