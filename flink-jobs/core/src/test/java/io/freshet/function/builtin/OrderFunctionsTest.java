/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.expression.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against lists worked out by hand. */
class OrderFunctionsTest {

    private static final Map<String, String> TWO = Map.of("n", "2");

    @Test
    void firstAndLastGoByTimeThenPartitionThenOffset() {
        assertThat(outOfOrder("first_n", 3).asOf(9)).isEqualTo(List.of("a", "b", "c"));
        assertThat(outOfOrder("last_n", 3).asOf(9)).isEqualTo(List.of("c", "d", "e"));
        assertThat(outOfOrder("first_n", 9).asOf(9)).isEqualTo(List.of("a", "b", "c", "d", "e"));
        assertThat(outOfOrder("nth", 2).asOf(9)).isEqualTo("b");
        assertThat(outOfOrder("nth", 6).asOf(9)).isNull();
        assertThat(outOfOrder("lag", 1).asOf(9)).isEqualTo("d");
        assertThat(outOfOrder("lag", 4).asOf(9)).isEqualTo("a");
        assertThat(outOfOrder("lag", 5).asOf(9)).isNull();
    }

    private static FunctionRun<?> outOfOrder(String label, int n) {
        return FunctionRun.of(label, Map.of("n", String.valueOf(n)), ValueType.STRING)
                .atOffset(5, 1, 0, "d")
                .atOffset(5, 0, 8, "c")
                .atOffset(1, 7, 7, "a")
                .atOffset(9, 0, 0, "e")
                .atOffset(5, 0, 7, "b");
    }

    @Test
    void distinctValuesStandWhereTheyWereSeenFirstOrLast() {
        assertThat(texts("first_distinct_n", 3).from(1, "a", "b", "a", "c", "b").asOf(9))
                .isEqualTo(List.of("a", "b", "c"));
        assertThat(texts("first_distinct_n", 2).from(1, "a", "b", "a", "c", "b").asOf(9))
                .isEqualTo(List.of("a", "b"));
        assertThat(texts("last_distinct_n", 3).from(1, "a", "b", "a", "c", "b").asOf(9))
                .isEqualTo(List.of("a", "c", "b"));
        assertThat(texts("last_distinct_n", 2).from(1, "a", "b", "a", "c", "b").asOf(9))
                .isEqualTo(List.of("c", "b"));
    }

    @Test
    void bothZerosAreOneDistinctValue() {
        for (String label : List.of("first_distinct_n", "last_distinct_n")) {
            FunctionRun<?> run = FunctionRun.of(label, TWO, ValueType.DOUBLE).from(1, -0.0, 0.0, -0.0);
            assertThat(run.asOf(9)).isEqualTo(List.of(0.0));
            assertThat(run.with(FunctionRun.of(label, TWO, ValueType.DOUBLE).from(7, 0.0, -0.0))
                            .asOf(9))
                    .isEqualTo(List.of(0.0));
        }
        assertThat(FunctionRun.of("count_distinct", Map.of(), ValueType.DOUBLE).valueOf(-0.0, 0.0))
                .isEqualTo(1L);
        assertThat(FunctionRun.of("first_n", TWO, ValueType.DOUBLE)
                        .from(1, -0.0, 0.0)
                        .asOf(9))
                .isEqualTo(List.of(-0.0, 0.0));
    }

    @Test
    void mergedListsAreThoseOfAllEvents() {
        Random random = new Random(1);
        for (String label : List.of("first_n", "last_n", "first_distinct_n", "last_distinct_n")) {
            for (int round = 0; round < 200; round++) {
                FunctionRun<?> left = texts(label, 3);
                FunctionRun<?> right = texts(label, 3);
                FunctionRun<?> all = texts(label, 3);
                int events = random.nextInt(12);
                for (int i = 0; i < events; i++) {
                    String text = "s" + random.nextInt(5);
                    long time = random.nextInt(6);
                    all.atOffset(time, 0, i, text);
                    (random.nextBoolean() ? left : right).atOffset(time, 0, i, text);
                }
                assertThat(left.with(right).asOf(9))
                        .as(label + " round " + round)
                        .isEqualTo(all.asOf(9));
            }
        }
    }

