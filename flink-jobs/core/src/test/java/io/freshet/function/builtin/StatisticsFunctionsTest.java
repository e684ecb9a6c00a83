/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.freshet.expression.ValueType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Against values of the manuals of SciPy and NumPy, of Anscombe (1973), and worked out in exact fractions. */
class StatisticsFunctionsTest {

    private static final List<Double> ANSCOMBE_X = List.of(10., 8., 13., 9., 11., 14., 6., 4., 12., 7., 5.);
    private static final List<Double> ANSCOMBE_Y =
            List.of(8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68);

    @Test
    void skewnessAndKurtosisAreThoseOfSciPy() {
        Object[] values = {2.0, 8.0, 0.0, 4.0, 1.0, 9.0, 9.0, 0.0};
        assertThat(number("skewness", values)).isCloseTo(0.2650554122698573, within(1e-14));
        assertThat(number("kurtosis", values)).isCloseTo(-1.6660010752838508, within(1e-14));
        assertThat(number("kurtosis", 1.0, 2.0, 3.0, 4.0, 5.0)).isCloseTo(-1.3, within(1e-14));
        assertThat(number("skewness", 3.0, 7.0)).isCloseTo(0, within(1e-14));
    }

    @Test
    void momentsAreKeptWhereTheMeanIsGreatAndTheDistancesSmall() {
        Object[] values = {2 + 1e9, 8 + 1e9, 0 + 1e9, 4 + 1e9, 1 + 1e9, 9 + 1e9, 9 + 1e9, 0 + 1e9};
        assertThat(number("skewness", values)).isCloseTo(0.2650554122698573, within(1e-6));
    }

    @Test
    void equalValuesHaveNoStandardizedMoments() {
        for (String label : List.of("skewness", "kurtosis")) {
            FunctionRun<?> run = FunctionRun.of(label, Map.of(), ValueType.DOUBLE);
            assertThat(run.valueOf()).isNull();
            assertThat(run.valueOf(0.1)).isNull();
            assertThat(run.valueOf(0.1, 0.1, 0.1)).isNull();
            assertThat(run.overflows).isZero();
            assertThat(run.valueOf(1e150, -1e150, 3.0)).isNull();
            assertThat(run.overflows).isEqualTo(1);
        }
    }

    @Test
    void covarianceIsThatOfNumPy() {
        List<Double> x = List.of(-2.1, -1.0, 4.3);
        List<Double> y = List.of(3.0, 1.1, 0.12);
        assertThat(pairs("covariance", x, y)).isCloseTo(-4.286, within(1e-14));
        assertThat(pairs("covariance_pop", x, y)).isCloseTo(-4.286 * 2 / 3, within(1e-14));
        assertThat(pairs("covariance_pop", List.of(7.0), List.of(2.0))).isZero();
    }

    @Test
    void correlationIsThatOfAnscombeAndOfSciPy() {
        assertThat(pairs("correlation", ANSCOMBE_X, ANSCOMBE_Y)).isCloseTo(0.81642051634484, within(1e-13));
        assertThat(pairs("correlation", List.of(1., 2., 3., 4., 5.), List.of(10., 9., 2.5, 6., 4.)))
                .isCloseTo(-0.7426106572325057, within(1e-14));
        assertThat(pairs("correlation", ANSCOMBE_X, ANSCOMBE_X)).isBetween(1 - 1e-15, 1.0);
    }

    @Test
    void pairsHaveNoCovarianceOfOneAndNoCorrelationWithWhatIsConstant() {
        assertThat(valueOfPairs("covariance", List.of(7.0), List.of(2.0))).isNull();
        assertThat(valueOfPairs("covariance_pop", List.of(), List.of())).isNull();
        assertThat(valueOfPairs("correlation", List.of(1.0, 2.0), List.of(0.1, 0.1)))
                .isNull();
        assertThat(valueOfPairs("correlation", List.of(1e200, 2.0), List.of(0.1, 0.2)))
                .isNull();
    }

