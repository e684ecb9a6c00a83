/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.plan;

import io.freshet.change.Consent;
import io.freshet.change.Danger;
import io.freshet.definition.Column;
import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.Window;
import io.freshet.expression.Durations;
import io.freshet.sink.TopicNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares the topics of views with those that Kafka has. As the job makes them, so it is told here. */
public final class TopicPlans {

    private final String namespace;
    private final List<ViewPlan> plans;
    private final List<FeatureView> views;
    private final Map<String, TopicState> topics;

    private TopicPlans(String namespace, List<ViewPlan> views, Map<String, TopicState> topics) {
        this.namespace = namespace;
        this.plans = views;
        this.views = views.stream().map(ViewPlan::view).toList();
        this.topics = topics;
    }

    /** Names of all topics that a job of these views reads or writes. */
    public static Set<String> names(String namespace, List<ViewPlan> views) {
        Set<String> names = new LinkedHashSet<>();
        for (ViewPlan plan : views) {
            plan.view().sources().forEach(source -> names.add(source.topic()));
            names.add(TopicNames.history(namespace, plan.view().name()));
        }
        names.add(TopicNames.deadLetters(namespace));
        names.add(TopicNames.historySchemas(namespace));
        return names;
    }

    /**
     * What becomes of each topic of these views.
     *
     * @param topics those that are there
     */
    public static List<TopicPlan> of(String namespace, List<ViewPlan> views, Map<String, TopicState> topics) {
        return new TopicPlans(namespace, views, topics).all();
    }

    private List<TopicPlan> all() {
        List<TopicPlan> plans = new ArrayList<>();
        views.stream()
                .flatMap(view -> view.sources().stream())
                .map(FeatureView.Source::topic)
                .distinct()
                .forEach(topic -> plans.add(events(topic)));
        views.forEach(view -> plans.add(history(view)));
        plans.add(deadLetters());
        plans.add(schemas());
        return plans;
    }

    private TopicPlan events(String topic) {
        TopicState state = topics.get(topic);
        if (state == null) {
            return new TopicPlan(
                    topic,
                    false,
                    "events; not there",
                    List.of(new Danger(
                            "There is no topic '" + topic + "' to read events from; './freshet produce --topic " + topic
                                    + "' or kafka-topics.sh --create makes one",
                            Consent.NEVER)));
        }
        long longest = longestMillis(topic);
        String shorter = state.retentionMillis() < longest
                ? ", shorter than the longest window, " + text(longest)
                        + ": what begins or is backfilled lacks the rest"
                : "";
        return new TopicPlan(topic, false, "events; " + text(state) + shorter, List.of());
    }

    /** The longest window over the events of a topic, ms, but for lifetimes; 0 where there is none. */
    private long longestMillis(String topic) {
        return plans.stream()
                .filter(plan -> plan.view().sources().stream()
                        .anyMatch(source -> source.topic().equals(topic)))
                .flatMap(plan -> plan.windowed().stream())
                .map(Column.Windowed::window)
                .filter(window -> !window.isLifetime())
                .mapToLong(Window::reachMillis)
                .max()
                .orElse(0);
    }

    private TopicPlan history(FeatureView view) {
        String topic = TopicNames.history(namespace, view.name());
        int partitions = view.sources().stream()
                .map(source -> topics.get(source.topic()))
                .mapToInt(state -> state == null ? 1 : state.partitions())
                .max()
                .orElse(1);
        long wanted = view.history().retention().map(kept -> kept.toMillis()).orElse(TopicState.FOR_EVER);
        TopicState state = topics.get(topic);
        if (state == null) {
            return made(topic, "history", new TopicState(partitions, wanted, false));
        }
        List<Danger> dangers = new ArrayList<>();
        if (state.retentionMillis() < wanted) {
            dangers.add(new Danger(
                    "Topic '" + topic + "' keeps rows for " + text(state.retentionMillis()) + ", and view '"
                            + view.name() + "' says history: {retention: " + text(wanted)
                            + "}: training sets would lack the rest; set its retention.ms to "
                            + (wanted == TopicState.FOR_EVER ? "-1" : wanted),
                    Consent.TOPICS));
        }
        if (state.isCompacted()) {
            dangers.add(new Danger(
                    "Topic '" + topic + "' is compacted: of each entity all rows but the last would vanish; set its"
                            + " cleanup.policy to delete",
                    Consent.TOPICS));
        }
        if (state.partitions() != partitions) {
            dangers.add(new Danger(
                    "Topic '" + topic + "' has " + count(state.partitions()) + ", and the events have "
                            + partitions + ": where partitions were added keys have moved, and events of one entity may"
                            + " come out of order; a history of a new name has as many",
                    Consent.TOPICS));
        }
        String longer = state.retentionMillis() > wanted ? ", longer than the " + text(wanted) + " asked for" : "";
        return new TopicPlan(topic, false, "history; " + text(state) + longer, dangers);
    }

    private TopicPlan deadLetters() {
        String topic = TopicNames.deadLetters(namespace);
        TopicState state = topics.get(topic);
        return state == null
                ? made(topic, "dead letters", new TopicState(1, TopicState.FOR_EVER, false))
                : new TopicPlan(topic, false, "dead letters; " + text(state), List.of());
    }

    private TopicPlan schemas() {
        String topic = TopicNames.historySchemas(namespace);
        TopicState state = topics.get(topic);
        if (state == null) {
            return made(topic, "schemas of rows", new TopicState(1, TopicState.FOR_EVER, true));
        }
        List<Danger> dangers = state.retentionMillis() == TopicState.FOR_EVER
                ? List.of()
                : List.of(new Danger(
                        "Topic '" + topic + "' forgets schemas after " + text(state.retentionMillis())
                                + ": rows written under them could not be read; set its cleanup.policy to compact",
                        Consent.TOPICS));
        return new TopicPlan(topic, false, "schemas of rows; " + text(state), dangers);
    }

    private static TopicPlan made(String topic, String what, TopicState state) {
        return new TopicPlan(topic, true, what + "; " + text(state), List.of());
    }

    private static String text(TopicState state) {
        String kept = state.isCompacted() ? "compacted" : "kept " + keptFor(state.retentionMillis());
        return count(state.partitions()) + ", " + kept;
    }

    private static String count(int partitions) {
        return partitions + (partitions == 1 ? " partition" : " partitions");
    }

    private static String keptFor(long millis) {
        return millis == TopicState.FOR_EVER ? "for ever" : text(millis);
    }

    private static String text(long millis) {
        return millis == TopicState.FOR_EVER ? "forever" : Durations.format(millis);
    }
}
