/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.expression.Durations;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks for, unchecked.
 *
 * @param spine path of the file of labelled rows
 * @param views names of views, each with the columns or features that are wanted: {@code a,b:edits_1h,pages}
 * @param out path of the file to write
 * @param timeColumn the spine's column of times
 * @param times how these are read
 * @param keys the spine's column of an entity field where it has another name: by field, or {@code view.field}
 * @param archive the folder of archives to read beside the histories; empty: none
 * @param maxAge greatest age of a row; empty: none
 * @param delay how long after its as_of a backfilled row is available; empty: as it says
 * @param horizon how long before the spine's time features are wanted
 * @param keepWarming whether to keep values of windows that were not full yet
 * @param overwrite whether a file that is there may be replaced
 * @param requests the spine's column of a request field where it has another name: by field, or {@code view.field}
 * @param ages as of when ages and decayed values are given
 * @param served whether the spine is a log of what was served, which names the rows to take
 */
public record TrainingOptions(
        String spine,
        String views,
        String out,
        String timeColumn,
        TimeForm times,
        Map<String, String> keys,
        Optional<String> archive,
        Optional<Duration> maxAge,
        Optional<Duration> delay,
        Duration horizon,
        boolean keepWarming,
        boolean overwrite,
        Map<String, String> requests,
        Ages ages,
        boolean served) {

    /** The name of the column of times where the user gives none. */
    public static final String TIME_COLUMN = "timestamp";

    /** The options that take a value, but for {@code --key}. */
    public static final Set<String> NAMES = Set.of(
            "--spine",
            "--served",
            "--views",
            "--out",
            "--as-of-column",
            "--time-unit",
            "--time-zone",
            "--archive",
            "--max-age",
            "--delay",
            "--horizon",
            "--warming",
            "--ages");

    public TrainingOptions {
        keys = Map.copyOf(keys);
        requests = Map.copyOf(requests);
    }

    /** As served, to a new file. */
    public static TrainingOptions of(String spine, String views, String out) {
        return plain(spine, views, out, false);
    }

    /** Of exactly the rows that a log says were served, to a new file. */
    public static TrainingOptions ofServed(String log, String views, String out) {
        return plain(log, views, out, true);
    }

    private static TrainingOptions plain(String spine, String views, String out, boolean served) {
        return new TrainingOptions(
                spine,
                views,
                out,
                TIME_COLUMN,
                TimeForm.DEFAULT,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                false,
                false,
                Map.of(),
                Ages.READ,
                served);
    }

    /**
     * Reads what a user wrote.
     *
     * @param given values of the options {@link #NAMES}, {@code --spine} or {@code --served}, {@code --views}
     *     and {@code --out} among them
     * @param keys see the parameter of that name
     * @param requests see the parameter of that name
     * @param overwrite see the parameter of that name
     * @throws TrainingException if a value is none of its option
     */
    public static TrainingOptions read(
            Map<String, String> given, Map<String, String> keys, Map<String, String> requests, boolean overwrite)
            throws TrainingException {
        if (given.containsKey("--spine") == given.containsKey("--served")) {
            throw new TrainingException(
                    "Cannot tell what asks: expected --spine FILE, or --served FILE for a log of what was" + " served");
        }
        return new TrainingOptions(
                given.getOrDefault("--spine", given.getOrDefault("--served", "")),
                given.getOrDefault("--views", ""),
                given.getOrDefault("--out", ""),
                given.getOrDefault("--as-of-column", TIME_COLUMN),
                new TimeForm(unit(given.getOrDefault("--time-unit", "ms")), zone(given.get("--time-zone"))),
                keys,
                Optional.ofNullable(given.get("--archive")),
                duration(given, "--max-age"),
                duration(given, "--delay"),
                duration(given, "--horizon").orElse(Duration.ZERO),
                keepsWarming(given.getOrDefault("--warming", "leave-out")),
                overwrite,
                requests,
                ages(given.getOrDefault("--ages", "read")),
                given.containsKey("--served"));
    }

    private static Ages ages(String text) throws TrainingException {
        return switch (text) {
            case "read" -> Ages.READ;
            case "stored" -> Ages.STORED;
            default -> throw new TrainingException("Cannot read --ages '" + text + "', expected read or stored");
        };
    }

    private static Optional<Duration> duration(Map<String, String> given, String name) throws TrainingException {
        String text = given.get(name);
        if (text == null) {
            return Optional.empty();
        }
        Optional<Duration> duration = Durations.parse(text);
        if (duration.isEmpty()) {
            throw new TrainingException("Cannot read " + name + " '" + text + "': " + Durations.EXPECTED);
        }
        return duration;
    }

    private static boolean keepsWarming(String text) throws TrainingException {
        return switch (text) {
            case "keep" -> true;
            case "leave-out" -> false;
            default -> throw new TrainingException("Cannot read --warming '" + text + "', expected leave-out or keep");
        };
    }

    private static TimeUnit unit(String text) throws TrainingException {
        return TimeForm.unit(text)
                .orElseThrow(() ->
                        new TrainingException("Cannot read --time-unit '" + text + "', expected " + TimeForm.UNITS));
    }

    private static @Nullable ZoneId zone(@Nullable String text) throws TrainingException {
        if (text == null) {
            return null;
        }
        return TimeForm.zone(text)
                .orElseThrow(() ->
                        new TrainingException("Cannot read --time-zone '" + text + "', expected " + TimeForm.ZONES));
    }
}
