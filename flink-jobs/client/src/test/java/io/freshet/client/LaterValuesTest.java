/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.definition.Schemas;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import io.freshet.reading.LaterValues;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LaterValuesTest {

    private static final String SCHEMA = """
            {"type": "record", "name": "Order", "fields": [
              {"name": "user", "type": "string"},
              {"name": "country", "type": "string"},
              {"name": "amount", "type": "double"},
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
            """;

    private static final String VIEW = """
            view: ages
            source: {topic: t, schema: Order, event_time: time}
            entity: [user]
            windows: [1h]
            features:
              n: {count: "*"}
              age: {time_since_last: "*"}
              faded: {decayed_sum: amount, half_life: 1s}
              ages: {time_since_last: "*", windows: [3 x 1h]}
              by_country: {time_since_last: "*", per: country}
            derived:
              is_recent: "age_1h < 1000"
              twice: "n_1h * 2"
              rate: "60000 / (age_1h - 2000)"
              is_known: "age_1h != null"
            """;

    private static final long AS_OF = 50_000;
    private static final Instant A_SECOND_LATER = Instant.ofEpochMilli(AS_OF + 1_000);

    private static ViewPlan plan;

    @BeforeAll
    static void plan() throws Exception {
        plan = ViewText.of("ages.yaml", VIEW, new Schemas(Map.of("Order", SCHEMA)))
                .plan();
    }

    @Test
    void agesGrowDecayedValuesFadeAndWhatIsDerivedOfThemIsComputedAnew() {
        OnlineRow row = row(7L, 500L, 8.0, Arrays.asList(1L, null, 3L), Map.of("DE", 4L), true, 14L, -40L, true);

        assertThat(row.valuesAt(A_SECOND_LATER).values())
                .containsExactly(
                        7L,
                        1_500L,
                        4.0,
                        Arrays.asList(1_001L, null, 1_003L),
                        Map.of("DE", 1_004L),
                        false,
                        14L,
                        -120L,
                        true);
        assertThat(row.value("age_1h")).isEqualTo(500L);
        assertThat(row.value("is_recent")).isEqualTo(true);
    }

    @Test
    void oneValueIsAsAmongAllOfThem() {
        OnlineRow row = row(7L, 500L, 8.0, Arrays.asList(1L, null, 3L), Map.of("DE", 4L), true, 14L, -40L, true);

        assertThat(row.valuesAt(A_SECOND_LATER))
                .allSatisfy((column, value) ->
                        assertThat(row.valueAt(column, A_SECOND_LATER)).isEqualTo(value));
        assertThatThrownBy(() -> row.valueAt("age_2h", A_SECOND_LATER))
                .hasMessageContaining("'age_2h': the view has no such column");
    }

    @Test
    void aMomentAtOrBeforeTheRowsGivesWhatIsStored() {
        OnlineRow row = row(7L, 500L, 8.0, List.of(1L), Map.of(), true, 14L, -40L, true);

        assertThat(row.valuesAt(Instant.ofEpochMilli(AS_OF))).isEqualTo(row.values());
        assertThat(row.valuesAt(Instant.EPOCH)).isEqualTo(row.values());
        assertThat(row.valueAt("is_recent", Instant.EPOCH)).isEqualTo(true);
    }

    @Test
    void nullsStayAndADerivedColumnThatFailsIsNull() {
        OnlineRow empty = row(0L, null, null, null, null, null, 0L, null, false);
        assertThat(empty.valuesAt(A_SECOND_LATER).values())
                .containsExactly(0L, null, null, null, null, null, 0L, null, false);

        OnlineRow dividesByZero = row(7L, 1_000L, 8.0, null, null, true, 14L, -60L, true);
        assertThat(dividesByZero.valuesAt(A_SECOND_LATER)).containsEntry("rate", null);
        assertThat(dividesByZero.valueAt("rate", A_SECOND_LATER)).isNull();
    }

    @Test
    void rowsThatHoldTheSameAreEqual() {
        OnlineRow row = row(7L, 500L, 8.0, null, null, true, 14L, -40L, true);
        assertThat(row(7L, 500L, 8.0, null, null, true, 14L, -40L, true))
                .isEqualTo(row)
                .hasSameHashCodeAs(row);
        assertThat(row(8L, 500L, 8.0, null, null, true, 14L, -40L, true)).isNotEqualTo(row);
    }

    private static OnlineRow row(@Nullable Object... values) {
        Map<String, @Nullable Object> stored = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            stored.put(plan.columns().get(i).name(), values[i]);
        }
        return new OnlineRow("Ann", AS_OF, AS_OF, 1, 1, stored, List.of(), new LaterValues(plan.columns()));
    }
}
