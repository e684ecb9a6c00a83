/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.definition.DriftLimits;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class LabelDriftTest {

    private static ColumnDrift compare(Profile baseline, Profile against, int column) {
        String name = baseline.columns().get(column).name();
        return DriftReport.compare(baseline, against, DriftLimits.DEFAULT).columns().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Rows of values 0 and 1, 100 each, of which that many are labelled 1. */
    private static Profile rates(int onesOfZero, int onesOfOne) {
        Profile profile = new Profile(Visits.plan());
        for (int i = 0; i < 100; i++) {
            profile.add(Visits.values(0L), 0, i < onesOfZero ? 1.0 : 0.0);
            profile.add(Visits.values(1L), 0, i < onesOfOne ? 1.0 : 0.0);
        }
        return profile;
    }

    @Test
    void changeOfRatesIsWhatAPencilGives() {
        LabelDrift drift = compare(rates(20, 60), rates(60, 20), 0).label().orElseThrow();
        // Rates change by 0.4 everywhere, and p is 0.4: 0.4 / 0.48.
        assertThat(drift.change()).isCloseTo(0.4 / 0.48, within(1e-12));
        assertThat(drift.chance()).isBetween(0.1, 0.4);
        // (0.25 - 80/120) ln(0.25 / (80/120)) + (0.75 - 40/120) ln(0.75 / (40/120))
        assertThat(drift.strength().baseline()).isCloseTo(0.746_566, within(1e-6));
        assertThat(drift.strength().against()).isCloseTo(0.746_566, within(1e-6));
        // H(0.4) - (H(0.2) + H(0.6)) / 2
        assertThat(drift.information().baseline()).isCloseTo(0.970_951 - (0.721_928 + 0.970_951) / 2, within(1e-6));
        assertThat(drift.rates()).extracting(LabelDrift.Rate::baselineRate).containsExactly(0.2, 0.6);
    }

    @Test
    void whatTellsAllAndThenNothingChangesByOne() {
        LabelDrift drift = compare(rates(0, 100), rates(50, 50), 0).label().orElseThrow();
        assertThat(drift.change()).isCloseTo(1, within(1e-12));
        assertThat(compare(rates(0, 100), rates(100, 0), 0)
                        .label()
                        .orElseThrow()
                        .change())
                .isCloseTo(2, within(1e-12));
        assertThat(compare(rates(0, 100), rates(0, 100), 0)
                        .label()
                        .orElseThrow()
                        .change())
                .isZero();
    }

    @Test
    void labelsThatAreAllAlikeTellNothing() {
        assertThat(compare(rates(0, 0), rates(0, 0), 0).label().orElseThrow().change())
                .isNaN();
    }

    private static Profile sample(int rows, long seed, ToDoubleFunction<double[]> label) {
        Random random = new Random(seed);
        Profile profile = new Profile(Visits.plan());
        for (int i = 0; i < rows; i++) {
            double x = random.nextGaussian();
            double luck = random.nextDouble();
            String text = x > 0 ? "up" : "down";
            profile.add(Visits.values((long) (luck * 9), x, text), 0, label.applyAsDouble(new double[] {
                x, random.nextDouble()
            }));
        }
        return profile;
    }

    private static double likely(double[] x) {
        return x[1] < 1 / (1 + Math.exp(-2 * x[0])) ? 1 : 0;
    }

    private static double unlikely(double[] x) {
        return likely(new double[] {-x[0], x[1]});
    }

    @Test
    void aFlippedRelationIsFoundThoughNoColumnDrifts() {
        Profile before = sample(4_000, 1, LabelDriftTest::likely);
        Profile after = sample(2_000, 2, LabelDriftTest::unlikely);
        for (int column : new int[] {1, 2}) {
            ColumnDrift drift = compare(before, after, column);
            assertThat(drift.status()).isEqualTo(ColumnDrift.Status.DRIFT);
            assertThat(drift.measure(Measure.Name.LABEL).orElseThrow().isCrossed())
                    .isTrue();
            assertThat(drift.measure(Measure.Name.PSI).orElseThrow().isCrossed())
                    .isFalse();
            assertThat(drift.label().orElseThrow().strength().baseline())
                    .isCloseTo(drift.label().orElseThrow().strength().against(), within(0.4));
        }
        assertThat(compare(before, after, 0).status()).isNotEqualTo(ColumnDrift.Status.DRIFT);
    }

    @Test
    void anUnchangedRelationIsNotFoundThoughTheLabelIsRare() {
        int alarms = 0;
        for (int seed = 0; seed < 100; seed++) {
            Profile before = sample(1_000, seed, x -> likely(new double[] {x[0] - 2, x[1]}));
            Profile after = sample(700, 7_000 + seed, x -> likely(new double[] {x[0] - 2, x[1]}));
            for (int column = 0; column < 3; column++) {
                alarms += compare(before, after, column).status() == ColumnDrift.Status.DRIFT ? 1 : 0;
            }
        }
        assertThat(alarms).isLessThanOrEqualTo(6);
    }

    @Test
    void ofOtherNumbersTheCorrelationIsCompared() {
        Profile before = sample(3_000, 1, x -> 10 * x[0] + x[1]);
        Profile after = sample(3_000, 2, x -> 3 * x[0] * x[0] + x[1]);
        LabelDrift drift = compare(before, after, 1).label().orElseThrow();
        assertThat(drift.isBinary()).isFalse();
        assertThat(drift.strength().baseline()).isGreaterThan(0.99);
        assertThat(drift.strength().against()).isCloseTo(0, within(0.1));
        assertThat(drift.change()).isGreaterThan(drift.chance());
        assertThat(compare(before, after, 2).label()).isEmpty();
    }

    @Test
    void rowsWithoutALabelAreNoPartOfIt() {
        Profile before = rates(20, 60);
        Profile after = rates(20, 60);
        for (int i = 0; i < 500; i++) {
            after.add(Visits.values(0L), 0, null);
        }
        assertThat(compare(before, after, 0).label().orElseThrow().change()).isZero();
        assertThat(after.labels().count()).isEqualTo(200);
    }
}
