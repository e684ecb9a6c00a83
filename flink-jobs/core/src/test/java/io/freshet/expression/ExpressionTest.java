/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
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
            "edits_1h", ValueType.LONG);

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
        return Expression.compile(text, VARIABLES).evaluate(values::get);
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
        assertFault("event.delta + 'a'", 12, "found no matching overload for '_+_'");
        assertFault("[event.delta]", 0, "Cannot use a result of type list");
        assertFault("event.delta\n + 'a'", 13, "found no matching overload for '_+_'");
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
