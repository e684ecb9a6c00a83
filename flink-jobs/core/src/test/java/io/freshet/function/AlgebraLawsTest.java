/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.expression.ValueType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class AlgebraLawsTest {

    private static final List<ValueType> TYPES = List.of(
            ValueType.LONG,
            ValueType.DOUBLE,
            ValueType.decimal(10, 2),
            ValueType.STRING,
            ValueType.BOOLEAN,
            ValueType.TIMESTAMP,
            ValueType.list(ValueType.LONG),
            ValueType.map(ValueType.LONG));

    @Test
    void everyFunctionWithAnAlgebraOfItsOwnKeepsTheLaws() throws RefusedCallException {
        int checked = 0;
        for (FeatureFunction function : Functions.all().functions()) {
            for (ValueType first : TYPES) {
                for (ValueType second : TYPES) {
                    Call call = call(function, first, second);
                    if (isOfOwnAlgebra(function, call)) {
                        AlgebraLaws.check(function, call);
                        checked++;
                    }
                }
            }
        }
        assertThat(checked).isGreaterThan(100);
    }

    private static Call call(FeatureFunction function, ValueType first, ValueType second) {
        List<ValueType> inputs = new ArrayList<>(List.of(first));
        TreeMap<String, String> arguments = new TreeMap<>();
        for (Parameter parameter : function.parameters()) {
            switch (parameter.kind()) {
                case INPUT -> inputs.add(second);
                case COUNT -> arguments.put(parameter.name(), "3");
                case NUMBER ->
                    arguments.put(parameter.name(), parameter.otherwise().orElse("0.5"));
                case DURATION -> arguments.put(parameter.name(), "4ms");
            }
        }
        return new Call(inputs, arguments, OptionalLong.of(1_000));
    }

    private static boolean isOfOwnAlgebra(FeatureFunction function, Call call) {
        try {
            return function.bind(call).partials() instanceof Algebra;
        } catch (RefusedCallException e) {
            return false; // asked in order to know
        }
    }

    @Test
    void aBrokenLawIsFoundAndNamed() {
        assertBroken("nothing is neutral", new Totals((a, b) -> new long[] {2 * a[0] + b[0]}, long[]::clone));
        assertBroken("adding is merging", new Totals((a, b) -> a[0] == 0 ? b.clone() : a, long[]::clone));
        assertBroken("a copy shares nothing", new Totals(Totals::plus, UnaryOperator.identity()));
        assertBroken("merging leaves the other", new Totals((a, b) -> Totals.plus(b, a), long[]::clone));
        assertBroken("a copy is equal", new Totals(Totals::plus, total -> new long[1]));
    }

    @Test
    void correctLawsHold() throws RefusedCallException {
        AlgebraLaws.check(new OfTotals(new Totals(Totals::plus, long[]::clone)), longs());
    }

    private static void assertBroken(String law, Totals totals) {
        assertThatThrownBy(() -> AlgebraLaws.check(new OfTotals(totals), longs()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(law);
    }

    private static Call longs() {
        return new Call(List.of(ValueType.LONG), new TreeMap<>(), OptionalLong.empty());
    }

    private record OfTotals(Totals totals) implements FeatureFunction {
        @Override
        public String label() {
            return "totals";
        }

        @Override
        public Description description() {
            throw new UnsupportedOperationException("No user sees it");
        }

        @Override
        public Computation bind(Call call) {
            return Computation.<long[]>of(ValueType.LONG, totals, (total, at) -> total[0]);
        }
    }

    /** A sum, whose merging and copying may be wrong. */
    private record Totals(BinaryOperator<long[]> merging, UnaryOperator<long[]> copying) implements Algebra<long[]> {

        static long[] plus(long[] into, long[] from) {
            into[0] += from[0];
            return into;
        }

        @Override
        public long[] create() {
            return new long[1];
        }

        @Override
        public long[] add(long[] total, Occurrence event) {
            total[0] += (Long) event.value(0);
            return total;
        }

        @Override
        public long[] merge(long[] into, long[] from) {
            return merging.apply(into, from);
        }

        @Override
        public long[] copy(long[] total) {
            return copying.apply(total);
        }

        @Override
        public void write(long[] total, DataOutput out) throws IOException {
            out.writeLong(total[0]);
        }

        @Override
        public long[] read(DataInput in) throws IOException {
            return new long[] {in.readLong()};
        }
    }
}
