/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.console;

import io.freshet.console.Definition;
import io.freshet.definition.Column;
import io.freshet.definition.FeatureView;
import io.freshet.definition.OnDemandPlan;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import io.freshet.definition.Window;
import io.freshet.sink.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Views as people look at them. */
final class Definitions {

    private Definitions() {}

    static Definition of(ConsoleViews views, ViewText text) {
        ViewPlan plan = text.plan();
        FeatureView view = plan.view();
        String key =
                plan.entity().stream().map(field -> "<" + field.name() + ">").collect(Collectors.joining("|"));
        return new Definition(
                view.name(),
                view.version(),
                view.description(),
                view.owner(),
                text.file(),
                text.yaml(),
                plan.entity().stream()
                        .map(field ->
                                new Definition.Field(field.name(), field.type().toString()))
                        .toList(),
                lower(view.emit()),
                view.where().map(FeatureView.Text::text).orElse(null),
                lower(view.online().layout()),
                millis(view.online().ttl()),
                millis(view.history().retention()),
                view.freshness().toMillis(),
                millis(view.coalesce()),
                TopicNames.history(views.namespace(), view.name()),
                views.namespace() + ":" + view.name() + ":" + key,
                view.sources().stream().map(Definitions::source).toList(),
                columns(plan),
                onDemand(view, plan.onDemand()));
    }

    private static Definition.Source source(FeatureView.Source source) {
        return new Definition.Source(
                source.topic(),
                source.schema(),
                source.eventTime(),
                source.files().isPresent() ? "files" : source.format().label(),
                source.outOfOrderness().toMillis(),
                source.idleAfter().toMillis(),
                source.maxFuture().toMillis());
    }

    private static List<Definition.Column> columns(ViewPlan plan) {
        Map<String, FeatureView.Feature> features = new HashMap<>();
        for (FeatureView.Feature feature : plan.view().features()) {
            feature.windows().forEach(window -> features.put(feature.name() + "_" + window.label(), feature));
        }
        Map<String, String> derived = new HashMap<>();
        plan.view()
                .derived()
                .forEach(each -> derived.put(each.name(), each.expression().text()));
        List<Definition.Column> columns = new ArrayList<>();
        for (Column column : plan.columns()) {
            FeatureView.Feature feature = features.get(column.name());
            Window window = column.window();
            columns.add(new Definition.Column(
                    column.name(),
                    column.type().toString(),
                    feature == null ? null : feature.name(),
                    window.label(),
                    window.isLifetime() ? null : (Long) window.reachMillis(),
                    window.isLifetime() ? null : (Long) window.hopMillis(),
                    feature == null ? derived.getOrDefault(column.name(), "") : computed(feature),
                    feature == null
                            ? null
                            : feature.where().map(FeatureView.Text::text).orElse(null)));
        }
        return columns;
    }

    /** {@code sum(added) per country, of the latest 10}. */
    private static String computed(FeatureView.Feature feature) {
        StringBuilder text = new StringBuilder(feature.call().function())
                .append('(')
                .append(feature.input().text());
        new TreeMap<>(feature.call().arguments())
                .forEach((name, value) ->
                        text.append(", ").append(name).append(": ").append(value.text()));
        text.append(')');
        feature.per().ifPresent(per -> text.append(" per ").append(per.text()));
        if (feature.latest() > 0) {
            text.append(", of the latest ").append(feature.latest());
        }
        if (!feature.from().isEmpty()) {
            text.append(", from ")
                    .append(feature.from().stream().map(FeatureView.Text::text).collect(Collectors.joining(", ")));
        }
        return text.toString();
    }

    private static List<Definition.OnDemand> onDemand(FeatureView view, OnDemandPlan plan) {
        Map<String, String> written = new HashMap<>();
        view.onDemand()
                .features()
                .forEach(each -> written.put(each.name(), each.expression().text()));
        return plan.features().stream()
                .map(each -> new Definition.OnDemand(
                        each.name(), each.type().toString(), written.getOrDefault(each.name(), "")))
                .toList();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Long millis(Optional<Duration> duration) {
        return duration.map(Duration::toMillis).orElse(null);
    }
}
