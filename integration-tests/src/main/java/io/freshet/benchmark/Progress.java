/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import java.util.Map;
import java.util.stream.Collectors;

/** Tells whoever waits how far it is, on the standard error. */
final class Progress {

    private Progress() {}

    /** A run has ended; round 0 warms up. */
    static void show(Result result, int round, int rounds, Map<Figure, Double> figures) {
        String values = figures.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getKey().text(each.getValue()) + " "
                        + each.getKey().label())
                .collect(Collectors.joining(", "));
        String when = round == 0 ? "warm-up" : "round " + round + " of " + rounds;
        System.err.println(result.group() + " | " + result.name() + " | " + when + " | " + values);
    }
}