    @Test
    void weightedMeanIsThatOfNumPyAndTakesNegativeWeightsAsTheyAre() {
        List<Double> upwards = List.of(1., 2., 3., 4., 5., 6., 7., 8., 9., 10.);
        List<Double> downwards = List.of(10., 9., 8., 7., 6., 5., 4., 3., 2., 1.);
        assertThat(pairs("weighted_mean", upwards, downwards)).isEqualTo(4.0);
        assertThat(pairs("weighted_mean", List.of(5.0, 9.0, 9.0), List.of(2.0, 1.0, -1.0)))
                .isEqualTo(5.0);
        assertThat(pairs("weighted_mean", List.of(5.0, 3.0, 7.0), List.of(1e16, 1.0, -1e16)))
                .isEqualTo(-2e16 + 3);
        assertThat(valueOfPairs("weighted_mean", List.of(5.0, 3.0), List.of(1.5, -1.5)))
                .isNull();
        assertThat(valueOfPairs("weighted_mean", List.of(), List.of())).isNull();
    }

    @Test
    void geometricMeanIsThatOfSciPyAndOfPositiveNumbersAlone() {
        assertThat(number("geometric_mean", 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0))
                .isCloseTo(3.3800151591412964, within(1e-14));
        assertThat(number("geometric_mean", 1e308, 1e-308)).isCloseTo(1, within(1e-12));
        FunctionRun<?> run = FunctionRun.of("geometric_mean", Map.of(), ValueType.DOUBLE);
        assertThat(run.valueOf()).isNull();
        assertThat(run.valueOf(4.0, 0.0)).isNull();
        assertThat(run.valueOf(4.0, -1.0)).isNull();
    }

    @Test
    void truthsAreNullOfNothing() {
        FunctionRun<?> any = FunctionRun.of("any", Map.of(), ValueType.BOOLEAN);
        FunctionRun<?> all = FunctionRun.of("all", Map.of(), ValueType.BOOLEAN);
        assertThat(any.algebra).isEqualTo(all.algebra);
        assertThat(any.valueOf()).isNull();
        assertThat(all.valueOf()).isNull();
        assertThat(any.valueOf(false, true)).isEqualTo(true);
        assertThat(all.valueOf(false, true)).isEqualTo(false);
        assertThat(any.valueOf(false, false)).isEqualTo(false);
        assertThat(all.valueOf(true, true)).isEqualTo(true);
    }

    @Test
    void ratioCountsWhereBothHoldAmongWhereTheOtherHolds() {
        FunctionRun<?> run = FunctionRun.of("ratio", Map.of(), ValueType.BOOLEAN, ValueType.BOOLEAN);
        assertThat(value(run, List.of(true, true, false, true), List.of(true, false, true, true)))
                .isEqualTo(2.0 / 3);
        assertThat(value(run, List.of(true), List.of(false))).isNull();
    }

    @Test
    void functionsOfOnePairShareTheirPartialStates() {
        for (List<String> labels :
                List.of(List.of("covariance", "correlation"), List.of("covariance", "covariance_pop"))) {
            assertThat(FunctionRun.bind(labels.get(0), Map.of(), ValueType.LONG, ValueType.DOUBLE)
                            .partials())
                    .isEqualTo(FunctionRun.bind(labels.get(1), Map.of(), ValueType.LONG, ValueType.DOUBLE)
                            .partials());
        }
    }

    @Test
    void inputsOfOtherTypesAreRefused() {
        assertThatThrownBy(() -> FunctionRun.bind("covariance", Map.of(), ValueType.LONG, ValueType.STRING))
                .hasMessage("Cannot use a string for 'with': expected a number");
        assertThatThrownBy(() -> FunctionRun.bind("ratio", Map.of(), ValueType.BOOLEAN, ValueType.LONG))
                .hasMessage("Cannot use a long for 'of': expected a boolean");
        assertThatThrownBy(() -> FunctionRun.bind("any", Map.of(), ValueType.LONG))
                .hasMessage("of type long: expected a boolean");
    }

    private static <P> @Nullable Object value(FunctionRun<P> run, List<?> first, List<?> second) {
        return run.value(run.ofPairs(first, second));
    }

    private static @Nullable Object valueOfPairs(String label, List<Double> first, List<Double> second) {
        return value(FunctionRun.of(label, Map.of(), ValueType.DOUBLE, ValueType.DOUBLE), first, second);
    }

    private static double pairs(String label, List<Double> first, List<Double> second) {
        return (double) requireNonNull(valueOfPairs(label, first, second));
    }

    private static double number(String label, Object... values) {
        return (double)
                requireNonNull(FunctionRun.of(label, Map.of(), ValueType.DOUBLE).valueOf(values));
    }
}
