/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.drift;

import io.freshet.expression.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of event time, [from, to).
 *
 * @param text as the user wrote it
 * @param fromMillis its first moment, ms since 1970 UTC
 * @param toMillis the first moment after it, ms since 1970 UTC
 */
public record TimeRange(String text, long fromMillis, long toMillis) {

    /** What to say of a text that is none. */
    public static final String EXPECTED =
            "expected FROM..TO, of days or times in UTC such as 2026-01-01..2026-02-01T12:00:00Z, or 'last 7d', or"
                    + " 'last 7d offset 7d' for the 7 days before those";

    private static final Pattern LAST = Pattern.compile("last\\s+(\\S+)(?:\\s+offset\\s+(\\S+))?");

    /**
     * Reads a range; a day is its first moment in UTC, and a side that is left out is open.
     *
     * @param end where {@code last 7d} ends
     * @throws IllegalArgumentException if it is none, or is empty
     */
    public static TimeRange parse(String text, Instant end) {
        String trimmed = text.strip();
        Matcher last = LAST.matcher(trimmed);
        TimeRange range;
        try {
            if (last.matches()) {
                long to = end.toEpochMilli() - (last.group(2) == null ? 0 : millis(last.group(2), text));
                range = new TimeRange(trimmed, to - millis(last.group(1), text), to);
            } else {
                int dots = trimmed.indexOf("..");
                if (dots < 0) {
                    throw wrong(text);
                }
                range = new TimeRange(
                        trimmed,
                        time(trimmed.substring(0, dots)).orElse(Long.MIN_VALUE),
                        time(trimmed.substring(dots + 2)).orElse(Long.MAX_VALUE));
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(wrong(text).getMessage(), e);
        }
        if (range.fromMillis >= range.toMillis) {
            throw new IllegalArgumentException(
                    "Cannot use time range '" + text + "': it ends before it begins, or where it does");
        }
        return range;
    }

    private static long millis(String text, String all) {
        return Durations.parse(text).map(Duration::toMillis).orElseThrow(() -> wrong(all));
    }

    private static Optional<Long> time(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(
                text.indexOf('T') < 0
                        ? LocalDate.parse(text.strip())
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant()
                                .toEpochMilli()
                        : OffsetDateTime.parse(text.strip()).toInstant().toEpochMilli());
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("Cannot read time range '" + text + "': " + EXPECTED);
    }

    /** Whether a moment is within. */
    public boolean covers(long millis) {
        return fromMillis <= millis && millis < toMillis;
    }
}
