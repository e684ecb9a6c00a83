/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.freshet.expression.ValueType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DistributionFunctionsTest {

    private static final Map<String, String> AT_MOST_TWO = Map.of("max_distinct", "2");

    @Test
    void zerosOfBothSignsAreOneValue() {
        assertThat(run("count_distinct", ValueType.DOUBLE).valueOf(0.0, -0.0, 1.0))
                .isEqualTo(2L);
        assertThat(run("histogram", ValueType.DOUBLE).valueOf(0.0, -0.0, 1.5)).isEqualTo(Map.of("0.0", 2L, "1.5", 1L));
        assertThat(run("mode", ValueType.DOUBLE).valueOf(-0.0)).isEqualTo(0.0);
    }

    @Test
    void moreDistinctValuesThanTheBoundGiveNullAndAreCounted() {
        for (String label : List.of("count_distinct", "histogram", "mode", "entropy")) {
            FunctionRun<?> run = FunctionRun.of(label, AT_MOST_TWO, ValueType.STRING);
            assertThat(run.valueOf("a", "b", "b", "a")).isNotNull();
            assertThat(run.overflows).isZero();
            assertThat(run.valueOf("a", "b", "c")).isNull();
            assertThat(run.overflows).isEqualTo(1);
        }
    }

    @Test
    void boundHoldsForWhatIsMergedAndIsNeverUndone() {
        exceedAndEvict(FunctionRun.of("count_distinct", AT_MOST_TWO, ValueType.STRING));
    }

    private static <P> void exceedAndEvict(FunctionRun<P> run) {
        P both = run.algebra.merge(run.of("a", "b"), run.of("a", "b", "a"));
        assertThat(run.value(both)).isEqualTo(2L);
        both = run.algebra.merge(both, run.of("c"));
        assertThat(run.value(both)).isNull();
        assertThat(run.bytes(both)).isEqualTo(run.bytes(run.of("x", "y", "z")));
        assertThat(run.algebra.evict(both, run.of("c"))).isFalse();
        assertThat(run.algebra.evict(run.of("a"), run.of("b"))).isFalse();
        assertThat(run.comesAndGoes(run.of("a", "b"), run.of("b"))).isTrue();
    }

    @Test
    void valuesAreWrittenInOneOrder() {
        FunctionRun<?> run = run("count_distinct", ValueType.LONG);
        List<Object> values = new ArrayList<>();
        for (long i = 0; i < 500; i++) {
            values.add(i * 7919 % 501);
        }
        assertShuffledBytesAreEqual(run, values);
    }

    private static <P> void assertShuffledBytesAreEqual(FunctionRun<P> run, List<Object> values) {
        String bytes = run.bytes(run.of(values.toArray()));
        for (int seed = 0; seed < 5; seed++) {
            Collections.shuffle(values, new Random(seed));
            assertThat(run.bytes(run.of(values.toArray()))).isEqualTo(bytes);
        }
    }

    @Test
    void equallyFrequentValuesAreOrderedByValueAndTextsByCodePoints() {
        String late = "\uD83D\uDE00"; // U+1F600, below U+FFFD in Java's own order
        String early = "\uFFFD";
        assertThat(run("mode", ValueType.STRING).valueOf(late, early)).isEqualTo(early);
        assertThat(run("mode", ValueType.STRING).valueOf(late, early, late)).isEqualTo(late);
        assertThat(run("mode", ValueType.BOOLEAN).valueOf(true, false)).isEqualTo(false);
        assertThat(run("mode", ValueType.decimal(5, 1)).valueOf(new BigDecimal("10.0"), new BigDecimal("9.5")))
                .isEqualTo(new BigDecimal("9.5"));
        FunctionRun<?> top = FunctionRun.of("top_k", Map.of("k", "3"), ValueType.LONG);
        assertThat(top.valueOf(5L, 4L, 3L, 3L, -1L, 4L, 9L)).isEqualTo(List.of(3L, 4L, -1L));
        assertThat(top.valueOf(5L, 5L)).isEqualTo(List.of(5L));
    }

    @Test
    void entropyIsInBits() {
        FunctionRun<?> run = run("entropy", ValueType.STRING);
        assertThat(run.valueOf("a")).isEqualTo(0.0);
        assertThat((Double) run.valueOf("a", "b")).isCloseTo(1, within(1e-15));
        assertThat((Double) run.valueOf("a", "a", "a", "a", "b", "b", "c", "d")).isCloseTo(1.75, within(1e-15));
        // log2(6) - (2 * log2(2) + 3 * log2(3)) / 6
        assertThat((Double) run.valueOf("a", "b", "b", "c", "c", "c")).isCloseTo(1.459147917027245, within(1e-15));
    }

    @Test
    void nothingIsNullButForItsNumber() {
        assertThat(run("count_distinct", ValueType.LONG).valueOf()).isEqualTo(0L);
        for (String label : List.of("histogram", "mode", "entropy", "median")) {
            FunctionRun<?> run = run(label, ValueType.LONG);
            assertThat(run.valueOf()).isNull();
            assertThat(run.overflows).isZero();
        }
        assertThat(FunctionRun.of("top_k", Map.of("k", "3"), ValueType.LONG).valueOf())
                .isNull();
    }

    @Test
    void percentileIsOfTheLowerNearestRankAsTheViewWritesIt() {
        Object[] values = new Object[101];
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) i;
        }
        for (String at : List.of("0", "0.07", "0.29", "0.5", "0.57", "0.58", "0.95", "1")) {
            FunctionRun<?> run =
                    FunctionRun.of("approx_percentile", Map.of("at", at, "relative_error", "0.001"), ValueType.LONG);
            double rank = Math.rint(100 * Double.parseDouble(at));
            assertThat(number(run, values)).isCloseTo(rank, within(0.001 * rank));
        }
        assertThat(number(run("median", ValueType.LONG), 1L, 2L)).isCloseTo(1, within(0.01));
    }

    @Test
    void percentileOfOneValueIsWithinItsRelativeErrorOverAllDoubles() {
        Random random = new Random(5);
        for (String error : List.of("0.001", "0.01", "0.5")) {
            FunctionRun<?> run = FunctionRun.of("median", Map.of("relative_error", error), ValueType.DOUBLE);
            List<Double> values = new ArrayList<>(List.of(Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, -0.0));
            for (int i = 0; i < 20_000; i++) {
                double any = Double.longBitsToDouble(random.nextLong());
                values.add(Double.isFinite(any) ? any : 1);
            }
            for (double value : values) {
                double bound = Double.parseDouble(error) * (1 + 1e-9) * Math.abs(value) + Double.MIN_VALUE;
                assertThat(number(run, value)).isCloseTo(value, within(bound));
            }
        }
    }

    @Test
    void negativeValuesAndZerosAreInOrder() {
        FunctionRun<?> run = run("median", ValueType.DOUBLE);
        assertThat(number(run, -5.0, -1000.0, 3.0)).isCloseTo(-5, within(0.05));
        assertThat(number(run, -5.0, 0.0, 3.0)).isEqualTo(0.0);
        assertThat(number(run, -1e-300, 1e-300, 3.0)).isCloseTo(1e-300, within(1e-302));
    }

    @Test
    void binsDoNotShowOrderAndComeAndGo() {
        binsComeAndGo(run("median", ValueType.DOUBLE));
    }

    private static <P> void binsComeAndGo(FunctionRun<P> run) {
        Random random = new Random(3);
        List<Object> some = new ArrayList<>();
        List<Object> others = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            some.add(random.nextGaussian());
            others.add(Math.exp(20 * random.nextGaussian()));
        }
        assertShuffledBytesAreEqual(run, some);
        P stays = run.of(some.toArray());
        assertThat(run.comesAndGoes(run.of(others.toArray()), stays)).isTrue();
        assertThat(run.comesAndGoes(run.of(), stays)).isTrue();
        assertThat(run.algebra.evict(run.of(1.0), run.of(1.0, 1.0))).isFalse();
        assertThat(run.algebra.evict(run.of(1.0), run.of(2.0))).isFalse();
    }

    @Test
    void functionsOfEqualBoundsShareTheirPartialStates() {
        assertThat(FunctionRun.bind("mode", Map.of(), ValueType.LONG).partials())
                .isEqualTo(FunctionRun.bind("top_k", Map.of("k", "3"), ValueType.LONG)
                        .partials());
        assertThat(FunctionRun.bind("median", Map.of(), ValueType.LONG).partials())
                .isEqualTo(FunctionRun.bind("approx_percentile", Map.of("at", "0.9"), ValueType.LONG)
                        .partials());
        assertThat(FunctionRun.bind("mode", AT_MOST_TWO, ValueType.LONG).partials())
                .isNotEqualTo(FunctionRun.bind("mode", Map.of(), ValueType.LONG).partials());
    }

    @Test
    void callsWithoutMeaningAreRefused() {
        assertThatThrownBy(() -> FunctionRun.bind("mode", Map.of(), ValueType.list(ValueType.LONG)))
                .hasMessage("of type list<long>: expected a single value");
        assertThatThrownBy(() -> FunctionRun.bind("approx_percentile", Map.of("at", "95"), ValueType.LONG))
                .hasMessage("Cannot use '95' for 'at': expected a number from 0.0 to 1.0");
        assertThatThrownBy(() -> FunctionRun.bind("median", Map.of(), ValueType.STRING))
                .hasMessage("of type string: expected a number");
    }

    private static FunctionRun<?> run(String label, ValueType type) {
        return FunctionRun.of(label, Map.of(), type);
    }

    private static double number(FunctionRun<?> run, Object... values) {
        return (double) requireNonNull(run.valueOf(values));
    }
}
