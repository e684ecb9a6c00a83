/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.freshet.expression.ValueType;
import io.freshet.function.Aging;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against values worked out by hand; a half-life of 10 ms where nothing else is said. */
class TimeFunctionsTest {

    private static final Map<String, String> HALF = Map.of("half_life", "10ms");

    @Test
    void rateIsPerSecondOfTheWindowRoundedOnceAndRefusesALifetime() {
        assertThat(rate(4_000).at(1).at(2).at(3).asOf(9)).isEqualTo(0.75);
        assertThat(rate(4_000).asOf(9)).isEqualTo(0.0);
        FunctionRun<?> five = rate(1_100);
        for (int i = 0; i < 5; i++) {
            five.at(i);
        }
        // 5 / 1.1 = 50 / 11; dividing by 1.1, which is no double, would round twice.
        assertThat(five.asOf(9)).isEqualTo(50.0 / 11);
        assertThatThrownBy(() -> FunctionRun.bind("rate", Map.of()))
                .hasMessage("over a lifetime, which has no length: expected another window");
    }

    private static FunctionRun<?> rate(long windowMillis) {
        return FunctionRun.over(windowMillis, "rate", Map.of());
    }

    @Test
    void agesCountFromTheEarliestAndLatestEventAndEndAtTheGreatestLong() {
        assertThat(run("time_since_last").at(7).at(3).asOf(10)).isEqualTo(3L);
        assertThat(run("time_since_first").at(7).at(3).asOf(10)).isEqualTo(7L);
        assertThat(run("time_since_last").at(7).asOf(7)).isEqualTo(0L);
        assertThat(run("time_since_first").asOf(10)).isNull();
        assertThat(run("time_since_last").at(Long.MIN_VALUE).asOf(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(run("time_since_last").at(Long.MIN_VALUE).asOf(Long.MAX_VALUE))
                .isEqualTo(Long.MAX_VALUE);
    }

    private static FunctionRun<?> run(String label) {
        return FunctionRun.of(label, Map.of());
    }

    @Test
    void aValueHalvesExactlyWithEachHalfLifeWhateverItsTime() {
        FunctionRun<?> sum = sum(ValueType.LONG).at(7, 12L);
        assertThat(sum.asOf(7)).isEqualTo(12.0);
        assertThat(sum.asOf(17)).isEqualTo(6.0);
        assertThat(sum.asOf(37)).isEqualTo(1.5);
        assertThat(sum.at(27, 8L).asOf(37)).isEqualTo(5.5);
        assertThat(FunctionRun.of("decayed_count", HALF).at(7).at(17).at(-3).asOf(17))
                .isEqualTo(1.75);
        assertThat(FunctionRun.of("decayed_mean", HALF, ValueType.DOUBLE)
                        .at(0, 1.0)
                        .at(10, 4.0)
                        .asOf(99))
                .isEqualTo(3.0);
    }

    @Test
    void betweenHalfLivesItFallsSmoothly() {
        assertThat(number(sum(ValueType.LONG).at(0, 8L), 5)).isCloseTo(8 / Math.sqrt(2), within(1e-15 * 8));
        assertThat(number(sum(ValueType.LONG).at(0, 8L).at(5, 1L), 10))
                .isCloseTo(4 + 1 / Math.sqrt(2), within(1e-15 * 8));
    }

    @Test
    void nothingDecaysToNothing() {
        assertThat(sum(ValueType.LONG).asOf(9)).isNull();
        assertThat(FunctionRun.of("decayed_mean", HALF, ValueType.LONG).asOf(9)).isNull();
        assertThat(FunctionRun.of("decayed_count", HALF).asOf(9)).isEqualTo(0.0);
    }

    @Test
    void aMillionEventsDoNotDrift() {
        FunctionRun<?> count = FunctionRun.of("decayed_count", Map.of("half_life", "1000w"));
        int events = 1_000_000;
        for (int time = 0; time < events; time++) {
            count.at(time);
        }
        double perMillis = Math.log(2) / (1000 * 604_800_000.0);
        double expected = Math.expm1(-events * perMillis) / Math.expm1(-perMillis);
        assertThat(number(count, events - 1)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void aMillionValuesThatCancelLeaveTheSmallOnesWhole() {
        FunctionRun<?> sum = FunctionRun.of("decayed_sum", Map.of("half_life", "1ms"), ValueType.DOUBLE);
        for (int time = 0; time < 1_000_000; time++) {
            sum.at(time, 1e16).at(time, 1.0).at(time, -1e16);
        }
        assertThat(number(sum, 999_999)).isEqualTo(2.0);
    }

    @Test
    void decaySpansAllOfLong() {
        FunctionRun<?> sum = sum(ValueType.LONG).at(Long.MIN_VALUE, 5L);
        assertThat(sum.asOf(Long.MAX_VALUE)).isEqualTo(0.0);
        assertThat(number(sum.at(Long.MAX_VALUE - 3, 2L).at(Long.MAX_VALUE, 4L), Long.MAX_VALUE))
                .isCloseTo(4 + 2 * Math.pow(2, -0.3), within(1e-14));
    }

    @Test
    void beyondAllHalfLivesThatADoubleKnowsItIsZero() {
        FunctionRun<?> sum = sum(ValueType.DOUBLE).at(0, 1.0);
        assertThat(sum.asOf(10_220)).isEqualTo(Double.MIN_NORMAL);
        assertThat(sum.asOf(10_740)).isEqualTo(Double.MIN_VALUE);
        assertThat(sum.asOf(10_760)).isEqualTo(0.0);
        assertThat(sum.asOf(1_000_000)).isEqualTo(0.0);
        assertThat(FunctionRun.of("decayed_count", HALF).at(0).asOf(1_000_000)).isEqualTo(0.0);
        assertThat(sum(ValueType.DOUBLE).at(1_000_000, 3.0).at(0, 7.0).asOf(1_000_000))
                .isEqualTo(3.0);
        assertThat(FunctionRun.of("decayed_mean", HALF, ValueType.DOUBLE)
                        .at(0, 7.0)
                        .asOf(1_000_000))
                .isEqualTo(7.0);
        assertThat(sum.overflows).isZero();
    }

    @Test
    void whatDoesNotFitIsCountedUntilItHasDecayed() {
        FunctionRun<?> sum = sum(ValueType.DOUBLE).at(1, 1.7e308);
        assertThat(sum.asOf(1)).isEqualTo(1.7e308);
        assertThat(sum.at(1, 1.7e308).asOf(1)).isNull();
        assertThat(sum.overflows).isEqualTo(1);
        assertThat(sum.asOf(100_001)).isEqualTo(0.0);
        assertThat(sum.at(100_001, 5.0).asOf(100_001)).isEqualTo(5.0);
        assertThat(sum.overflows).isEqualTo(1);
    }

    @Test
    void readersAgeWhatChangesWithTime() {
        assertThat(run("time_since_last").computation().aging()).isEqualTo(Aging.GROWS);
        assertThat(sum(ValueType.LONG).computation().aging()).isEqualTo(Aging.decays(10));
        assertThat(FunctionRun.bind("decayed_mean", HALF, ValueType.LONG).aging())
                .isEqualTo(Aging.NONE);
    }

    @Test
    void theSumAndTheMeanOfOneFieldShareTheirPartialStates() {
        assertThat(FunctionRun.bind("decayed_mean", HALF, ValueType.LONG).partials())
                .isEqualTo(sum(ValueType.LONG).algebra);
    }

    @Test
    void inputsAndHalfLivesThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> FunctionRun.bind("decayed_sum", HALF, ValueType.STRING))
                .hasMessage("of type string: expected a number");
        assertThatThrownBy(() -> FunctionRun.bind("decayed_count", Map.of("half_life", "0s")))
                .hasMessageStartingWith("Cannot use '0s' for 'half_life': expected ");
    }

    private static FunctionRun<?> sum(ValueType type) {
        return FunctionRun.of("decayed_sum", HALF, type);
    }

    private static double number(FunctionRun<?> run, long asOfMillis) {
        return (double) requireNonNull(run.asOf(asOfMillis));
    }
}
