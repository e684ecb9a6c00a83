/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.change;

import io.freshet.definition.Column;
import io.freshet.definition.FeatureView;
import io.freshet.definition.Meanings;
import io.freshet.definition.ViewPlan;
import io.freshet.expression.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares two definitions of one view. */
final class Differences {

    private static final String NOTHING = "";

    private final ViewPlan before;
    private final ViewPlan now;
    private final List<Change> changes = new ArrayList<>();

    Differences(ViewPlan before, ViewPlan now) {
        this.before = before;
        this.now = now;
    }

    /** What differs, in the order of a definition. */
    List<Change> all() {
        FeatureView was = before.view();
        FeatureView is = now.view();
        safe("version", view -> String.valueOf(view.version()));
        safe("description", FeatureView::description);
        safe("owner", FeatureView::owner);
        sources(was, is);
        meaning("entity", view -> view.entity().toString());
        meaning("where", view -> view.where().map(FeatureText::expression).orElse(NOTHING));
        meaning("emit", view -> view.emit().name().toLowerCase(Locale.ROOT));
        features();
        safe("online.ttl", view -> text(view.online().ttl()));
        meaning("online.layout", view -> view.online().layout().name().toLowerCase(Locale.ROOT));
        safe("history.retention", view -> text(view.history().retention()));
        safe("freshness", view -> Durations.format(view.freshness().toMillis()));
        safe("coalesce", view -> text(view.coalesce()));
        safe("drift", view -> String.valueOf(view.drift()));
        requests(was, is);
        return changes;
    }

    private static String text(Optional<Duration> duration) {
        return duration.map(length -> Durations.format(length.toMillis())).orElse(NOTHING);
    }

    private void safe(String key, Function<FeatureView, String> text) {
        property(key, text.apply(before.view()), text.apply(now.view()), false);
    }

    private void meaning(String key, Function<FeatureView, String> text) {
        property(key, text.apply(before.view()), text.apply(now.view()), true);
    }

    private void property(String key, String was, String is, boolean isMeaning) {
        if (!was.equals(is)) {
            changes.add(new Change.Property(key, was, is, isMeaning));
        }
    }

    private void sources(FeatureView was, FeatureView is) {
        List<String> topics =
                was.sources().stream().map(FeatureView.Source::topic).toList();
        List<String> topicsNow =
                is.sources().stream().map(FeatureView.Source::topic).toList();
        if (!topics.equals(topicsNow)) {
            property("source.topic", String.join(", ", topics), String.join(", ", topicsNow), true);
            return;
        }
        for (int i = 0; i < topics.size(); i++) {
            String key = topics.size() == 1 ? "source." : "source[" + topics.get(i) + "].";
            FeatureView.Source one = was.sources().get(i);
            FeatureView.Source other = is.sources().get(i);
            property(key + "event_time", one.eventTime(), other.eventTime(), true);
            property(key + "non_finite", text(one.nonFinite()), text(other.nonFinite()), true);
            property(key + "schema", one.schema(), other.schema(), false);
            boolean isOtherVersion = one.schema().equals(other.schema())
                    && !before.sources()
                            .get(i)
                            .schema()
                            .equals(now.sources().get(i).schema());
            if (isOtherVersion) {
                changes.add(new Change.Property(
                        key + "schema", one.schema(), other.schema() + " (its fields have changed)", false));
            }
            property(key + "format", text(one.format()), text(other.format()), false);
            property(key + "out_of_orderness", text(one.outOfOrderness()), text(other.outOfOrderness()), false);
            property(key + "idle_after", text(one.idleAfter()), text(other.idleAfter()), false);
            property(key + "max_future", text(one.maxFuture()), text(other.maxFuture()), false);
        }
    }

    private static String text(Duration duration) {
        return Durations.format(duration.toMillis());
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** A feature or derived column: its definition and its columns with their meanings. */
    private record Named(String definition, Map<String, String> columns) {}

    private void features() {
        Map<String, Named> was = named(before);
        Map<String, Named> is = named(now);
        Set<String> names = new LinkedHashSet<>(was.keySet());
        names.addAll(is.keySet());
        for (String name : names) {
            Named old = was.get(name);
            Named own = is.get(name);
            if (own == null && old != null) {
                changes.add(new Change.Removed(name, old.definition, List.copyOf(old.columns.keySet())));
            } else if (old == null && own != null) {
                changes.add(new Change.Added(name, own.definition, List.copyOf(own.columns.keySet())));
            } else if (old != null && own != null) {
                compare(name, old, own);
            }
        }
    }

    private void compare(String name, Named old, Named own) {
        List<String> added = without(own.columns, old.columns);
        List<String> removed = without(old.columns, own.columns);
        List<String> redefined = own.columns.keySet().stream()
                .filter(column -> old.columns.containsKey(column)
                        && !Objects.equals(old.columns.get(column), own.columns.get(column)))
                .toList();
        boolean isOfTheView = old.definition.equals(own.definition)
                && changes.stream().anyMatch(change -> change instanceof Change.Property whole && whole.isMeaning());
        if (isOfTheView) {
            return; // said once, of the view
        }
        if (!added.isEmpty() || !removed.isEmpty() || !redefined.isEmpty()) {
            changes.add(new Change.Redefined(name, old.definition, own.definition, added, removed, redefined));
        }
    }

    private static List<String> without(Map<String, String> columns, Map<String, String> others) {
        return columns.keySet().stream()
                .filter(column -> !others.containsKey(column))
                .toList();
    }

    private static Map<String, Named> named(ViewPlan plan) {
        List<String> meanings = Meanings.of(plan);
        Map<String, String> byColumn = new LinkedHashMap<>();
        for (int i = 0; i < meanings.size(); i++) {
            byColumn.put(plan.columns().get(i).name(), meanings.get(i));
        }
        Map<String, Named> named = new LinkedHashMap<>();
        for (FeatureView.Feature feature : plan.view().features()) {
            Map<String, String> columns = new LinkedHashMap<>();
            for (Column column : plan.columns()) {
                boolean isOwn = feature.windows().stream()
                        .anyMatch(window -> column.name().equals(feature.name() + "_" + window.label()));
                if (isOwn) {
                    columns.put(column.name(), Objects.requireNonNull(byColumn.get(column.name())));
                }
            }
            named.put(feature.name(), new Named(FeatureText.of(feature), columns));
        }
        for (FeatureView.Derived derived : plan.view().derived()) {
            String meaning = Objects.requireNonNull(byColumn.get(derived.name()));
            named.put(derived.name(), new Named(FeatureText.of(derived), Map.of(derived.name(), meaning)));
        }
        return named;
    }

    private static String requested(FeatureView view) {
        return view.onDemand().request().stream()
                .map(field -> field.name() + ": " + field.type().text())
                .collect(Collectors.joining(", "));
    }

    private void requests(FeatureView was, FeatureView is) {
        property("request", requested(was), requested(is), false);
        Map<String, String> texts = new LinkedHashMap<>();
        was.onDemand().features().forEach(feature -> texts.put(feature.name(), FeatureText.of(feature)));
        for (FeatureView.Derived feature : is.onDemand().features()) {
            String old = texts.remove(feature.name());
            property("on_demand." + feature.name(), old == null ? NOTHING : old, FeatureText.of(feature), old != null);
        }
        texts.forEach((name, text) -> property("on_demand." + name, text, NOTHING, false));
    }
}
