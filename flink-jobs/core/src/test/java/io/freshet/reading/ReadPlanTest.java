/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.definition.Column;
import io.freshet.definition.OnDemandPlan;
import io.freshet.definition.ViewPlan;
import io.freshet.metrics.ViewMetrics;
import io.freshet.row.HistorySchema;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReadPlanTest {

    private static final BitSet NONE = new BitSet();

    private static ViewPlan view;

    @BeforeAll
    static void plan() throws Exception {
        view = Payments.plan();
    }

    @Test
    void onlyWhatTheWantedFeaturesNeedIsRead() {
        assertThat(columns("twice", "n_1h")).containsExactly("n_1h", "twice");
        assertThat(columns("ratio")).containsExactly("amount_mean_1h");
        assertThat(columns("hour")).isEmpty();
        assertThat(columns("quick"))
                .as("what is derived of an age is computed anew from it")
                .containsExactly("age_1h", "is_recent");
        assertThat(ReadPlan.of(view, List.of("ratio", "each")).request())
                .extracting(OnDemandPlan.RequestField::name)
                .containsExactly("amount", "hops");
        assertThat(ReadPlan.all(view).features())
                .extracting(ReadPlan.Feature::name)
                .containsExactlyElementsOf(ReadPlan.names(view));
    }

    @Test
    void anUnknownFeatureIsNamedWithTheNearestThereIs() {
        assertThatThrownBy(() -> ReadPlan.of(view, List.of("n_1h", "ratoi")))
                .hasMessageStartingWith("Cannot read feature 'ratoi': view 'payments' has no such feature, did you mean"
                        + " 'ratio'? (known: n_1h, ");
    }

    @Test
    void whatIsComputedOnDemandIsNotAmongTheColumnsThatAreStored() {
        assertThat(view.columns()).extracting(Column::name).doesNotContain("ratio", "hour");
        assertThat(HistorySchema.of(view).getFields())
                .extracting(Schema.Field::name)
                .contains("n_1h")
                .doesNotContain("ratio", "hour");
    }

    @Test
    void featuresComeInTheOrderWanted() {
        assertThat(read(List.of("ratio", "n_1h", "each"), values(7L, 4.0, 0L, 8.0, "DE", true, 14L), request()))
                .containsExactly(2.5, 7L, 3L);
    }

    @Test
    void agesAndFadedValuesAreThoseOfTheMoment() {
        List<String> wanted = List.of("age_1h", "faded_1h", "is_recent", "idle", "rest", "quick");
        ReadPlan plan = ReadPlan.of(view, wanted);
        @Nullable Object[] stored = {500L, 8.0, true};
        @Nullable Object[] request = RequestValues.of(plan.request(), Map.of("amount", 200));

        assertThat(features(plan, plan.later().at(stored, 0), request))
                .containsExactly(500L, 8.0, true, 501L, 208.0, true);
        assertThat(features(plan, plan.later().at(stored, 2_000), request))
                .containsExactly(2_500L, 2.0, false, 2_501L, 202.0, false);
        assertThat(stored).as("stays as it is").containsExactly(500L, 8.0, true);
    }

    @Test
    void nullsDivisionByZeroAndOverflowAreAsInDerivedColumns() {
        Counted failed = new Counted();
        ReadPlan plan = ReadPlan.of(view, List.of("ratio", "each", "beyond", "first", "abroad"));
        FeatureComputation computation = plan.computation(failed);
        @Nullable Object[] none = new Object[3];

        assertThat(computation.features(none, NONE, values(10.0, "DE", 2L), 0))
                .containsExactly(null, null, null, 10.0, true);
        assertThat(computation.features(values(7L, 0.0, "DE"), NONE, values(10.0, "DE", 0L), 0))
                .containsExactly(null, null, 7L, 0.0, false);
        assertThat(failed.count).as("x / 0.0 is infinite, n / 0 fails").isEqualTo(2);
        assertThat(computation.features(values(7L, 2.0, "DE"), NONE, values(null, null, Long.MAX_VALUE), 0))
                .containsExactly(null, 0L, null, 2.0, true);
        assertThat(failed.count).as("an overflow, too").isEqualTo(3);
    }

    @Test
    void whatReadsAValueThatIsLeftOutIsLeftOut() {
        ReadPlan plan = ReadPlan.of(view, List.of("first", "n_1h", "each"));
        BitSet leftOut = new BitSet();
        leftOut.set(1);
        assertThat(plan.computation(ViewMetrics.NONE).features(values(6L, null), leftOut, values(10.0, 2L), 0))
                .containsExactly(null, 6L, 3L);
    }

    @Test
    void theMomentItselfAndTimesAndVectorsOfTheRequestCanBeRead() {
        ReadPlan plan = ReadPlan.of(view, List.of("hour", "until", "near"));
        @Nullable
        Object[] request =
                RequestValues.of(plan.request(), Map.of("at", "1970-01-01T02:00:02Z", "near", new float[] {3, 4}));

        assertThat(plan.computation(ViewMetrics.NONE).features(new Object[0], NONE, request, 7_200_000))
                .containsExactly(2L, true, 0.6);
    }

    private static List<String> columns(String... wanted) {
        return ReadPlan.of(view, List.of(wanted)).columns().stream()
                .map(Column::name)
                .toList();
    }

    private static Map<String, Object> request() {
        return Map.of("amount", 10.0, "country", "FR", "hops", 2L);
    }

    private static @Nullable Object[] read(List<String> wanted, @Nullable Object[] row, Map<String, Object> request) {
        ReadPlan plan = ReadPlan.of(view, wanted);
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        for (int i = 0; i < row.length; i++) {
            named.put(view.columns().get(i).name(), row[i]);
        }
        @Nullable
        Object[] values =
                plan.columns().stream().map(column -> named.get(column.name())).toArray();
        return features(plan, values, RequestValues.of(plan.request(), request));
    }

    private static @Nullable Object[] features(ReadPlan plan, @Nullable Object[] values, @Nullable Object[] request) {
        return plan.computation(ViewMetrics.NONE).features(values, NONE, request, 0);
    }

    private static @Nullable Object[] values(@Nullable Object... values) {
        return values;
    }

    /** Counts failures. */
    private static final class Counted implements ViewMetrics {
        private int count;

        @Override
        public void eventIn() {}

        @Override
        public void rowOut() {}

        @Override
        public void eventLate() {}

        @Override
        public void eventOutOfOrder() {}

        @Override
        public void nonFiniteSkipped() {}

        @Override
        public void overflow() {}

        @Override
        public void expressionFailed() {
            count++;
        }
    }
}
