/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import java.util.Map;

/**
 * How far the columns of a view may drift: what {@code freshet drift} holds against them.
 *
 * @param view the limits of columns that have none of their own
 * @param columns the limits of others, by name of column
 */
public record DriftLimits(Limits view, Map<String, Limits> columns) {

    /** What holds where a view says nothing. */
    public static final DriftLimits DEFAULT = new DriftLimits(Limits.DEFAULT, Map.of());

    public DriftLimits {
        columns = Map.copyOf(columns);
    }

    /**
     * The greatest values that are still no drift; infinite for any.
     *
     * @param psi population stability index, 0 or more
     * @param js Jensen-Shannon divergence in bits, 0 to 1
     * @param ks statistic of Kolmogorov and Smirnov, 0 to 1
     * @param nulls difference of the shares of nulls, 0 to 1
     * @param label change in the relation to the label, 0 to 2
     */
    public record Limits(double psi, double js, double ks, double nulls, double label) {

        /** 0.2 lies between the 0.1 and the 0.25 of the rule of thumb for the PSI (Siddiqi, Credit Risk Scorecards, 2006). */
        public static final Limits DEFAULT = new Limits(0.2, 0.1, 0.15, 0.05, 0.1);
    }

    /** The limits of a column. */
    public Limits of(String column) {
        return columns.getOrDefault(column, view);
    }
}
