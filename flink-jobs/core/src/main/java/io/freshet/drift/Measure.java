/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.drift;

import java.util.Locale;

/**
 * One number by which a column of two profiles differs.
 *
 * @param name which
 * @param value 0 for no difference; NaN where it cannot be told, for one side has no values
 * @param threshold above which it is too much; infinite for never
 * @param chance what two samples of one distribution reach in 1 of 1,000 comparisons
 */
public record Measure(Name name, double value, double threshold, double chance) {

    /** The measures, named as in a view's {@code drift}. */
    public enum Name {
        /** Population stability index over tenths of the baseline. */
        PSI,
        /** Jensen-Shannon divergence in bits, over twentieths of both. */
        JS,
        /** Statistic of Kolmogorov and Smirnov; of numbers only. */
        KS,
        /** Difference of the shares of nulls. */
        NULLS,
        /** Change in the relation to the label. */
        LABEL;

        /** As written in a view: lower case. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether the value is above the threshold, and more than chance does. */
    public boolean isCrossed() {
        return value > threshold && value > chance;
    }

    /** Whether the value is above the threshold, but among so few rows chance alone would do that. */
    public boolean isChance() {
        return value > threshold && value <= chance;
    }

    /** Whether the value is known. */
    public boolean isKnown() {
        return !Double.isNaN(value);
    }

    /** The value in thresholds: 0 of none, above 1 where it is too much. */
    public double severity() {
        return isKnown() && value > 0 ? value / threshold : 0;
    }
}
