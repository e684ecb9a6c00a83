/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.expression.ValueType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against sums worked out by hand. */
class VectorFunctionsTest {

    private static final Map<String, String> TWO = Map.of("dimension", "2");

    @Test
    void sumAndMeanAreTakenElementByElement() {
        assertThat(vectors("vector_sum", ValueType.DOUBLE)
                        .valueOf(List.of(1.0, -2.5), List.of(0.5, 4.0), List.of(3.0, 0.0)))
                .isEqualTo(List.of(4.5, 1.5));
        assertThat(vectors("vector_mean", ValueType.DOUBLE)
                        .valueOf(List.of(1.0, -2.5), List.of(0.5, 4.0), List.of(3.0, 0.0)))
                .isEqualTo(List.of(1.5, 0.5));
    }

    @Test
    void smallElementsOutliveGreatOnesThatCancel() {
        assertThat(vectors("vector_sum", ValueType.DOUBLE)
                        .valueOf(List.of(1e16, 1.0), List.of(0.1, 1e-30), List.of(-1e16, -1.0)))
                .isEqualTo(List.of(0.1, 1e-30));
    }

    @Test
    void longsAreSummedWhole() {
        FunctionRun<?> sum = vectors("vector_sum", ValueType.LONG);
        long great = (1L << 53) + 1;
        assertThat(sum.valueOf(List.of(great, Long.MAX_VALUE), List.of(-(1L << 53), Long.MIN_VALUE)))
                .isEqualTo(List.of(1.0, -1.0));
        assertThat(sum.valueOf(List.of(Long.MAX_VALUE, Long.MIN_VALUE))).isEqualTo(List.of(0x1p63, -0x1p63));
    }

    @Test
    void decimalsAreSummedInPairsOfDoubles() {
        FunctionRun<?> sum = vectors("vector_sum", ValueType.decimal(20, 2));
        assertThat(sum.valueOf(
                        List.of(new BigDecimal("100000000000000000.01"), new BigDecimal("0.10")),
                        List.of(new BigDecimal("-100000000000000000.00"), new BigDecimal("0.20"))))
                .isEqualTo(List.of(0.01, 0.3));
    }

    @Test
    void vectorsOfAnotherDimensionOrWithANullArePassedOver() {
        for (String label : List.of("vector_sum", "vector_mean")) {
            FunctionRun<?> run = vectors(label, ValueType.DOUBLE);
            assertThat(run.valueOf()).isNull();
            assertThat(run.valueOf(List.of(1.0), List.of(), List.of(1.0, 2.0, 3.0), Arrays.asList(1.0, null)))
                    .isNull();
            assertThat(run.valueOf(List.of(1.0), List.of(7.0, 8.0), Arrays.asList(null, 1.0)))
                    .isEqualTo(List.of(7.0, 8.0));
            assertThat(run.overflows).isZero();
        }
    }

    @Test
    void oneElementThatLeavesTheDoublesMakesItNullAndIsCounted() {
        FunctionRun<?> run = vectors("vector_mean", ValueType.DOUBLE);
        assertThat(run.valueOf(List.of(1.0, 1.7e308), List.of(1.0, 1.7e308))).isNull();
        assertThat(run.overflows).isEqualTo(1);
    }

    @Test
    void sumAndMeanShareTheirPartialStates() {
        assertThat(vectors("vector_sum", ValueType.LONG).algebra)
                .isEqualTo(vectors("vector_mean", ValueType.LONG).algebra);
    }

    @Test
    void inputsThatAreNoVectorsAreRefused() {
        assertThatThrownBy(() -> FunctionRun.bind("vector_sum", TWO, ValueType.DOUBLE))
                .hasMessage("of type double: expected a list of numbers");
        assertThatThrownBy(() -> FunctionRun.bind("vector_sum", TWO, ValueType.list(ValueType.STRING)))
                .hasMessage("of type list<string>: expected a list of numbers");
        assertThatThrownBy(() ->
                        FunctionRun.bind("vector_mean", Map.of("dimension", "10001"), ValueType.list(ValueType.DOUBLE)))
                .hasMessage("Cannot use '10001' for 'dimension': expected a whole number from 1 to 10000");
    }

    private static FunctionRun<?> vectors(String label, ValueType element) {
        return FunctionRun.of(label, TWO, ValueType.list(element));
    }
}
