/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.plan;

import io.freshet.change.Consent;
import io.freshet.change.Danger;
import io.freshet.change.ViewDiff;
import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What would change against what runs.
 *
 * @param namespace the namespace
 * @param job what runs, in words; empty where nothing does
 * @param views what becomes of each view
 * @param settingsChange whether {@code freshet.yaml} or what overrides it differs
 * @param topics what becomes of each topic
 * @param nowMillis when this was found, ms since 1970
 */
public record JobPlan(
        String namespace,
        Optional<String> job,
        List<ViewDiff> views,
        boolean settingsChange,
        List<TopicPlan> topics,
        long nowMillis) {

    public JobPlan {
        views = List.copyOf(views);
        topics = List.copyOf(topics);
    }

    /** All that could harm. */
    public List<Danger> dangers() {
        List<Danger> dangers = new ArrayList<>();
        views.forEach(view -> dangers.addAll(view.dangers()));
        Set<String> read = topicsOf(views.stream().flatMap(view -> view.now().stream()));
        for (String topic : topicsOf(views.stream().flatMap(view -> view.before().stream()))) {
            if (!read.contains(topic)) {
                dangers.add(new Danger(
                        "Topic '" + topic + "' is no longer read: how far it was read is left behind",
                        Consent.DROP_STATE));
            }
        }
        topics.forEach(topic -> dangers.addAll(topic.dangers()));
        return dangers;
    }

    private static Set<String> topicsOf(Stream<ViewPlan> plans) {
        return plans.flatMap(plan -> plan.view().sources().stream())
                .map(FeatureView.Source::topic)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What could harm and was not agreed to. */
    public List<Danger> refused(Set<Consent> given) {
        return dangers().stream()
                .filter(danger -> !given.contains(danger.consent()))
                .toList();
    }

    /** Whether views and settings are what runs. */
    public boolean isUnchanged() {
        return job.isPresent()
                && !settingsChange
                && views.stream().allMatch(view -> view.kind() == ViewDiff.Kind.UNCHANGED);
    }
}
