/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.drift;

/**
 * What measures reach by chance alone: a greater value comes about in 1 of 1,000 comparisons of samples that were drawn,
 * value by value, from one distribution. Values of one entity follow each other, so chance does a little more than this.
 */
final class Chance {

    private static final double PROBABILITY = 0.001;
    /** Quantiles of the normal distribution: 0.1 % lie above the one, 0.1 % beyond the other on both sides. */
    private static final double ONE_SIDED = 3.0902;

    private static final double TWO_SIDED = 3.2905;

    private Chance() {}

    /**
     * Of the PSI: (1 / n + 1 / m) * chi-square of bins - 1 degrees of freedom (Yurdakul and Naranjo, Statistical
     * properties of the population stability index, Journal of Risk Model Validation 14, 2020).
     *
     * @param bins how many bins hold values
     */
    static double psi(double n, double m, int bins) {
        return bins < 2 ? 0 : (1 / n + 1 / m) * chiSquare(bins - 1);
    }

    /** Of the Jensen-Shannon divergence, in bits: near 0, in nats, it is an eighth of the PSI. */
    static double jensenShannon(double n, double m, int bins) {
        return psi(n, m, bins) / 8 / Math.log(2);
    }

    /** Of the Kolmogorov-Smirnov statistic: sqrt(ln(2 / p) / 2) * sqrt(1 / n + 1 / m) (Smirnov 1948). */
    static double kolmogorovSmirnov(double n, double m) {
        return Math.sqrt(Math.log(2 / PROBABILITY) / 2 * (1 / n + 1 / m));
    }

    /** Of the difference of two shares of one expectation, here that of both together. */
    static double share(double share, double n, double m) {
        return TWO_SIDED * Math.sqrt(share * (1 - share) * (1 / n + 1 / m));
    }

    /** Of the difference of two correlations, by Fisher's transformation: 1 - r^2 is the slope of its inverse. */
    static double correlation(double mean, double n, double m) {
        return n <= 3 || m <= 3
                ? Double.POSITIVE_INFINITY
                : TWO_SIDED * Math.sqrt(1 / (n - 3) + 1 / (m - 3)) * (1 - mean * mean);
    }

    /** Of a sum of absolute values of normal variables: each has a mean of deviation * sqrt(2 / pi). */
    static double absolutes(double sumOfDeviations, double sumOfSquaredDeviations) {
        return sumOfDeviations * Math.sqrt(2 / Math.PI)
                + ONE_SIDED * Math.sqrt(sumOfSquaredDeviations * (1 - 2 / Math.PI));
    }

    /** The quantile of chi-square, by Wilson and Hilferty (1931): within 3 %. */
    static double chiSquare(int degrees) {
        double spread = 2.0 / (9 * degrees);
        return degrees * Math.pow(1 - spread + ONE_SIDED * Math.sqrt(spread), 3);
    }
}
