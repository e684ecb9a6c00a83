/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.viewtest;

import io.freshet.expression.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as tests write them: ISO 8601 ({@code 2026-01-31T12:00:00Z}, without a zone UTC, or a day), or the time that
 * relative ones are counted from and a span behind or before it ({@code +5m}, {@code +1h30m}, {@code -2s}).
 */
final class Times {

    /** What to say of a text that is none. */
    static final String EXPECTED =
            "expected a time such as 2026-01-31T12:00:00Z, or one relative to 'start' such as +1h30m";

    private static final Pattern RELATIVE = Pattern.compile("([+-])((?:\\d+(?:ms|s|m|h|d|w))+)");
    private static final Pattern PART = Pattern.compile("\\d+(?:ms|s|m|h|d|w)");
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd['T'HH:mm[:ss[.SSS]][XXX]]", java.util.Locale.ROOT);

    private Times() {}

    /** Whether the text means a time relative to another. */
    static boolean isRelative(String text) {
        return RELATIVE.matcher(text.strip()).matches();
    }

    /** The time in ms since 1970 UTC; empty for a text that is none, or beyond a hundred years of the start. */
    static OptionalLong millis(String text, long startMillis) {
        Matcher relative = RELATIVE.matcher(text.strip());
        if (!relative.matches()) {
            return absolute(text.strip());
        }
        long sum = 0;
        Matcher parts = PART.matcher(relative.group(2));
        while (parts.find()) {
            Optional<Duration> part = Durations.parse(parts.group());
            if (part.isEmpty()) {
                return OptionalLong.empty();
            }
            sum += part.get().toMillis();
        }
        return OptionalLong.of(startMillis + (relative.group(1).equals("-") ? -sum : sum));
    }

    private static OptionalLong absolute(String text) {
        try {
            TemporalAccessor found = ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return OptionalLong.of(instant(found).toEpochMilli());
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }

    private static Instant instant(TemporalAccessor time) {
        if (time instanceof OffsetDateTime zoned) {
            return zoned.toInstant();
        }
        return time instanceof LocalDateTime local
                ? local.toInstant(ZoneOffset.UTC)
                : ((LocalDate) time).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
