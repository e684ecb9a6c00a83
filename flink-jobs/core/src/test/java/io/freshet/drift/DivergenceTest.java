/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against values worked out by hand, and against samples that are looked at one by one. */
class DivergenceTest {

    @Test
    void psiIsWhatAPencilGives() {
        // (0.4 - 0.5) ln 0.8 + 0 + (0.3 - 0.2) ln 1.5
        assertThat(Divergence.psi(new long[] {50, 30, 20}, new long[] {40, 30, 30}))
                .isCloseTo(0.062_860_9, within(1e-7));
        // An empty bin counts as half: (0.5 / 100 - 0.1) ln 0.05 + (1 - 0.9) ln(1 / 0.9)
        assertThat(Divergence.psi(new long[] {10, 90, 0}, new long[] {0, 100, 0}))
                .isCloseTo(0.295_130_6, within(1e-7));
        assertThat(Divergence.psi(new long[] {1, 2}, new long[] {10, 20})).isZero();
        assertThat(Divergence.psi(new long[] {1, 2}, new long[2])).isNaN();
    }

    @Test
    void jensenShannonIsWhatAPencilGives() {
        // m = (3/4, 1/4): (0.5 log2 2/3 + 0.5 log2 2 + log2 4/3) / 2
        assertThat(Divergence.jensenShannon(new long[] {1, 1}, new long[] {7, 0}))
                .isCloseTo(0.311_278_1, within(1e-7));
        assertThat(Divergence.jensenShannon(new long[] {5, 0}, new long[] {0, 3}))
                .isCloseTo(1, within(1e-12));
        assertThat(Divergence.jensenShannon(new long[] {5, 10}, new long[] {10, 20}))
                .isZero();
    }

    @Test
    void kolmogorovSmirnovOfWholeNumbersIsThatOfTheSample() {
        // Up to 2 are 2 of 4 and 0 of 2.
        assertThat(Divergence.kolmogorovSmirnov(HistogramTest.of(1, 2, 3, 4), HistogramTest.of(3, 4)))
                .isEqualTo(0.5);
        assertThat(Divergence.kolmogorovSmirnov(HistogramTest.of(1, 1), HistogramTest.of(9)))
                .isEqualTo(1);
        assertThat(Divergence.kolmogorovSmirnov(new Histogram(), HistogramTest.of(9)))
                .isNaN();
        Random random = new Random(2);
        for (int round = 0; round < 20; round++) {
            double[] one =
                    random.doubles(500).map(u -> Math.floor(u * u * 400) - 100).toArray();
            double[] other =
                    random.doubles(300).map(u -> Math.floor(u * 300) - 100).toArray();
            assertThat(Divergence.kolmogorovSmirnov(HistogramTest.of(one), HistogramTest.of(other)))
                    .isCloseTo(plainKolmogorovSmirnov(one, other), within(1e-12));
        }
    }

    @Test
    void kolmogorovSmirnovOfDoublesIsLowByNoMoreThanAFullBin() {
        Random random = new Random(3);
        for (int round = 0; round < 20; round++) {
            double shift = round / 10.0;
            double[] one = random.doubles(2_000).map(u -> 1 / (u + 1e-9)).toArray();
            double[] other =
                    random.doubles(900).map(u -> 1.1 / (u + 1e-9) - shift).toArray();
            Histogram first = HistogramTest.of(one);
            Histogram second = HistogramTest.of(other);
            double found = Divergence.kolmogorovSmirnov(first, second);
            double exact = plainKolmogorovSmirnov(one, other);
            assertThat(found).isBetween(exact - fullest(first) - fullest(second), exact + 1e-12);
        }
    }

    private static double fullest(Histogram histogram) {
        long most = 0;
        for (int i = 0; i < histogram.size(); i++) {
            most = Math.max(most, histogram.count(i));
        }
        return most / (double) histogram.total();
    }

    private static double plainKolmogorovSmirnov(double[] one, double[] other) {
        double greatest = 0;
        for (double[] sample : new double[][] {one, other}) {
            for (double x : sample) {
                greatest = Math.max(greatest, Math.abs(shareUpTo(x, one) - shareUpTo(x, other)));
            }
        }
        return greatest;
    }

    private static double shareUpTo(double x, double[] sample) {
        return Arrays.stream(sample).filter(value -> value <= x).count() / (double) sample.length;
    }

    @Test
    void quantilesOfChiSquareAreThoseOfTheTables() {
        assertThat(Chance.chiSquare(1)).isCloseTo(10.828, within(0.33));
        assertThat(Chance.chiSquare(3)).isCloseTo(16.266, within(0.3));
        assertThat(Chance.chiSquare(9)).isCloseTo(27.877, within(0.3));
        assertThat(Chance.chiSquare(19)).isCloseTo(43.820, within(0.3));
    }
}
