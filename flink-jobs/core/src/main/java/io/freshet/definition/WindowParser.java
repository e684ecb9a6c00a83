/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import java.time.Duration;
import java.util.Optional;

/** Reads windows: {@code 1h}, {@code 1d/5m} (hop stated), {@code 1h/exact} (no hop), {@code lifetime} (no tail). */
final class WindowParser {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long[] STEPS = {
        24 * HOUR, 6 * HOUR, HOUR, 15 * MINUTE, 5 * MINUTE, MINUTE, 30 * SECOND, 10 * SECOND, 5 * SECOND, SECOND
    };
    private static final int FEWEST_TILES = 60;

    private WindowParser() {}

    /** The window, or empty where the text is none, which is then a problem. */
    static Optional<Window> parse(FeatureView.Text text, Problems problems) {
        String written = text.text().strip();
        if (written.equals(Window.LIFETIME.label())) {
            return Optional.of(Window.LIFETIME);
        }
        String[] parts = written.split("/", -1);
        Optional<Duration> length = Durations.parse(parts[0]).filter(found -> !found.isZero());
        if (length.isEmpty() || parts.length > 2) {
            problems.add(
                    text,
                    0,
                    "Cannot read window '" + written
                            + "': expected a length such as 1h, 1d/5m (hop stated), 1h/exact or lifetime");
            return Optional.empty();
        }
        long lengthMillis = length.get().toMillis();
        if (parts.length == 1) {
            return Optional.of(new Window(parts[0], lengthMillis, defaultHopMillis(lengthMillis)));
        }
        return hop(text, parts[0], parts[1], problems)
                .filter(hopMillis -> fits(text, lengthMillis, hopMillis, problems))
                .map(hopMillis -> new Window(parts[0], lengthMillis, hopMillis));
    }

    private static Optional<Long> hop(FeatureView.Text text, String length, String hop, Problems problems) {
        if (hop.equals("exact")) {
            return Optional.of(1L);
        }
        Optional<Duration> found = Durations.parse(hop).filter(duration -> !duration.isZero());
        if (found.isEmpty()) {
            problems.add(
                    text,
                    length.length() + 1,
                    "Cannot read hop '" + hop + "': expected exact, or " + Durations.EXPECTED.substring(9));
        }
        return found.map(Duration::toMillis);
    }

    private static boolean fits(FeatureView.Text text, long lengthMillis, long hopMillis, Problems problems) {
        if (lengthMillis % hopMillis != 0) {
            problems.add(
                    text,
                    0,
                    "Cannot cut a window of " + Durations.format(lengthMillis) + " by a hop of "
                            + Durations.format(hopMillis)
                            + ": the window must be a whole number of hops; the default hop would be "
                            + Durations.format(defaultHopMillis(lengthMillis)));
            return false;
        }
        return true;
    }

    /** The largest step that divides the length and is not above a sixtieth of it; 1 ms where none fits. */
    static long defaultHopMillis(long lengthMillis) {
        for (long step : STEPS) {
            if (lengthMillis % step == 0 && step <= lengthMillis / FEWEST_TILES) {
                return step;
            }
        }
        return 1;
    }
}
