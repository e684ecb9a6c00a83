/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.freshet.client.FeatureService;
import io.freshet.definition.ViewPlan;
import io.freshet.expression.Spelling;
import io.freshet.reading.ReadPlan;
import io.freshet.server.FeatureList.Reference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The views that are served, and named lists of their features. Safe for use by many threads. */
public final class ServedViews {

    /** Callers have few lists, and each many calls. In references and columns, of which long lists have many. */
    private static final int REFERENCES_KEPT = 200_000;

    private final Map<String, ViewPlan> views;
    private final Map<String, FeatureList> services = new LinkedHashMap<>();
    private final Cache<List<String>, FeatureList> lists = Caffeine.newBuilder()
            .maximumWeight(REFERENCES_KEPT)
            .weigher((List<String> asked, FeatureList found) ->
                    asked.size() + found.columns().size())
            .build();

    private ServedViews(Map<String, ViewPlan> views) {
        this.views = views;
    }

    /**
     * Views and lists.
     *
     * @param plans the views
     * @param services lists of features by name, each {@code view:feature}, or {@code view} for all of it
     * @throws IllegalArgumentException if there is no view, or a list names a feature that is not there
     */
    public static ServedViews of(List<ViewPlan> plans, Map<String, List<String>> services) {
        if (plans.isEmpty()) {
            throw new IllegalArgumentException("Cannot serve no view: expected one or more");
        }
        Map<String, ViewPlan> byName = new LinkedHashMap<>();
        plans.forEach(plan -> byName.put(plan.view().name(), plan));
        ServedViews served = new ServedViews(byName);
        services.forEach((name, features) -> {
            try {
                served.services.put(name, served.make(features));
            } catch (Refusal e) {
                throw new IllegalArgumentException(
                        "Cannot serve the list '" + name + "': " + e.message() + ". " + e.help());
            }
        });
        return served;
    }

    /** Names of the views. */
    public List<String> names() {
        return List.copyOf(views.keySet());
    }

    /** Names of the lists. */
    public List<String> serviceNames() {
        return List.copyOf(services.keySet());
    }

    /** A view, or empty where none has that name. */
    public Optional<ViewPlan> view(String name) {
        return Optional.ofNullable(views.get(name));
    }

    /** All views together, each with all its columns. */
    FeatureService all() {
        FeatureService.Builder all = FeatureService.builder();
        views.values().forEach(all::view);
        return all.build();
    }

    /**
     * The list of that name.
     *
     * @throws Refusal if there is none
     */
    FeatureList service(String name) {
        FeatureList found = services.get(name);
        if (found == null) {
            throw Refusal.of(400, "unknown_feature_service", "There is no feature service '" + name + "'")
                    .at("feature_service")
                    .help(
                            services.isEmpty()
                                    ? "None is defined: name 'features', or define it under serve.services in the settings"
                                    : known(name, services.keySet()));
        }
        return found;
    }

    /**
     * Features by their references.
     *
     * @param references each {@code view:feature}, or {@code view} for all of it
     * @throws Refusal if one names nothing
     */
    FeatureList list(List<String> references) {
        FeatureList found = lists.getIfPresent(references);
        if (found == null) {
            found = make(references);
            lists.put(List.copyOf(references), found);
        }
        return found;
    }

    private FeatureList make(List<String> references) {
        if (references.isEmpty()) {
            throw Refusal.of(400, "no_features", "No feature is asked for")
                    .at("features")
                    .help("Expected references such as " + example());
        }
        Set<Reference> wanted = new LinkedHashSet<>();
        for (int i = 0; i < references.size(); i++) {
            wanted.addAll(resolve(references.get(i), "features[" + i + "]"));
        }
        return FeatureList.of(new ArrayList<>(wanted), views);
    }

    private List<Reference> resolve(String reference, String where) {
        int colon = reference.indexOf(':');
        String name = colon < 0 ? reference : reference.substring(0, colon);
        ViewPlan view = view(name).orElseThrow(() -> unknownView(400, name).at(where));
        List<String> features = ReadPlan.names(view);
        if (colon < 0) {
            return features.stream().map(each -> new Reference(name, each)).toList();
        }
        String feature = reference.substring(colon + 1);
        if (!features.contains(feature)) {
            throw unknownFeature(view, feature).at(where);
        }
        return List.of(new Reference(name, feature));
    }

    Refusal unknownView(int status, String name) {
        return Refusal.of(status, "unknown_view", "There is no view '" + name + "'")
                .help(known(name, views.keySet()));
    }

    static Refusal unknownFeature(ViewPlan view, String feature) {
        return Refusal.of(400, "unknown_feature", "View '" + view.view().name() + "' has no feature '" + feature + "'")
                .help(known(feature, ReadPlan.names(view)));
    }

    /** What was probably meant, or all that there is. */
    static String known(String written, Collection<String> known) {
        return Spelling.nearest(written, known)
                .map(near -> "Did you mean '" + near + "'?")
                .orElseGet(() -> "Expected one of " + String.join(", ", known));
    }

    private String example() {
        ViewPlan first = views.values().iterator().next();
        return "\"" + first.view().name() + ":" + ReadPlan.names(first).get(0) + "\"";
    }
}
