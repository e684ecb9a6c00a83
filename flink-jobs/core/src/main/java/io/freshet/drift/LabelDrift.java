/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the relation of a column to the label has changed.
 *
 * <p>For labels 0 and 1 the column is cut into bins as for the PSI, nulls being one more; r is the share of ones in a bin,
 * w the mean of the shares that the bin has of both sides' rows. The change is the sum over bins of w * |r2 - r1|, divided
 * by 2 * p * (1 - p) where p is the mean share of ones. It is 0 where equal values go with equal labels, whatever became of
 * the values; 1 where the column told all about the label and tells nothing now; at most 2, where all is turned round and p
 * is a half. A bin that one side does not have tells nothing.
 *
 * <p>For other numbers it is the difference of Pearson's correlations; of texts with such labels there is none.
 *
 * @param change as above; NaN where it cannot be told
 * @param chance what it reaches by chance in 1 of 1,000 comparisons
 * @param strength how much the column tells of the label, both sides: a correlation, or the information value, the sum of
 *     (g - b) * ln(g / b) over bins that hold a share g of the ones and b of the zeros (Siddiqi 2006; formed as the PSI)
 * @param information mutual information of bin and label in bits, both sides; NaN where labels are not binary
 * @param rates the bins; none where labels are not binary
 */
public record LabelDrift(double change, double chance, Pair strength, Pair information, List<Rate> rates) {

    private static final int PARTS = 10;

    public LabelDrift {
        rates = List.copyOf(rates);
    }

    /** Whether labels are 0 and 1. */
    public boolean isBinary() {
        return !rates.isEmpty();
    }

    /** The same thing of both sides. */
    public record Pair(double baseline, double against) {}

    /**
     * A bin and its labels.
     *
     * @param name what is in it, for people
     * @param baseline rows of the baseline in it
     * @param baselineOnes those labelled 1
     * @param against rows of the other in it
     * @param againstOnes those labelled 1
     */
    public record Rate(String name, long baseline, long baselineOnes, long against, long againstOnes) {

        /** Share of ones in the baseline; NaN of no rows. */
        public double baselineRate() {
            return baselineOnes / (double) baseline;
        }

        /** Share of ones in the other; NaN of no rows. */
        public double againstRate() {
            return againstOnes / (double) against;
        }
    }

    /** Compares a column of two profiles with labels; empty where there is no such comparison. */
    static Optional<LabelDrift> of(LabelProfile baseline, LabelProfile against, boolean binary) {
        if (baseline.labelled().rows() == 0 || against.labelled().rows() == 0) {
            return Optional.empty();
        }
        if (binary) {
            return Optional.of(ofRates(rates(baseline, against)));
        }
        if (baseline.labelled().kind() == ColumnProfile.Kind.CATEGORY) {
            return Optional.empty();
        }
        double before = baseline.products().correlation();
        double after = against.products().correlation();
        double chance = Chance.correlation(
                (before + after) / 2,
                baseline.products().count(),
                against.products().count());
        return Optional.of(new LabelDrift(
                Math.abs(after - before),
                chance,
                new Pair(before, after),
                new Pair(Double.NaN, Double.NaN),
                List.of()));
    }

    private static List<Rate> rates(LabelProfile baseline, LabelProfile against) {
        Cuts cuts = Cuts.ofBaseline(baseline.labelled(), against.labelled(), PARTS);
        long[] before = cuts.counts(baseline.labelled());
        long[] beforeOnes = cuts.counts(baseline.positives());
        long[] after = cuts.counts(against.labelled());
        long[] afterOnes = cuts.counts(against.positives());
        List<Rate> rates = new ArrayList<>();
        for (int i = 0; i < before.length; i++) {
            rates.add(new Rate(cuts.names().get(i), before[i], beforeOnes[i], after[i], afterOnes[i]));
        }
        rates.add(new Rate(
                "null",
                baseline.labelled().nulls(),
                baseline.positives().nulls(),
                against.labelled().nulls(),
                against.positives().nulls()));
        rates.removeIf(rate -> rate.baseline() == 0 && rate.against() == 0);
        return rates;
    }

    private static LabelDrift ofRates(List<Rate> rates) {
        long[] before = rates.stream().mapToLong(Rate::baseline).toArray();
        long[] beforeOnes = rates.stream().mapToLong(Rate::baselineOnes).toArray();
        long[] after = rates.stream().mapToLong(Rate::against).toArray();
        long[] afterOnes = rates.stream().mapToLong(Rate::againstOnes).toArray();
        double n = Divergence.total(before);
        double m = Divergence.total(after);
        double ones = (Divergence.total(beforeOnes) / n + Divergence.total(afterOnes) / m) / 2;
        double scale = 2 * ones * (1 - ones);
        double change = 0;
        double deviations = 0;
        double squares = 0;
        for (Rate rate : rates) {
            if (rate.baseline() != 0 && rate.against() != 0) {
                double weight = (rate.baseline() / n + rate.against() / m) / 2;
                double mean = (rate.baselineOnes() + rate.againstOnes()) / (double) (rate.baseline() + rate.against());
                double deviation =
                        weight * Math.sqrt(mean * (1 - mean) * (1.0 / rate.baseline() + 1.0 / rate.against()));
                change += weight * Math.abs(rate.againstRate() - rate.baselineRate());
                deviations += deviation;
                squares += deviation * deviation;
            }
        }
        return new LabelDrift(
                scale == 0 ? Double.NaN : change / scale,
                Chance.absolutes(deviations, squares) / scale,
                new Pair(informationValue(before, beforeOnes), informationValue(after, afterOnes)),
                new Pair(information(before, beforeOnes), information(after, afterOnes)),
                rates);
    }

    private static double informationValue(long[] all, long[] ones) {
        long[] zeros = new long[all.length];
        for (int i = 0; i < all.length; i++) {
            zeros[i] = all[i] - ones[i];
        }
        return Divergence.psi(zeros, ones);
    }

    /** Entropy of the label less what is left of it within bins. */
    private static double information(long[] all, long[] ones) {
        double n = Divergence.total(all);
        double bits = entropy(Divergence.total(ones) / n);
        for (int i = 0; i < all.length; i++) {
            bits -= all[i] == 0 ? 0 : all[i] / n * entropy(ones[i] / (double) all[i]);
        }
        return Math.max(0, bits);
    }

    private static double entropy(double share) {
        return share <= 0 || share >= 1
                ? 0
                : -(share * Math.log(share) + (1 - share) * Math.log1p(-share)) / Math.log(2);
    }
}
