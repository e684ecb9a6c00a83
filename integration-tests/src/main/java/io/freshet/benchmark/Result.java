/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the repetitions of one measurement gave.
 *
 * @param suite the suite it belongs to
 * @param group the results it is compared with, and what they have in common: a heading
 * @param name what was measured
 * @param parameters what it was measured with
 * @param figures by what was measured, one figure per repetition
 */
record Result(
        String suite, String group, String name, Map<String, Object> parameters, Map<Figure, List<Double>> figures) {

    Result(String suite, String group, String name, Map<String, Object> parameters) {
        this(suite, group, name, new TreeMap<>(parameters), new EnumMap<>(Figure.class));
    }

    /** Adds the figure of one repetition. */
    void add(Figure figure, double value) {
        figures.computeIfAbsent(figure, unused -> new ArrayList<>()).add(value);
    }

    /** Adds the figures of one repetition. */
    void add(Map<Figure, Double> values) {
        values.forEach(this::add);
    }

    /** Whether that was measured. */
    boolean has(Figure figure) {
        return figures.containsKey(figure);
    }

    /** The median of its repetitions. */
    double median(Figure figure) {
        return Statistics.median(figures.getOrDefault(figure, List.of()));
    }
}
