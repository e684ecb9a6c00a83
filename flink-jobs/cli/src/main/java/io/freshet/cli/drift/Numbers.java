/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.drift;

import io.freshet.drift.ColumnDrift;
import io.freshet.drift.ColumnProfile;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them. */
final class Numbers {

    private static final MathContext FIGURES = new MathContext(4);
    private static final double GREATEST_PLAIN = 1e7;
    private static final double THOUSAND = 1000;
    private static final double LEAST_PLAIN = 1e-4;

    private Numbers() {}

    /** Four figures, {@code -} for NaN; what is whole, or above a thousand, to the one, up to ten million. */
    static String text(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "-" : value > 0 ? "infinite" : "-infinite";
        }
        double size = Math.abs(value);
        double figures = size < THOUSAND ? value : Math.rint(value);
        if (size < GREATEST_PLAIN && figures == Math.rint(figures)) {
            return String.format(Locale.ROOT, "%,d", (long) figures);
        }
        BigDecimal rounded = new BigDecimal(value).round(FIGURES).stripTrailingZeros();
        return size >= LEAST_PLAIN && size < GREATEST_PLAIN ? rounded.toPlainString() : rounded.toString();
    }

    /** As {@link #text}, with the unit of what is looked at of the column. */
    static String of(ColumnDrift column, double value) {
        boolean seconds = column.baseline().kind() == ColumnProfile.Kind.AGE && !Double.isNaN(value);
        return text(value) + (seconds ? " s" : "");
    }

    /** Three digits behind the point, {@code -} for NaN: a measure. */
    static String measure(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }

    /** A share in percent, {@code -} for NaN. */
    static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** A threshold. */
    static String limit(double threshold) {
        return Double.isInfinite(threshold) ? "any" : text(threshold);
    }

    /** The text, cut to a width. */
    static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 3) + "...";
    }
}
