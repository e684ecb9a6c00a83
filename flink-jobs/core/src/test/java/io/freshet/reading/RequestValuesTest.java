/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.definition.OnDemandPlan.RequestField;
import io.freshet.expression.ValueType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestValuesTest {

    @Test
    void numbersOfAllWidthsAndTheirTextsAreOneValue() {
        for (Object given : List.of(7, 7L, (short) 7, (byte) 7, 7.0, 7f, "7", new BigDecimal("7.0"))) {
            assertThat(of(given, ValueType.LONG)).as("%s", given.getClass()).isEqualTo(7L);
            assertThat(of(given, ValueType.DOUBLE)).as("%s", given.getClass()).isEqualTo(7.0);
            assertThat(of(given, ValueType.decimal(5, 2)))
                    .as("%s", given.getClass())
                    .isEqualTo(new BigDecimal("7.00"));
        }
        assertThat(of(Long.MAX_VALUE, ValueType.LONG)).isEqualTo(Long.MAX_VALUE);
        assertThat(of("9223372036854775807", ValueType.LONG)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void timesBooleansTextsListsAndMaps() {
        assertThat(of(Instant.ofEpochMilli(5), ValueType.TIMESTAMP)).isEqualTo(5L);
        assertThat(of("1970-01-01T00:00:01Z", ValueType.TIMESTAMP)).isEqualTo(1_000L);
        assertThat(of(1_000, ValueType.TIMESTAMP)).isEqualTo(1_000L);
        assertThat(of("true", ValueType.BOOLEAN)).isEqualTo(true);
        assertThat(of(new StringBuilder("a"), ValueType.STRING)).isEqualTo("a");
        assertThat(of(new float[] {1, 2.5f}, ValueType.list(ValueType.DOUBLE))).isEqualTo(List.of(1.0, 2.5));
        assertThat(of(Arrays.asList(1, null), ValueType.list(ValueType.LONG))).isEqualTo(Arrays.asList(1L, null));
        assertThat(of("[1, 2.5]", ValueType.list(ValueType.DOUBLE))).isEqualTo(List.of(1.0, 2.5));
        assertThat(of(Map.of("a", 1), ValueType.map(ValueType.DOUBLE))).isEqualTo(Map.of("a", 1.0));
    }

    @Test
    void aNumberThatWouldFillTheMemoryIsRefusedAtOnce() {
        for (String huge : List.of("1e999999999", "1e-999999999", "-7e123456")) {
            for (ValueType type : List.of(ValueType.decimal(10, 2), ValueType.LONG)) {
                assertThatThrownBy(() -> of(new BigDecimal(huge), type)).hasMessageContaining("expected a " + type);
                assertThatThrownBy(() -> of(huge, type)).hasMessageContaining("expected a " + type);
            }
        }
    }

    @Test
    void whatIsNoFiniteNumberCountsAsNull() {
        assertThat(of(Double.NaN, ValueType.DOUBLE)).isNull();
        assertThat(of("Infinity", ValueType.DOUBLE)).isNull();
        assertThat(of(null, ValueType.LONG)).isNull();
    }

    @Test
    void aValueOfAnotherTypeIsRefused() {
        assertThatThrownBy(() -> of(7.5, ValueType.LONG)).hasMessage("found '7.5', expected a long");
        assertThatThrownBy(() -> of("seven", ValueType.DOUBLE)).hasMessage("found 'seven', expected a double");
        assertThatThrownBy(() -> of(List.of(1), ValueType.DOUBLE)).hasMessage("found '[1]', expected a double");
        assertThatThrownBy(() -> of("1234.5", ValueType.decimal(4, 1))).hasMessageEndingWith("expected a decimal(4,1)");
        assertThatThrownBy(() -> of("1.55", ValueType.decimal(4, 1))).hasMessageEndingWith("expected a decimal(4,1)");
        assertThatThrownBy(() -> of("yes", ValueType.BOOLEAN)).hasMessageContaining("expected true or false");
    }

    @Test
    void aFieldThatTheRequestDoesNotSayIsNamedAndNullIsSaidByNull() {
        List<RequestField> fields = List.of(new RequestField("amount", ValueType.DOUBLE));
        assertThat(RequestValues.of(fields, Collections.singletonMap("amount", null)))
                .containsOnlyNulls();
        assertThatThrownBy(() -> RequestValues.of(fields, Map.of("country", "DE")))
                .hasMessage("The request does not say 'amount', expected a double or null (it says: country)");
        assertThatThrownBy(() -> RequestValues.of(fields, Map.of("amount", "much")))
                .hasMessage("Cannot read 'amount' of the request: found 'much', expected a double");
    }

    private static @Nullable Object of(@Nullable Object given, ValueType type) {
        return RequestValues.of(given, type);
    }
}
