/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.console;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest row of an entity. Its fields but the first four are null where there is none.
 *
 * @param now when it was read, ms since 1970 UTC
 * @param key the entity's key
 * @param found whether there is a row
 * @param status {@code fresh}, {@code stale}, {@code warming} or {@code missing}, as a reader would find it
 * @param watermark up to when the job has seen all events, ms since 1970 UTC
 * @param asOf event time at which the stored values are true, ms since 1970 UTC
 * @param ageMs from then to now
 * @param warming how many columns are warming
 * @param values by column, with ages and decayed values as of the watermark
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Entity(
        long now,
        String key,
        boolean found,
        String status,
        @Nullable Long watermark,
        @Nullable Long asOf,
        @Nullable Long ageMs,
        @Nullable Long seq,
        @Nullable Integer version,
        int warming,
        Map<String, Value> values) {

    public Entity {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * A value.
     *
     * @param text as {@code freshet get} writes it
     * @param warming whether its window reaches back to before all events were seen
     */
    public record Value(String text, boolean warming) {}
}
