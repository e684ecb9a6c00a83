/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.expression.ValueType;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CutsTest {

    private static ColumnProfile numbers(LongStream numbers) {
        ColumnProfile profile = new ColumnProfile("n", ValueType.LONG);
        numbers.forEach(number -> profile.add(number, 0));
        return profile;
    }

    private static LongStream repeated(int times, long... numbers) {
        return LongStream.range(0, times).flatMap(i -> LongStream.of(numbers));
    }

    @Test
    void decilesHoldATenthOfTheBaselineEachAndTheLastIsOpen() {
        ColumnProfile baseline = numbers(LongStream.rangeClosed(1, 100));
        ColumnProfile against = numbers(repeated(20, -5, 1, 10, 11, 90, 91, 100, 1_000_000));
        Cuts cuts = Cuts.ofBaseline(baseline, against, 10);
        assertThat(cuts.names()).hasSize(10).startsWith("to 10", "to 20").endsWith("above 90");
        assertThat(cuts.counts(baseline)).containsOnly(10);
        assertThat(cuts.counts(against)).containsExactly(60, 20, 0, 0, 0, 0, 0, 0, 20, 60);
    }

    @Test
    void aValueWithATenthOfItsOwnIsABinOfItsOwn() {
        ColumnProfile baseline = numbers(repeated(10, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4));
        Cuts cuts = Cuts.ofBaseline(baseline, numbers(repeated(100, 7)), 10);
        assertThat(cuts.names()).startsWith("below 0", "0", "below 1", "1").endsWith("4", "above 4");
        assertThat(cuts.counts(baseline)[1]).isEqualTo(60);
        assertThat(cuts.counts(numbers(LongStream.of(-1, 0, 5))))
                .startsWith(1, 1)
                .endsWith(1);
    }

    @Test
    void aConstantColumnIsCutOnBothSides() {
        ColumnProfile constant = numbers(LongStream.generate(() -> 5).limit(50));
        ColumnProfile other = numbers(LongStream.generate(() -> 6).limit(50));
        Cuts cuts = Cuts.ofBaseline(constant, other, 10);
        assertThat(cuts.counts(constant)).containsExactly(0, 50, 0);
        assertThat(cuts.counts(other)).containsExactly(0, 0, 50);
    }

    @Test
    void ofFewValuesThereAreFewBins() {
        ColumnProfile hundred = numbers(LongStream.rangeClosed(1, 100));
        assertThat(Cuts.ofBaseline(hundred, numbers(LongStream.rangeClosed(1, 45)), 10)
                        .names())
                .containsExactly("to 25", "to 50", "to 75", "above 75");
        assertThat(Cuts.ofBaseline(hundred, numbers(LongStream.of(1)), 10).names())
                .hasSize(2);
    }

    @Test
    void nothingIsOneBin() {
        Cuts cuts = Cuts.ofBaseline(numbers(LongStream.empty()), numbers(LongStream.of(1, 2)), 10);
        assertThat(cuts.names()).containsExactly("all");
        assertThat(cuts.counts(numbers(LongStream.of(1, 2)))).containsExactly(2);
    }

    @Test
    void textsThatEitherSideHasAHundredthOfAreBinsOfTheirOwn() {
        ColumnProfile baseline = new ColumnProfile("t", ValueType.STRING);
        ColumnProfile against = new ColumnProfile("t", ValueType.STRING);
        for (int i = 0; i < 1000; i++) {
            baseline.add(i % 2 == 0 ? "even" : "odd " + i, 0);
            against.add(i % 3 == 0 ? "new" : "odd " + i, 0);
        }
        Cuts cuts = Cuts.ofBaseline(baseline, against, 10);
        assertThat(cuts.names()).containsExactly("even", "new", "(others)");
        assertThat(cuts.counts(baseline)).containsExactly(500, 0, 500);
        assertThat(cuts.counts(against)).containsExactly(0, 334, 666);
    }
}
