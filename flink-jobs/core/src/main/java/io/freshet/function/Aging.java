/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a value changes by mere passing of time, so that a reader can have it as of the moment of reading. Between rows no
 * event counts and no tile leaves: only time passes.
 *
 * @param kind in which way
 * @param halfLifeMillis of DECAYS, in ms; 0 for all others
 */
public record Aging(Kind kind, long halfLifeMillis) {

    /** Ways to age. */
    public enum Kind {
        /** It stays. */
        NONE,
        /** A number of milliseconds that grows by those that pass, up to the greatest long. */
        GROWS,
        /** A double that halves with each half-life. */
        DECAYS
    }

    /** It stays. */
    public static final Aging NONE = new Aging(Kind.NONE, 0);

    /** It grows by the milliseconds that pass. */
    public static final Aging GROWS = new Aging(Kind.GROWS, 0);

    /** It halves with each half-life. */
    public static Aging decays(long halfLifeMillis) {
        return new Aging(Kind.DECAYS, halfLifeMillis);
    }

    /**
     * The value that much later; null stays null, a list or map changes in each element.
     *
     * @param value the value as of its row
     * @param elapsedMillis time since the row's as_of, ms; a negative one counts as 0
     */
    public @Nullable Object later(@Nullable Object value, long elapsedMillis) {
        if (value == null || kind == Kind.NONE || elapsedMillis <= 0) {
            return value;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> later = new ArrayList<>(list.size());
            list.forEach(element -> later.add(later(element, elapsedMillis)));
            return Collections.unmodifiableList(later);
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> later = new LinkedHashMap<>();
            map.forEach((key, element) -> later.put(key, later(element, elapsedMillis)));
            return Collections.unmodifiableMap(later);
        }
        return kind == Kind.GROWS
                ? (Object) grown((Long) value, elapsedMillis)
                : (Object) ((Double) value * StrictMath.pow(2, -((double) elapsedMillis / halfLifeMillis)));
    }

    /** As a row would have it: an age that is beyond a long is the greatest long. */
    private static long grown(long millis, long elapsedMillis) {
        return millis > Long.MAX_VALUE - elapsedMillis ? Long.MAX_VALUE : millis + elapsedMillis;
    }
}
