/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import static java.util.Objects.requireNonNull;

import io.freshet.table.CellType;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the times of a spine are read. A part below the millisecond is cut off, towards the past: no value from after the
 * time can come in.
 *
 * @param unit of whole numbers, counted since 1970 UTC
 * @param zone of texts and timestamps that name none; null: such are refused
 */
public record TimeForm(TimeUnit unit, @Nullable ZoneId zone) implements Serializable {

    /** Whole numbers in ms; what names no zone is refused. */
    public static final TimeForm DEFAULT = new TimeForm(TimeUnit.MILLISECONDS, null);

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[-+]?\\d{1,19}");
    private static final long MILLIS_PER_DAY = 86_400_000;

    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    /** What texts of units are, for messages. */
    public static final String UNITS = "s, ms, us or ns";

    /** What texts of zones are, for messages. */
    public static final String ZONES = "one such as UTC, +02:00 or Europe/Berlin";

    public TimeForm {
        requireNonNull(unit, "unit");
    }

    /** The unit of that name; empty if there is none. */
    public static Optional<TimeUnit> unit(String name) {
        return switch (name) {
            case "s" -> Optional.of(TimeUnit.SECONDS);
            case "ms" -> Optional.of(TimeUnit.MILLISECONDS);
            case "us" -> Optional.of(TimeUnit.MICROSECONDS);
            case "ns" -> Optional.of(TimeUnit.NANOSECONDS);
            default -> Optional.empty();
        };
    }

    /** The zone of that name; empty if there is none. */
    public static Optional<ZoneId> zone(String name) {
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * The time of a cell, ms since 1970 UTC.
     *
     * @throws IllegalArgumentException if the cell is no time
     */
    public long millis(Object cell, CellType type) {
        return switch (type.kind()) {
            case STRING -> ofText((String) cell);
            case INT, LONG -> ofNumber(((Number) cell).longValue());
            case TIMESTAMP_MILLIS -> (Long) cell;
            case TIMESTAMP_MICROS -> Math.floorDiv((Long) cell, 1_000L);
            case TIMESTAMP_NANOS -> Math.floorDiv((Long) cell, 1_000_000L);
            case LOCAL_MILLIS -> local((Long) cell);
            case LOCAL_MICROS -> local(Math.floorDiv((Long) cell, 1_000L));
            case LOCAL_NANOS -> local(Math.floorDiv((Long) cell, 1_000_000L));
            case DATE -> local(MILLIS_PER_DAY * (Integer) cell);
            case BOOLEAN, FLOAT, DOUBLE, DECIMAL, BYTES, LIST, MAP ->
                throw new IllegalArgumentException("Cannot read a " + type
                        + " as a time, expected a timestamp, a text as 2026-01-31T12:00:00Z or a whole number");
        };
    }

    private long ofText(String text) {
        String bare = text.strip();
        if (WHOLE_NUMBER.matcher(bare).matches()) {
            return ofNumber(Long.parseLong(bare));
        }
        try {
            TemporalAccessor time = ISO.parseBest(bare, OffsetDateTime::from, LocalDateTime::from);
            return time instanceof OffsetDateTime exact
                    ? exact.toInstant().toEpochMilli()
                    : local(((LocalDateTime) time).toInstant(ZoneOffset.UTC).toEpochMilli());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "Cannot read '" + text
                            + "' as a time, expected one as 2026-01-31T12:00:00Z or 2026-01-31 13:00:00+01:00",
                    e);
        }
    }

    private long ofNumber(long number) {
        return unit == TimeUnit.SECONDS
                ? Math.multiplyExact(number, 1_000L)
                : Math.floorDiv(number, unit.convert(1, TimeUnit.MILLISECONDS));
    }

    /** From what a clock on the wall of the zone showed; where it showed a time twice, the earlier. */
    private long local(long wallMillis) {
        ZoneId known = zone;
        if (known == null) {
            throw new IllegalArgumentException("Cannot read '"
                    + LocalDateTime.ofInstant(Instant.ofEpochMilli(wallMillis), ZoneOffset.UTC)
                    + "' as a time: it names no zone; say which with --time-zone, such as UTC or Europe/Berlin");
        }
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(wallMillis), ZoneOffset.UTC)
                .atZone(known)
                .withEarlierOffsetAtOverlap()
                .toInstant()
                .toEpochMilli();
    }
}
