/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.drift;

import java.util.Arrays;

/** How far two distributions are apart. Counts are of the same bins; NaN where one side has no values. */
final class Divergence {

    /** Stands for the count of a bin that is empty on one side, so that its logarithm exists. */
    private static final double EMPTY = 0.5;

    private Divergence() {}

    /**
     * Population stability index: the sum over bins of (a - b) * ln(a / b), b the share of the baseline in the bin and a
     * that of the other: the symmetrized divergence of Kullback and Leibler (1951), Jeffreys' (1946). 0 for equal shares;
     * by a rule of thumb below 0.1 a little change, up to 0.25 a moderate one, above that one to act on (Siddiqi, Credit
     * Risk Scorecards, 2006). An empty bin counts as half a value; a bin that is empty on both sides is passed over.
     */
    static double psi(long[] baseline, long[] against) {
        double all = total(baseline);
        double others = total(against);
        if (all == 0 || others == 0) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = 0; i < baseline.length; i++) {
            if (baseline[i] != 0 || against[i] != 0) {
                double b = Math.max(EMPTY, baseline[i]) / all;
                double a = Math.max(EMPTY, against[i]) / others;
                sum += (a - b) * Math.log(a / b);
            }
        }
        return sum;
    }

    /**
     * Jensen-Shannon divergence in bits, from 0 for equal shares to 1 where no bin has values of both (Lin, IEEE Trans.
     * Inf. Theory 37, 1991): the mean of the divergences of both from m, the mean of both: half the sum of
     * a * log2(a / m) + b * log2(b / m).
     */
    static double jensenShannon(long[] baseline, long[] against) {
        double all = total(baseline);
        double others = total(against);
        if (all == 0 || others == 0) {
            return Double.NaN;
        }
        double nats = 0;
        for (int i = 0; i < baseline.length; i++) {
            double b = baseline[i] / all;
            double a = against[i] / others;
            nats += term(b, (a + b) / 2) + term(a, (a + b) / 2);
        }
        return Math.max(0, nats / 2 / Math.log(2));
    }

    private static double term(double share, double mean) {
        return share == 0 ? 0 : share * Math.log(share / mean);
    }

    /**
     * Statistic of Kolmogorov and Smirnov: the greatest difference between the shares of values up to x, over all x (here
     * all bounds of the histograms' bins). The true one is not less, and greater by no more than the share of values in a
     * single bin, 0.1 % wide; of whole numbers below 1,000 it is exact.
     */
    static double kolmogorovSmirnov(Histogram baseline, Histogram against) {
        Histogram one = baseline.withBinsOf(against);
        Histogram other = against.withBinsOf(baseline);
        if (one.total() == 0 || other.total() == 0) {
            return Double.NaN;
        }
        double greatest = 0;
        long below = 0;
        long othersBelow = 0;
        int i = 0;
        int j = 0;
        while (i < one.size() && j < other.size()) {
            int order = Integer.compare(one.key(i), other.key(j));
            below += order <= 0 ? one.count(i++) : 0;
            othersBelow += order >= 0 ? other.count(j++) : 0;
            greatest =
                    Math.max(greatest, Math.abs(below / (double) one.total() - othersBelow / (double) other.total()));
        }
        return greatest;
    }

    static double total(long[] counts) {
        return Arrays.stream(counts).sum();
    }

    static int filled(long[] baseline, long[] against) {
        int filled = 0;
        for (int i = 0; i < baseline.length; i++) {
            filled += baseline[i] != 0 || against[i] != 0 ? 1 : 0;
        }
        return filled;
    }
}
