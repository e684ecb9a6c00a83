/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import io.freshet.eventfile.EventFiles;
import io.freshet.eventfile.NoEventFilesException;
import io.freshet.expression.Durations;
import io.freshet.job.ProgramArguments;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The options of a backfill on the command line of {@code flink run}, named as those of {@code freshet backfill}. */
final class BackfillArguments {

    static final String USAGE =
            "flink run -c io.freshet.backfill.BackfillJob <jar> --view VIEW[,VIEW...] [--from TIME] [--to TIME]"
                    + " [--delay DURATION] [--allow-zero-delay] [--files PATTERN]... [--files-hold-all]"
                    + " [--config <freshet.yaml>] [--<setting> <value>]...";

    private static final String ALLOW_ZERO_DELAY = "--allow-zero-delay";
    private static final String FILES_HOLD_ALL = "--files-hold-all";

    private BackfillArguments() {}

    static ProgramArguments read(String[] arguments) {
        ProgramArguments given = ProgramArguments.read(
                arguments,
                Set.of("--from", "--to", "--delay", "--files"),
                Set.of(ALLOW_ZERO_DELAY, FILES_HOLD_ALL),
                USAGE);
        if (!given.values().containsKey(ProgramArguments.VIEW)) {
            throw new IllegalArgumentException("Missing option --view. Usage: " + USAGE);
        }
        return given;
    }

    static BackfillSpec.Request request(ProgramArguments given) throws NoEventFilesException {
        List<String> files = given.values().getOrDefault("--files", List.of());
        boolean filesHoldAll = given.flags().contains(FILES_HOLD_ALL);
        if (filesHoldAll && files.isEmpty()) {
            throw new IllegalArgumentException("Cannot use --files-hold-all without --files");
        }
        long first = given.value("--from").map(text -> time("--from", text)).orElse(Long.MIN_VALUE);
        long end = given.value("--to").map(text -> time("--to", text)).orElse(Long.MAX_VALUE);
        if (first >= end) {
            throw new IllegalArgumentException("Cannot backfill an empty time: expected --to behind --from");
        }
        return new BackfillSpec.Request(new Span(first, end), delay(given), EventFiles.find(files), filesHoldAll);
    }

    private static Optional<Duration> delay(ProgramArguments given) {
        Optional<Duration> delay = given.value("--delay")
                .map(text -> Durations.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "Cannot read --delay '" + text + "': " + Durations.EXPECTED)));
        if (delay.filter(Duration::isZero).isPresent() && !given.flags().contains(ALLOW_ZERO_DELAY)) {
            throw new IllegalArgumentException("Cannot backfill without a delay: a labelled event would find itself in"
                    + " its own features, expected at least 1ms (or " + ALLOW_ZERO_DELAY + ")");
        }
        return delay;
    }

    private static long time(String option, String text) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "Cannot read " + option + " '" + text + "', expected a time like 2026-01-31T12:00:00Z", e);
        }
    }
}
