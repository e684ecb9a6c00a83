/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the runs of one contestant gave.
 *
 * @param name the contestant
 * @param eventsPerSecond one figure per counted run
 * @param cpuMicrosPerEvent CPU time of the whole process per event, one figure per counted run, in microseconds
 */
record Measurement(String name, List<Double> eventsPerSecond, List<Double> cpuMicrosPerEvent) {

    /** The middle one; the lower of the two middle ones where their number is even. */
    static double median(List<Double> figures) {
        double[] sorted =
                figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[(sorted.length - 1) / 2];
    }

    double medianEventsPerSecond() {
        return median(eventsPerSecond);
    }

    /** A line of the table, with the ratio to another contestant's median throughput. */
    String line(Measurement baseline) {
        double[] sorted = eventsPerSecond.stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT,
                "%-34s %,12.0f %,12.0f %,12.0f %10.2f %9.1fx",
                name,
                medianEventsPerSecond(),
                sorted[0],
                sorted[sorted.length - 1],
                median(cpuMicrosPerEvent),
                medianEventsPerSecond() / baseline.medianEventsPerSecond());
    }

    static String heading() {
        return String.format(
                "%-34s %12s %12s %12s %10s %10s", "", "events/s", "least", "most", "CPU us/ev", "to Flink's");
    }

    @Override
    public String toString() {
        return name + " " + Arrays.toString(eventsPerSecond.toArray());
    }
}
