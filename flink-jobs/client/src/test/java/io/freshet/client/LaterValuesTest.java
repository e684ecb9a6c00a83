/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.definition.Schemas;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LaterValuesTest {

    static final String SCHEMA = """
            {"type": "record", "name": "Order", "fields": [
              {"name": "user", "type": "string"},
              {"name": "country", "type": "string"},
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
            """;

    static final String VIEW = """
            view: ages
            source: {topic: t, schema: Order, event_time: time}
            entity: [user]
            windows: [1h]
            features:
              n: {count: "*"}
              age: {test_age: "*"}
              faded: {test_faded: "*"}
              ages: {test_age: "*", windows: [3 x 1h]}
              by_country: {test_age: "*", per: country}
            derived:
              is_recent: "age_1h < 1000"
              twice: "n_1h * 2"
              rate: "60000 / (age_1h - 2000)"
            """;

    private static final long AS_OF = 50_000;

    @Test
    void agesGrowDecayedValuesFadeAndWhatIsDerivedOfThemIsComputedAnew() throws Exception {
        OnlineRow row = row(7L, 500L, 8.0, Arrays.asList(1L, null, 3L), Map.of("DE", 4L), true, 14L, -40L);

        assertThat(later().of(row, AS_OF + 1_000).values())
                .containsExactly(
                        7L, 1_500L, 4.0, Arrays.asList(1_001L, null, 1_003L), Map.of("DE", 1_004L), false, 14L, -120L);
        assertThat(row.stored()).containsEntry("age_1h", 500L);
    }

    @Test
    void aMomentAtOrBeforeTheRowsGivesWhatIsStored() throws Exception {
        OnlineRow row = row(7L, 500L, 8.0, List.of(1L), Map.of(), true, 14L, -40L);
        assertThat(later().of(row, AS_OF)).isEqualTo(row.stored());
        assertThat(later().of(row, 0)).isEqualTo(row.stored());
    }

    @Test
    void nullsStayAndADerivedColumnThatFailsIsNull() throws Exception {
        OnlineRow row = row(0L, null, null, null, null, null, 0L, null);
        assertThat(later().of(row, AS_OF + 1_000).values()).containsExactly(0L, null, null, null, null, null, 0L, null);
        OnlineRow dividesByZero = row(7L, 500L, 8.0, null, null, true, 14L, -40L);
        assertThat(later().of(dividesByZero, AS_OF + 1_500)).containsEntry("rate", null);
    }

    @Test
    void itTellsWhichColumnsChange() throws Exception {
        LaterValues later = later();
        assertThat(plan().columns().stream().map(column -> column.name()).filter(later::changes))
                .containsExactly("age_1h", "faded_1h", "ages_3x1h", "by_country_1h", "is_recent", "rate");
    }

    private static LaterValues later() throws Exception {
        return new LaterValues(plan());
    }

    static ViewPlan plan() throws Exception {
        return ViewText.of("ages.yaml", VIEW, new Schemas(Map.of("Order", SCHEMA)))
                .plan();
    }

    private static OnlineRow row(@Nullable Object... values) throws Exception {
        Map<String, @Nullable Object> stored = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            stored.put(plan().columns().get(i).name(), values[i]);
        }
        return new OnlineRow("Ann", AS_OF, AS_OF, 1, 1, stored, stored, List.of());
    }
}
