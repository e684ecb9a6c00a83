/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.demo;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the demo found, counted in the stores.
 *
 * @param events edits in the topic
 * @param rows committed rows in the histories
 * @param deadLetters committed events in the topic of dead letters
 * @param entities rows in the online store
 * @param freshnessP50Millis half of the rows could be read this long after Kafka took in their cause, ms
 * @param freshnessP99Millis as much for 99 of 100
 * @param seconds from the first event sent to the last row committed
 * @param startupSeconds until the stack and the job ran
 * @param checked values compared
 * @param mismatches values that differ
 * @param speed as asked for
 * @param seed what draws the values that are compared
 */
record Summary(
        long events,
        long rows,
        long deadLetters,
        long entities,
        double freshnessP50Millis,
        double freshnessP99Millis,
        double seconds,
        double startupSeconds,
        int checked,
        int mismatches,
        String speed,
        long seed) {

    /** For machines: names in snake case, times as their names say. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("events", events);
        fields.put("rows", rows);
        fields.put("dead_letters", deadLetters);
        fields.put("entities", entities);
        fields.put("events_per_second", Math.round(events / seconds));
        fields.put("freshness_p50_ms", freshnessP50Millis);
        fields.put("freshness_p99_ms", freshnessP99Millis);
        fields.put("seconds", rounded(seconds));
        fields.put("startup_seconds", rounded(startupSeconds));
        fields.put("checked", checked);
        fields.put("mismatches", mismatches);
        fields.put("speed", speed);
        fields.put("seed", seed);
        return fields;
    }

    /** For people. */
    String text() {
        return """
                events        %,12d
                rows          %,12d   in the histories, committed
                dead letters  %,12d
                entities      %,12d   in Redis
                events/s      %,12d   over %.1f s (start-up %.1f s apart)
                freshness     %9.0f ms   of half the rows; %.0f ms of 99 in 100
                spot check    %,12d   values against the oracle (seed %d): %d mismatches
                """.formatted(
                        events,
                        rows,
                        deadLetters,
                        entities,
                        Math.round(events / seconds),
                        seconds,
                        startupSeconds,
                        freshnessP50Millis,
                        freshnessP99Millis,
                        checked,
                        seed,
                        mismatches);
    }

    private static double rounded(double seconds) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.2f", seconds));
    }
}
