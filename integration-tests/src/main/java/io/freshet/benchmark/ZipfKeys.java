/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import java.util.Random;

/** Keys drawn from Zipf's law (exponent 1): key of rank r is drawn in proportion to 1 / r. */
final class ZipfKeys {

    private static final int DRAWS = 1 << 20;

    private final int[] draws = new int[DRAWS];

    /** A fixed sequence of draws among that many keys; it repeats after 2^20. */
    ZipfKeys(int keys, long seed) {
        double[] cumulative = new double[keys];
        double sum = 0;
        for (int rank = 0; rank < keys; rank++) {
            sum += 1.0 / (rank + 1);
            cumulative[rank] = sum;
        }
        Random random = new Random(seed);
        for (int i = 0; i < DRAWS; i++) {
            int at = java.util.Arrays.binarySearch(cumulative, random.nextDouble() * sum);
            draws[i] = Math.min(keys - 1, at >= 0 ? at : -at - 1);
        }
    }

    /** The key of the n-th event. */
    int key(long n) {
        return draws[(int) (n & DRAWS - 1)];
    }
}
