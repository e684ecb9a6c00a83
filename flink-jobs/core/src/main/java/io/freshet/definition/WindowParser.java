/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.expression.Durations;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads windows: {@code 1h}, {@code 1d/5m} (hop stated), {@code 1h/exact} (no hop), {@code 7d offset 7d} (the 7 days
 * before the last 7), {@code 24 x 1h} (a list of the last 24 hours), {@code lifetime} (no tail).
 */
final class WindowParser {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long[] STEPS = {
        24 * HOUR, 6 * HOUR, HOUR, 15 * MINUTE, 5 * MINUTE, MINUTE, 30 * SECOND, 10 * SECOND, 5 * SECOND, SECOND
    };
    private static final int FEWEST_TILES = 60;

    /** The most windows of a series: each has its own partial state. */
    private static final int LONGEST_SERIES = 1_000;

    private static final long LONGEST_MILLIS = Duration.ofDays(36_500).toMillis();

    private static final Pattern FORM =
            Pattern.compile("(?:([0-9]{1,9})\\s*x\\s*)?([^\\s/]+)(?:/([^\\s/]+))?(?:\\s+offset\\s+([^\\s/]+))?");

    private final FeatureView.Text text;
    private final Problems problems;

    private WindowParser(FeatureView.Text text, Problems problems) {
        this.text = text;
        this.problems = problems;
    }

    /** The window, or empty where the text is none, which is then a problem. */
    static Optional<Window> parse(FeatureView.Text text, Problems problems) {
        String written = text.text().strip();
        if (written.equals(Window.LIFETIME.label())) {
            return Optional.of(Window.LIFETIME);
        }
        Matcher form = FORM.matcher(written);
        Optional<Duration> length =
                form.matches() ? Durations.parse(form.group(2)).filter(found -> !found.isZero()) : Optional.empty();
        if (length.isEmpty()) {
            problems.add(
                    text,
                    0,
                    "Cannot read window '" + written
                            + "': expected a length such as 1h, 1d/5m (hop stated), 1h/exact, 7d offset 7d, 24 x 1h or"
                            + " lifetime");
            return Optional.empty();
        }
        return new WindowParser(text, problems).window(form, length.get().toMillis());
    }

    private Optional<Window> window(Matcher form, long length) {
        Optional<Long> offset = offset(form);
        Optional<Long> hop = hop(form, length, offset.orElse(0L));
        Optional<Integer> count = count(form);
        if (offset.isEmpty() || hop.isEmpty() || count.isEmpty() || !fits(length, hop.get(), offset.get())) {
            return Optional.empty();
        }
        if (length > (LONGEST_MILLIS - offset.get()) / count.get()) {
            problems.add(text, 0, "Cannot look back that far: expected 36500d or less in all");
            return Optional.empty();
        }
        String label = (form.group(1) == null ? "" : count.get() + "x")
                + form.group(2)
                + (form.group(4) == null ? "" : "_offset_" + form.group(4));
        return Optional.of(new Window(label, length, hop.get(), offset.get(), count.get()));
    }

    private Optional<Long> offset(Matcher form) {
        if (form.group(4) == null) {
            return Optional.of(0L);
        }
        Optional<Duration> found = Durations.parse(form.group(4)).filter(duration -> !duration.isZero());
        if (found.isEmpty()) {
            problems.add(text, form.start(4), "Cannot read offset '" + form.group(4) + "': " + Durations.EXPECTED);
        }
        return found.map(Duration::toMillis);
    }

    private Optional<Integer> count(Matcher form) {
        if (form.group(1) == null) {
            return Optional.of(1);
        }
        int count = Integer.parseInt(form.group(1));
        if (count < 2 || count > LONGEST_SERIES) {
            problems.add(
                    text,
                    form.start(1),
                    "Cannot make a series of " + count + " windows: expected 2 to " + LONGEST_SERIES);
            return Optional.empty();
        }
        return Optional.of(count);
    }

    private Optional<Long> hop(Matcher form, long length, long offset) {
        String hop = form.group(3);
        if (hop == null) {
            return Optional.of(defaultHopMillis(length, offset));
        }
        if (hop.equals("exact")) {
            return Optional.of(1L);
        }
        Optional<Duration> found = Durations.parse(hop).filter(duration -> !duration.isZero());
        if (found.isEmpty()) {
            problems.add(
                    text,
                    form.start(3),
                    "Cannot read hop '" + hop + "': expected exact, or " + Durations.EXPECTED.substring(9));
        }
        return found.map(Duration::toMillis);
    }

    private boolean fits(long length, long hop, long offset) {
        if (length % hop == 0 && offset % hop == 0) {
            return true;
        }
        String what = length % hop == 0
                ? "Cannot set a window back by " + Durations.format(offset) + " with a hop of " + Durations.format(hop)
                        + ": the offset must be a whole number of hops"
                : "Cannot cut a window of " + Durations.format(length) + " by a hop of " + Durations.format(hop)
                        + ": the window must be a whole number of hops";
        problems.add(
                text, 0, what + "; the default hop would be " + Durations.format(defaultHopMillis(length, offset)));
        return false;
    }

    /** The largest step that divides the length and is not above a sixtieth of it; 1 ms where none fits. */
    static long defaultHopMillis(long lengthMillis) {
        return defaultHopMillis(lengthMillis, 0);
    }

    private static long defaultHopMillis(long lengthMillis, long offsetMillis) {
        for (long step : STEPS) {
            if (lengthMillis % step == 0 && offsetMillis % step == 0 && step <= lengthMillis / FEWEST_TILES) {
                return step;
            }
        }
        return 1;
    }
}
