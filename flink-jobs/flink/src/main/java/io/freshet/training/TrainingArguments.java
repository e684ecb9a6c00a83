/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.expression.Durations;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The options of a training set on the command line of {@code flink run}, named as those of {@code freshet training-set};
 * all others are settings of the deployment.
 *
 * @param options what is asked for
 * @param others what is left, for the settings
 */
record TrainingArguments(TrainingOptions options, List<String> others) {

    static final String USAGE =
            "flink run -c io.freshet.training.TrainingSetJob <jar> --spine FILE --views VIEW[:FEATURE,...],..."
                    + " --out FILE [--as-of-column COLUMN] [--time-unit s|ms|us|ns] [--time-zone ZONE] [--key FIELD=COLUMN]... [--archive DIR]"
                    + " [--max-age DURATION] [--delay DURATION] [--horizon DURATION] [--warming leave-out|keep] [--overwrite]"
                    + " [--config <freshet.yaml>] [--<setting> <value>]...";

    TrainingArguments {
        others = List.copyOf(others);
    }

    /** Takes the options out of a command line. */
    static TrainingArguments read(String[] arguments) throws TrainingException {
        Map<String, String> given = new HashMap<>();
        Map<String, String> keys = new HashMap<>();
        List<String> others = new ArrayList<>();
        boolean overwrite = false;
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i];
            if (name.equals("--overwrite")) {
                overwrite = true;
                continue;
            }
            if (i + 1 == arguments.length) {
                throw new TrainingException("Cannot read " + name + ": it has no value. Usage: " + USAGE);
            }
            String value = arguments[++i];
            switch (name) {
                case "--key" -> keys.put(before(value), value.substring(value.indexOf('=') + 1));
                case "--spine",
                        "--views",
                        "--out",
                        "--as-of-column",
                        "--time-unit",
                        "--time-zone",
                        "--archive",
                        "--max-age",
                        "--delay",
                        "--horizon",
                        "--warming" -> given.put(name, value);
                default -> others.addAll(List.of(name, value));
            }
        }
        TrainingOptions options = new TrainingOptions(
                required(given, "--spine"),
                required(given, "--views"),
                required(given, "--out"),
                given.getOrDefault("--as-of-column", TrainingOptions.TIME_COLUMN),
                new TimeForm(unit(given.getOrDefault("--time-unit", "ms")), zone(given.get("--time-zone"))),
                keys,
                Optional.ofNullable(given.get("--archive")),
                duration(given, "--max-age"),
                duration(given, "--delay"),
                duration(given, "--horizon").orElse(Duration.ZERO),
                keepsWarming(given.getOrDefault("--warming", "leave-out")),
                overwrite);
        return new TrainingArguments(options, others);
    }

    private static String before(String pair) throws TrainingException {
        int equals = pair.indexOf('=');
        if (equals < 1) {
            throw new TrainingException("Cannot read --key '" + pair + "', expected FIELD=COLUMN");
        }
        return pair.substring(0, equals);
    }

    private static String required(Map<String, String> given, String name) throws TrainingException {
        String value = given.get(name);
        if (value == null) {
            throw new TrainingException("Missing option " + name + ". Usage: " + USAGE);
        }
        return value;
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
