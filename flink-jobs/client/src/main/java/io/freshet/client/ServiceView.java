/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import io.freshet.definition.ViewPlan;
import io.freshet.metrics.ViewMetrics;
import io.freshet.reading.FeatureComputation;
import io.freshet.reading.ReadPlan;
import io.freshet.reading.RequestValues;
import io.freshet.row.EntityKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One view of a service.
 *
 * @param plan how its features are got
 * @param form how its rows are stored
 * @param defaults what features without a value are, by name
 */
record ServiceView(ReadPlan plan, StoredForm form, Map<String, Object> defaults) {

    private static final BitSet NOTHING_LEFT_OUT = new BitSet();

    ServiceView {
        defaults = Map.copyOf(defaults);
    }

    static ServiceView of(ReadPlan plan, Map<String, Object> defaults) {
        return new ServiceView(plan, StoredForm.of(plan), defaults);
    }

    String name() {
        return plan.view().view().name();
    }

    /**
     * The key of the entity that a row asks for.
     *
     * @throws IllegalArgumentException if the row lacks a field of it
     */
    String entity(EntityRow asked) {
        List<Object> values = new ArrayList<>();
        for (ViewPlan.Field field : plan.view().entity()) {
            String last = field.path().get(field.path().size() - 1);
            Object given =
                    asked.entity().getOrDefault(field.name(), asked.entity().get(last));
            Object value = given == null ? null : RequestValues.of(given, field.type());
            if (value == null) {
                throw new IllegalArgumentException(
                        "Cannot read view '" + name() + "': the row has no entity field '" + last + "' (it has: "
                                + String.join(", ", asked.entity().keySet()) + ")");
            }
            values.add(value);
        }
        return EntityKey.format(values);
    }

    /**
     * What the request says for the view.
     *
     * @throws IllegalArgumentException if it lacks something that a wanted feature reads, or has no value of its type
     */
    @Nullable
    Object[] request(EntityRow asked) {
        try {
            return RequestValues.of(plan.request(), asked.request());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Cannot compute features of view '" + name() + "' on demand: " + e.getMessage(), e);
        }
    }

    /** What the view gives to one row. */
    ViewVector vector(
            String entity,
            Optional<StoredRow> found,
            OptionalLong watermarkMillis,
            long staleAfterMillis,
            FeatureComputation computation,
            @Nullable Object[] request,
            long nowMillis) {
        Optional<StoredRow> row = found.filter(
                each -> each.identity().version() == plan.view().view().version());
        @Nullable
        Object[] values = row.map(each -> plan.later()
                        .at(each.values(), nowMillis - each.identity().asOfMillis()))
                .orElseGet(() -> new Object[plan.columns().size()]);
        @Nullable Object[] features = computation.features(values, NOTHING_LEFT_OUT, request, nowMillis);
        Set<String> warming = row.map(this::warming).orElse(Set.of());
        Set<String> defaulted = new LinkedHashSet<>();
        for (int i = 0; i < features.length; i++) {
            String feature = plan.features().get(i).name();
            if (features[i] == null && defaults.containsKey(feature)) {
                features[i] = defaults.get(feature);
                defaulted.add(feature);
            }
        }
        return new ViewVector(
                name(),
                entity,
                status(row.isPresent(), warming, watermarkMillis, staleAfterMillis, nowMillis),
                found.map(StoredRow::identity),
                row.map(each -> OptionalLong.of(nowMillis - each.identity().asOfMillis()))
                        .orElse(OptionalLong.empty()),
                plan.features(),
                features,
                warming,
                defaulted);
    }

    private static RowStatus status(
            boolean hasRow, Set<String> warming, OptionalLong watermarkMillis, long staleAfterMillis, long nowMillis) {
        if (!hasRow) {
            return RowStatus.MISSING;
        }
        if (watermarkMillis.isEmpty() || nowMillis - watermarkMillis.getAsLong() > staleAfterMillis) {
            return RowStatus.STALE;
        }
        return warming.isEmpty() ? RowStatus.FRESH : RowStatus.WARMING;
    }

    /** The wanted features that are, or are computed from, a warming column. */
    private Set<String> warming(StoredRow row) {
        if (row.warming().isEmpty()) {
            return Set.of();
        }
        Set<String> features = new LinkedHashSet<>();
        for (ReadPlan.Feature feature : plan.features()) {
            if (feature.reads().stream()
                    .anyMatch(column ->
                            row.warming().contains(plan.columns().get(column).name()))) {
                features.add(feature.name());
            }
        }
        return features;
    }

    /** How far the watermark may be behind: see {@link ReaderOptions.Builder#staleAfter}. */
    Duration staleAfter() {
        return plan.view().view().staleAfter();
    }

    FeatureComputation computation() {
        return plan.computation(ViewMetrics.NONE);
    }
}
