/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.client.OnlineRow;
import io.freshet.definition.OnDemandPlan;
import io.freshet.definition.ViewPlan;
import io.freshet.metrics.ViewMetrics;
import io.freshet.reading.FeatureComputation;
import io.freshet.reading.ReadPlan;
import io.freshet.reading.RequestValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code freshet get} computes on demand: the features of a view whose request fields are all given. */
final class OnDemand {

    private final ViewPlan view;
    private final ReadPlan plan;
    private final Set<String> given;
    private final @Nullable Object[] request;

    private OnDemand(ViewPlan view, ReadPlan plan, Set<String> given, @Nullable Object[] request) {
        this.view = view;
        this.plan = plan;
        this.given = given;
        this.request = request;
    }

    /**
     * Of a view.
     *
     * @param given what the request says, as text
     */
    static OnDemand of(ViewPlan view, Map<String, String> given) throws CommandFailedException {
        List<String> known = view.onDemand().request().stream()
                .map(OnDemandPlan.RequestField::name)
                .toList();
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                throw CommandFailedException.wrongInput("Unknown --request '" + name + "': requests for view '"
                        + view.view().name() + "' say "
                        + (known.isEmpty() ? "nothing" : String.join(", ", known)));
            }
        }
        List<String> wanted = new ArrayList<>();
        for (OnDemandPlan.Feature feature : view.onDemand().features()) {
            if (missing(view, feature, given.keySet()).isEmpty()) {
                wanted.add(feature.name());
            }
        }
        ReadPlan plan = ReadPlan.of(view, wanted);
        try {
            return new OnDemand(view, plan, Set.copyOf(given.keySet()), RequestValues.of(plan.request(), given));
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.wrongInput("Cannot read --request: " + e.getMessage());
        }
    }

    /** The request fields that a feature reads and that are not given. */
    private static List<String> missing(ViewPlan view, OnDemandPlan.Feature feature, Set<String> given) {
        return view.onDemand().request().stream()
                .filter(field -> feature.expression().variables().contains(field.variable()))
                .map(OnDemandPlan.RequestField::name)
                .filter(name -> !given.contains(name))
                .toList();
    }

    boolean isEmpty() {
        return plan.features().isEmpty();
    }

    /** The features that can be computed, as of that moment, or as of the row. */
    Map<String, @Nullable Object> values(OnlineRow row, Optional<Instant> moment) {
        long now = moment.map(Instant::toEpochMilli).orElse(row.asOfMillis());
        @Nullable
        Object[] stored = plan.later().names().stream().map(row::value).toArray();
        FeatureComputation computation = plan.computation(ViewMetrics.NONE);
        @Nullable
        Object[] values =
                computation.features(plan.later().at(stored, now - row.asOfMillis()), new BitSet(), request, now);
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            named.put(plan.features().get(i).name(), values[i]);
        }
        return named;
    }

    /** All features that are computed on demand, as text; of those that cannot be, what they need. */
    Map<String, String> texts(OnlineRow row, Optional<Instant> moment) {
        Map<String, @Nullable Object> values = values(row, moment);
        Map<String, String> texts = new LinkedHashMap<>();
        for (OnDemandPlan.Feature feature : view.onDemand().features()) {
            texts.put(
                    feature.name(),
                    values.containsKey(feature.name())
                            ? ValueView.text(values.get(feature.name()), feature.type())
                            : needs(feature));
        }
        return texts;
    }

    private String needs(OnDemandPlan.Feature feature) {
        return "needs --request " + String.join("=... --request ", missing(view, feature, given)) + "=...";
    }
}