    @Test
    void whatWasNeverDroppedCanBeTakenOutAgain() {
        FunctionRun<?> old = texts("last_n", 3).from(1, "a", "b");
        FunctionRun<?> last =
                texts("last_n", 3).with(old).with(texts("last_n", 3).from(5, "c", "d"));
        assertThat(last.without(old)).isTrue();
        assertThat(last.asOf(9)).isEqualTo(List.of("c", "d"));
        FunctionRun<?> first =
                texts("first_n", 3).with(old).with(texts("first_n", 3).from(5, "c", "d"));
        assertThat(first.without(old)).isFalse();
    }

    @Test
    void bestByTakesTheEarliestOfSeveral() {
        assertThat(by("min_by").asOf(9)).isEqualTo("b");
        assertThat(by("max_by").asOf(9)).isEqualTo("a");
        assertThat(FunctionRun.of("min_by", Map.of(), ValueType.STRING, ValueType.LONG)
                        .asOf(9))
                .isNull();
    }

    private static FunctionRun<?> by(String label) {
        return FunctionRun.of(label, Map.of(), ValueType.STRING, ValueType.LONG)
                .at(3, "c", 1L)
                .at(2, "b", 1L)
                .at(1, "a", 8L)
                .at(4, "d", 8L);
    }

    @Test
    void greatestAndLeastCountEqualValuesEach() {
        assertThat(FunctionRun.of("top_n", Map.of("n", "3"), ValueType.LONG).valueOf(4L, 9L, -1L, 9L, 5L))
                .isEqualTo(List.of(9L, 9L, 5L));
        assertThat(FunctionRun.of("bottom_n", TWO, ValueType.LONG).valueOf(4L, 9L, -1L))
                .isEqualTo(List.of(-1L, 4L));
        assertThat(FunctionRun.of("bottom_n", TWO, ValueType.STRING).valueOf("\uFF5E", "\uD83D\uDE00", "b"))
                .isEqualTo(List.of("b", "\uFF5E"));
    }

    @Test
    void ofNothingAllAreNull() {
        for (String label : List.of(
                "first_n", "last_n", "first_distinct_n", "last_distinct_n", "nth", "lag", "top_n", "bottom_n")) {
            assertThat(FunctionRun.of(label, TWO, ValueType.LONG).asOf(9)).isNull();
        }
    }

    @Test
    void greatDistinctListsAreTheSameMergedFromEitherEnd() {
        Map<String, String> most = Map.of("n", "1000");
        List<FunctionRun<?>> tiles = new ArrayList<>();
        for (int tile = 0; tile < 2_000; tile++) {
            FunctionRun<?> run = FunctionRun.of("last_distinct_n", most, ValueType.LONG);
            for (int i = 0; i < 50; i++) {
                run.at(tile, (long) (tile * 31 + i) % 5_000);
            }
            tiles.add(run);
        }
        FunctionRun<?> window = FunctionRun.of("last_distinct_n", most, ValueType.LONG);
        tiles.forEach(window::with);
        Collections.reverse(tiles);
        FunctionRun<?> backwards = FunctionRun.of("last_distinct_n", most, ValueType.LONG);
        tiles.forEach(backwards::with);
        assertThat(window.asOf(9)).isEqualTo(backwards.asOf(9));
    }

    @Test
    void inputsOfOtherTypesAreRefused() {
        assertThatThrownBy(() -> FunctionRun.bind("first_distinct_n", TWO, ValueType.list(ValueType.LONG)))
                .hasMessage("of type list<long>: expected a single value");
        assertThatThrownBy(() -> FunctionRun.bind("top_n", TWO, ValueType.BOOLEAN))
                .hasMessage("of type boolean: expected a number, a timestamp or text");
        assertThatThrownBy(() -> FunctionRun.bind("min_by", Map.of(), ValueType.LONG, ValueType.BOOLEAN))
                .hasMessage("Cannot use a boolean for 'by': expected a number, a timestamp or text");
        assertThatThrownBy(() -> FunctionRun.bind("nth", Map.of("n", "1001"), ValueType.LONG))
                .hasMessage("Cannot use '1001' for 'n': expected a whole number from 1 to 1000");
    }

    private static FunctionRun<?> texts(String label, int n) {
        return FunctionRun.of(label, Map.of("n", String.valueOf(n)), ValueType.STRING);
    }
}
