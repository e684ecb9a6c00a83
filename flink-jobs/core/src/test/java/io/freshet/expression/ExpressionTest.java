/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExpressionTest {

    private static final Map<String, ValueType> VARIABLES = Map.of(
            "event.delta", ValueType.LONG,
            "event.ratio", ValueType.DOUBLE,
            "event.price", ValueType.decimal(10, 2),
            "event.country", ValueType.STRING,
            "event.isMinor", ValueType.BOOLEAN,
            "event.time", ValueType.TIMESTAMP,
            "event.geo.city", ValueType.STRING,
            "edits_1h", ValueType.LONG,
            "likes", ValueType.list(ValueType.DOUBLE));

    private final Map<String, @Nullable Object> values = new HashMap<>(Map.of(
            "event.delta",
            7L,
            "event.ratio",
            0.5,
            "event.price",
            new java.math.BigDecimal("12.50"),
            "event.country",
            "FR",
            "event.isMinor",
            true,
            "event.time",
            1_442_018_818_771L,
            "event.geo.city",
            "Paris",
            "edits_1h",
            3L));

    private @Nullable Object evaluate(String text) throws Exception {
        Expression expression = Expression.compile(text, VARIABLES);
        List<String> names = expression.variables();
        return expression.bind(names).evaluate(names.stream().map(values::get).toArray());
    }

    @Test
    void resultsHaveTheFormOfTheirType() throws Exception {
        assertThat(evaluate("event.delta * 2")).isEqualTo(14L);
        assertThat(evaluate("event.ratio + 1.0")).isEqualTo(1.5);
        assertThat(evaluate("event.price * 2.0")).isEqualTo(25.0);
        assertThat(evaluate("event.country + '!'")).isEqualTo("FR!");
        assertThat(evaluate("!event.isMinor")).isEqualTo(false);
        assertThat(evaluate("event.time")).isEqualTo(1_442_018_818_771L);
        assertThat(evaluate("event.time.getHours()")).isEqualTo(0L);
        assertThat(evaluate("edits_1h / 2")).isEqualTo(1L);
        assertThat(evaluate("edits_1h > 0 ? double(edits_1h) : 0.0")).isEqualTo(3.0);
        assertThat(evaluate("event.geo.city in ['Paris', 'Lyon']")).isEqualTo(true);
        assertThat(evaluate("event.country.matches('^F')")).isEqualTo(true);
    }

    @Test
    void typesAndVariablesAreKnownBeforeAnythingRuns() throws Exception {
        Expression share = Expression.compile("double(event.delta) / event.ratio", VARIABLES);
        assertThat(share.type()).isEqualTo(ValueType.DOUBLE);
        assertThat(share.variables()).containsExactlyInAnyOrder("event.delta", "event.ratio");
        assertThat(Expression.compile("event.country != null", VARIABLES).type())
                .isEqualTo(ValueType.BOOLEAN);
        assertThat(Expression.compile("event.time", VARIABLES).type()).isEqualTo(ValueType.TIMESTAMP);
        assertThat(Expression.compile("event.delta", VARIABLES).type()).isEqualTo(ValueType.LONG);
    }

    @Test
    void anExpressionThatMeetsANullGivesNull() throws Exception {
        values.put("event.delta", null);
        assertThat(evaluate("event.delta + 1")).isNull();
        assertThat(evaluate("event.delta > 1")).isNull();
        assertThat(evaluate("event.delta")).isNull();
    }

    @Test
    void anExpressionMayAskForNull() throws Exception {
        assertThat(evaluate("event.country != null")).isEqualTo(true);
        values.put("event.country", null);
        assertThat(evaluate("event.country != null")).isEqualTo(false);
        assertThat(evaluate("event.country == null ? 'none' : event.country")).isEqualTo("none");
        assertThat(evaluate("event.country != null && event.country.startsWith('F')"))
                .isEqualTo(false);
    }

    @Test
    void whatHasNoValueFails() {
        values.put("event.delta", Long.MAX_VALUE);
        assertThatThrownBy(() -> evaluate("event.delta + 1"))
                .isInstanceOf(ExpressionFailedException.class)
                .hasMessageContaining("overflow");
        assertThatThrownBy(() -> evaluate("event.delta / 0"))
                .isInstanceOf(ExpressionFailedException.class)
                .hasMessageContaining("by zero");
        assertThatThrownBy(() -> evaluate("event.ratio / 0.0"))
                .isInstanceOf(ExpressionFailedException.class)
                .hasMessageContaining("Infinity");
    }

    @Test
    void anUnknownNameIsShownWithItsPlaceAndTheNearestRightOne() {
        assertFault("1 + event.dleta", 4, "Cannot read 'event.dleta': no such name, did you mean 'event.delta'?");
        assertFault("edits_2h > 1", 0, "Cannot read 'edits_2h': no such name, did you mean 'edits_1h'?");
    }

    @Test
    void faultsOfSyntaxAndTypeAreShownWithTheirPlace() {
        assertFault("event.delta +", 13, "");
        assertFault(
                "event.delta + 'a'",
                12,
                "Cannot apply '+' to int and string: expected int and double, or int and int, or string and string");
        assertFault("[event.delta]", 0, "Cannot use a result of type list");
        assertFault("event.delta\n + 'a'", 13, "Cannot apply '+' to int and string");
        assertFault("event.country / 2", 14, "Cannot apply '/' to string and int: expected double and int, or int and");
        assertFault("!event.delta", 0, "Cannot apply '!' to int: expected bool");
        assertFault("event.time - event.delta", 11, "Cannot apply '-' to timestamp and int: expected ");
        assertFault(
                "event.delta ? 1 : 'a'", 12, "Cannot apply '?:' to int and int and string: expected bool and T and T");
        assertFault("event.delta in [event.country]", 12, "Cannot apply 'in' to int and list(string): expected T and");
        assertFault("event.country.startsWith(1)", 24, "Cannot apply 'startsWith' to string and int: expected string");
        assertFault("size(event.delta)", 4, "Cannot apply 'size' to int: expected list(T), or map(T, U), or string");
    }

    @Test
    void anUnknownFunctionIsShownWithItsPlaceAndTheNearestRightOne() {
        assertFault("1 + lenght(event.country)", 4, "Unknown function 'lenght', did you mean 'size'?");
        assertFault("event.country.startWith('F')", 14, "Unknown function 'startWith', did you mean 'startsWith'?");
        assertFault("math.sqr(event.delta)", 0, "Unknown function 'math.sqr', did you mean 'math.sqrt'?");
        assertFault("abs (event.delta)", 0, "Unknown function 'abs', did you mean 'math.abs'?");
        assertFault("frobnicate(event.delta)", 0, "Unknown function 'frobnicate'");
    }

    @Test
    void anEmptyExpressionIsRefused() {
        assertFault("", 0, "Cannot use an empty expression: expected CEL");
        assertFault(" \n ", 0, "Cannot use an empty expression: expected CEL");
    }

    @Test
    void anIntCountsAsADoubleBesideADouble() throws Exception {
        assertThat(evaluate("edits_1h / double(event.delta)")).isEqualTo(3 / 7.0);
        assertThat(evaluate("event.ratio * 3 - 1")).isEqualTo(0.5);
        assertThat(evaluate("event.price + event.delta")).isEqualTo(19.5);
        assertThat(evaluate("7 / 2")).isEqualTo(3L);
        assertThat(evaluate("event.delta > 6.5 && event.ratio < 1")).isEqualTo(true);
        assertThat(evaluate("event.delta == 7.0")).isEqualTo(true);
        assertThat(evaluate("event.ratio != 1")).isEqualTo(true);
        values.put("event.delta", null);
        assertThat(evaluate("event.delta == 7.0")).isEqualTo(false);
        assertThat(evaluate("event.delta / 2.0")).isNull();
    }

    @Test
    void mixedNumbersAreTheSameWhereCelIsLeftToEvaluate() throws Exception {
        String only = "['Paris'].exists(city, city == event.geo.city) && ";
        assertThat(Expression.compile(only + "true", VARIABLES)).isInstanceOf(CelExpression.class);
        assertThat(evaluate(only + "event.delta == 7.0 && event.ratio != 1")).isEqualTo(true);
        assertThat(evaluate(only + "event.delta / event.ratio == 14")).isEqualTo(true);
        assertThat(evaluate(only + "event.ratio / event.delta < 1")).isEqualTo(true);
        assertThat(evaluate(only + "dyn(event.delta) == event.price - 5.5")).isEqualTo(true);
    }

    @Test
    void cosineTellsHowNearTwoVectorsAre() throws Exception {
        values.put("likes", List.of(3.0, 4.0));
        assertThat(evaluate("cosine(likes, likes)")).isEqualTo(1.0);
        assertThat(evaluate("cosine(likes, [4.0, -3.0])")).isEqualTo(0.0);
        assertThat(evaluate("cosine(likes, [-3.0, -4.0])")).isEqualTo(-1.0);
        assertThat(evaluate("cosine(likes, [3.0, 0.0])")).isEqualTo(0.6);
        for (String without : List.of("[1.0]", "[0.0, 0.0]")) {
            assertThatThrownBy(() -> evaluate("cosine(likes, " + without + ")"))
                    .isInstanceOf(ExpressionFailedException.class);
        }
        values.put("likes", null);
        assertThat(evaluate("cosine(likes, [3.0, 0.0])")).isNull();
        assertFault("cosin(likes, likes)", 0, "Unknown function 'cosin', did you mean 'cosine'?");
    }

    @Test
    void anEndlessExpressionIsRefused() {
        assertFault("1" + " + 1".repeat(3_000), 0, "");
    }

    private static void assertFault(String text, int offset, String message) {
        InvalidExpressionException fault =
                catchThrowableOfType(InvalidExpressionException.class, () -> Expression.compile(text, VARIABLES));
        assertThat(fault).isNotNull();
        assertThat(fault).hasMessageContaining(message);
        assertThat(fault.offset()).isEqualTo(offset);
    }
}
