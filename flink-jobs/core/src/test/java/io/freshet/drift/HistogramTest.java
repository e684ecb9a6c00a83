/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class HistogramTest {

    private static final double[] QUANTILES = {0, 0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999, 1};

    /** Samples that are hard to summarize, by what is hard about them; each of a uniform number from 0 to 1. */
    private static Map<String, DoubleUnaryOperator> hard() {
        Map<String, DoubleUnaryOperator> hard = new LinkedHashMap<>();
        hard.put("uniform", u -> u);
        hard.put("heavy tail", u -> Math.pow(1 - u, -2));
        hard.put("both signs", u -> Math.pow(u - 0.5, 5) * 1e6);
        hard.put("mostly zero", u -> u < 0.9 ? 0 : u);
        hard.put("tiny", u -> u * Double.MIN_NORMAL);
        hard.put("subnormal", u -> Math.ceil(u * 1000) * Double.MIN_VALUE);
        hard.put("great", u -> (u - 0.3) * Double.MAX_VALUE);
        hard.put("one value", u -> 42.5);
        hard.put("six decades", u -> Math.pow(10, 6 * u));
        return hard;
    }

    private static double[] sample(DoubleUnaryOperator of, int size, long seed) {
        Random random = new Random(seed);
        return random.doubles(size).map(of).toArray();
    }

    static Histogram of(double... values) {
        Histogram histogram = new Histogram();
        Arrays.stream(values).forEach(histogram::add);
        return histogram;
    }

    @Test
    void quantilesOfHardSamplesAreWithinTheStatedErrorOfTheTrueOrderStatistics() {
        hard().forEach((name, of) -> {
            double[] values = sample(of, 20_000, 7);
            Histogram histogram = of(values);
            Arrays.sort(values);
            for (double quantile : QUANTILES) {
                double exact = values[(int) Math.floor(quantile * (values.length - 1))];
                // A subnormal number has no 0.1 %: the next double may be further away.
                double error = Math.max(Math.abs(exact) * histogram.relativeError() * (1 + 1e-9), Double.MIN_VALUE);
                assertThat(histogram.quantile(quantile, false))
                        .as(name + " at " + quantile)
                        .isCloseTo(exact, within(error));
            }
        });
    }

    @Test
    void theErrorIsATenthOfAPercentUnlessTheRangeIsTooGreat() {
        assertThat(of(sample(u -> Math.pow(10, 6 * u), 50_000, 1)).relativeError())
                .isCloseTo(0.001, within(1e-6));
        Histogram all = new Histogram();
        for (int exponent = -1074; exponent < 1024; exponent++) {
            for (int part = 0; part < 40; part++) {
                double value = Math.scalb(1 + part / 40.0, exponent);
                all.add(value);
                all.add(-value);
            }
        }
        assertThat(all.size()).isLessThanOrEqualTo(16_384);
        assertThat(all.relativeError()).isBetween(0.01, 0.3);
        assertThat(all.total()).isEqualTo(2 * 40 * 2098);
    }

    @Test
    void partsMergeToWhatTheWholeGives() {
        hard().forEach((name, of) -> {
            double[] values = sample(of, 30_000, 11);
            Histogram whole = of(values);
            for (int cut : new int[] {0, 1, 10_000, values.length}) {
                Histogram merged = of(Arrays.copyOfRange(values, cut, values.length));
                merged.merge(of(Arrays.copyOf(values, cut)));
                assertSame(merged, whole, name);
            }
        });
    }

    @Test
    void partsOfUnequalRangeMergeToWhatTheWholeGives() {
        double[] narrow = sample(u -> 1 + u, 5_000, 3);
        double[] wide = sample(u -> Math.exp(1400 * (u - 0.5)), 20_000, 4);
        double[] both = new double[25_000];
        System.arraycopy(narrow, 0, both, 0, 5_000);
        System.arraycopy(wide, 0, both, 5_000, 20_000);
        Histogram merged = of(narrow);
        merged.merge(of(wide));
        assertSame(merged, of(both), "narrow and wide");
        Histogram other = of(wide);
        other.merge(of(narrow));
        assertSame(other, of(both), "wide and narrow");
        assertThat(merged.relativeError()).isGreaterThan(0.002);
    }

    private static void assertSame(Histogram found, Histogram expected, String name) {
        assertThat(found.total()).as(name).isEqualTo(expected.total());
        assertThat(found.size()).as(name).isEqualTo(expected.size());
        assertThat(found.relativeError()).as(name).isEqualTo(expected.relativeError());
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.key(i)).as(name).isEqualTo(expected.key(i));
            assertThat(found.count(i)).as(name).isEqualTo(expected.count(i));
        }
    }

    @Test
    void wholeNumbersBelowAThousandAreExact() {
        for (int number = -999; number < 1000; number++) {
            Histogram one = of(number);
            assertThat(one.value(0, true)).isEqualTo(number);
            assertThat(one.low(0)).isLessThanOrEqualTo(number + Math.abs(number) * 1e-12);
            assertThat(one.high(0)).isGreaterThanOrEqualTo(number - Math.abs(number) * 1e-12);
        }
        double[] numbers = sample(u -> Math.floor(u * 2000) - 1000, 5_000, 5);
        assertThat(of(numbers).size())
                .isEqualTo((int) Arrays.stream(numbers).distinct().count());
    }

    @Test
    void roundNumbersReadAsWhatTheyAre() {
        for (double value : new double[] {1, 0.5, 0.25, 3, 1e-7, -0.1, 2500, 1e300}) {
            assertThat(of(value).quantile(0.5, false)).isEqualTo(value);
        }
    }

    @Test
    void whatIsNoNumberIsRefused() {
        for (double value : List.of(Double.NaN, Double.POSITIVE_INFINITY)) {
            assertThatThrownBy(() -> new Histogram().add(value)).hasMessageContaining("expected a finite number");
        }
        assertThat(new Histogram().quantile(0.5, false)).isNaN();
    }
}
