/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import io.freshet.definition.ViewPlan;
import io.freshet.reading.ReadPlan;
import io.freshet.reading.RequestValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The features that one model reads: of several views, in one order. Made once and kept; immutable and safe for use by many
 * threads.
 */
public final class FeatureService {

    private final List<ServiceView> views;

    private FeatureService(List<ServiceView> views) {
        this.views = List.copyOf(views);
    }

    /** Begins one. */
    public static Builder builder() {
        return new Builder();
    }

    /** All features of a view. */
    public static FeatureService of(ViewPlan view) {
        return builder().view(view).build();
    }

    List<ServiceView> views() {
        return views;
    }

    /** Names of the views, in order. */
    public List<String> viewNames() {
        return views.stream().map(ServiceView::name).toList();
    }

    /** Takes views one by one. */
    public static final class Builder {

        private final List<ReadPlan> plans = new ArrayList<>();
        private final Map<String, Map<String, Object>> defaults = new HashMap<>();

        private Builder() {}

        /** All features of a view: its columns, then what is computed on demand. */
        public Builder view(ViewPlan view) {
            return add(ReadPlan.all(view));
        }

        /**
         * Some features of a view, in that order.
         *
         * @param features names of columns and of on-demand features
         * @throws IllegalArgumentException if the view has no such feature, or was given before
         */
        public Builder view(ViewPlan view, List<String> features) {
            return add(ReadPlan.of(view, features));
        }

        private Builder add(ReadPlan plan) {
            String name = plan.view().view().name();
            if (plans.stream().anyMatch(other -> other.view().view().name().equals(name))) {
                throw new IllegalArgumentException("Cannot read view '" + name + "' twice in one service");
            }
            plans.add(plan);
            return this;
        }

        /**
         * What a feature is where it has no value: the entity has no row, or the value is null. Features that are computed on
         * demand are computed from the nulls, as in training sets.
         *
         * @throws IllegalArgumentException if no view that was given has the feature, or the value is none of its type
         */
        public Builder otherwise(String view, String feature, Object value) {
            ReadPlan.Feature found = plans.stream()
                    .filter(plan -> plan.view().view().name().equals(view))
                    .flatMap(plan -> plan.features().stream())
                    .filter(each -> each.name().equals(feature))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("Cannot give '" + view + "." + feature
                            + "' a default: it is not among the features of the service"));
            Object typed = RequestValues.of(value, found.type());
            if (typed == null) {
                throw new IllegalArgumentException("Cannot give '" + view + "." + feature + "' the default " + value
                        + ": expected a finite number");
            }
            defaults.computeIfAbsent(view, missing -> new HashMap<>()).put(feature, typed);
            return this;
        }

        /**
         * The service.
         *
         * @throws IllegalArgumentException if no view was given
         */
        public FeatureService build() {
            if (plans.isEmpty()) {
                throw new IllegalArgumentException("Cannot read no view: expected one or more");
            }
            return new FeatureService(plans.stream()
                    .map(plan -> ServiceView.of(
                            plan, defaults.getOrDefault(plan.view().view().name(), Map.of())))
                    .toList());
        }
    }
}
