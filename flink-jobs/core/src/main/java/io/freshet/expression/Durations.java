/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as authors write them: a whole number and one of ms, s, m, h, d, w. */
public final class Durations {

    /** What to say of a text that is none. */
    public static final String EXPECTED = "expected a whole number and a unit of ms, s, m, h, d, w, such as 30s or 1h";

    private static final Pattern FORM = Pattern.compile("(\\d{1,12})(ms|s|m|h|d|w)");
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L, "w", 604_800_000L);

    /** A hundred years of 366 days, in ms: beyond it a number is a slip of the keyboard. */
    private static final long MAX_MILLIS = 100L * 366 * 86_400_000L;

    private Durations() {}

    /** The duration, or empty for a text that is none or is beyond a hundred years. */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        long unit = MILLIS.getOrDefault(matcher.group(2), 0L);
        if (count > MAX_MILLIS / unit) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis(count * unit));
    }

    /** The shortest text that {@link #parse} reads as this many milliseconds, 0 or more. */
    public static String format(long millis) {
        for (String unit : new String[] {"d", "h", "m", "s"}) {
            long size = MILLIS.getOrDefault(unit, 1L);
            if (millis != 0 && millis % size == 0) {
                return millis / size + unit;
            }
        }
        return millis + "ms";
    }
}
