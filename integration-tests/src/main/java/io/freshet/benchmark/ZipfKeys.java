/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import java.util.Random;

/** Keys drawn from Zipf's law (exponent 1): key of rank r is drawn in proportion to 1 / r. */
final class ZipfKeys {

    private static final int MOST_DRAWS_POWER = 22;

    private final int[] draws;

    /**
     * A fixed sequence of draws.
     *
     * @param keys number of keys; a million of them do not all occur
     * @param number number of draws that are needed; the sequence repeats after 2^22
     * @param seed of the draws
     */
    ZipfKeys(int keys, long number, long seed) {
        int power = Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, number - 1));
        draws = new int[1 << Math.min(power, MOST_DRAWS_POWER)];
        double[] cumulative = new double[keys];
        double sum = 0;
        for (int rank = 0; rank < keys; rank++) {
            sum += 1.0 / (rank + 1);
            cumulative[rank] = sum;
        }
        Random random = new Random(seed);
        for (int i = 0; i < draws.length; i++) {
            int at = java.util.Arrays.binarySearch(cumulative, random.nextDouble() * sum);
            draws[i] = Math.min(keys - 1, at >= 0 ? at : -at - 1);
        }
    }

    /** The key of the n-th event. */
    int key(long n) {
        return draws[(int) (n & draws.length - 1)];
    }
}
