/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.drift.ColumnProfile;
import io.freshet.drift.Histogram;
import io.freshet.expression.ValueType;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class PlotScaleTest {

    private static Histogram sample(boolean whole, DoubleUnaryOperator of) {
        ColumnProfile column = new ColumnProfile("c", whole ? ValueType.LONG : ValueType.DOUBLE);
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            double value = of.applyAsDouble(random.nextDouble());
            column.add(whole ? (Object) (long) value : (Object) value, 0);
        }
        return column.histogram();
    }

    private static void assertWhole(PlotScale scale, Histogram histogram, boolean whole) {
        double[] shares = scale.shares(histogram, whole);
        assertThat(shares).hasSize(scale.bars());
        assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-9));
        assertThat(scale.edges()).isSorted().doesNotHaveDuplicates();
        assertThat(scale.place(scale.edges().get(0))).isZero();
        assertThat(scale.place(scale.edges().get(scale.bars()))).isEqualTo(1);
        assertThat(scale.ticks()).isNotEmpty();
    }

    @Test
    void fewWholeNumbersHaveABarEach() {
        Histogram dice = sample(true, u -> 1 + Math.floor(6 * u));
        PlotScale scale = PlotScale.of(dice, dice, true);
        assertThat(scale.bars()).isEqualTo(6);
        assertThat(scale.bent()).isZero();
        assertWhole(scale, dice, true);
        assertThat(scale.shares(dice, true)[0]).isCloseTo(1 / 6.0, within(0.02));
    }

    @Test
    void valuesOverDecadesAreShownOnABentScale() {
        Histogram tail = sample(false, u -> u < 0.2 ? 0 : Math.pow(10, 6 * u));
        PlotScale scale = PlotScale.of(tail, tail, false);
        assertThat(scale.bent()).isPositive();
        assertThat(scale.ticks()).contains(0.0, 1e5);
        assertWhole(scale, tail, false);
    }

    @Test
    void anySampleHasAScale() {
        Histogram even = sample(false, u -> u);
        Histogram constant = sample(false, u -> 42.5);
        Histogram zeros = sample(true, u -> 0);
        Histogram below = sample(false, u -> -Math.pow(u, 9));
        Histogram great = sample(true, u -> u * 1e9);
        for (Histogram one : new Histogram[] {even, constant, below}) {
            for (Histogram other : new Histogram[] {even, constant, below}) {
                assertWhole(PlotScale.of(one, other, false), one, false);
            }
        }
        assertWhole(PlotScale.of(zeros, zeros, true), zeros, true);
        assertWhole(PlotScale.of(great, zeros, true), great, true);
        assertWhole(PlotScale.of(great, great, true), zeros, true);
    }
}
