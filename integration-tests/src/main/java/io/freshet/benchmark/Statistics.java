/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import java.util.Collection;

/** Plain statistics of a few figures. */
final class Statistics {

    private Statistics() {}

    /** The middle one; the mean of the two middle ones where their number is even. */
    static double median(Collection<Double> figures) {
        double[] sorted = sorted(figures);
        int upper = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[upper] : (sorted[upper - 1] + sorted[upper]) / 2;
    }

    /** The least figure that at least this share of all does not exceed (nearest rank). */
    static double quantile(Collection<Double> figures, double share) {
        double[] sorted = sorted(figures);
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    static double least(Collection<Double> figures) {
        return sorted(figures)[0];
    }

    static double most(Collection<Double> figures) {
        double[] sorted = sorted(figures);
        return sorted[sorted.length - 1];
    }

    private static double[] sorted(Collection<Double> figures) {
        if (figures.isEmpty()) {
            throw new IllegalArgumentException("Cannot tell the statistics of no figures");
        }
        return figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }
}
