/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.example.training;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How well scores tell positives from negatives.
 *
 * @param auc area under the ROC curve: the chance that a positive scores above a negative, ties counting half
 * @param averagePrecision mean over the positives of the precision at their score, as scikit-learn computes it: the sum
 *     over thresholds of precision times the recall that is gained there
 * @param examples how many were scored
 * @param positives how many of them are positive
 */
public record Quality(double auc, double averagePrecision, int examples, int positives) {

    /**
     * The quality of these scores; NaN where there are only positives or only negatives.
     *
     * @param scores one per example, none NaN
     * @param positive one per example
     */
    public static Quality of(double[] scores, List<Boolean> positive) {
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int positives = (int) positive.stream().filter(label -> label).count();
        long negatives = (long) scores.length - positives;
        long above = 0;
        long below = 0;
        double pairs = 0;
        double precision = 0;
        // Examples of one score stand or fall together: one step of the threshold takes them all.
        for (int from = 0; from < order.length; ) {
            int to = from;
            int hits = 0;
            while (to < order.length && scores[order[to]] == scores[order[from]]) {
                hits += positive.get(order[to]) ? 1 : 0;
                to++;
            }
            int misses = to - from - hits;
            pairs += hits * (negatives - below - misses / 2.0);
            above += hits;
            below += misses;
            precision += hits * ((double) above / (above + below));
            from = to;
        }
        return new Quality(
                pairs / ((double) positives * negatives),
                negatives == 0 ? Double.NaN : precision / positives,
                scores.length,
                positives);
    }
}
