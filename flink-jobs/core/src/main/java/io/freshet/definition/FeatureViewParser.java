/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.definition.FeatureView.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads a feature view from YAML. What it cannot read it reports and leaves out, so that the rest is still checked; keys,
 * defaults and meanings are those of {@code feature-view.schema.json}.
 */
final class FeatureViewParser {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private static final List<String> VIEW_KEYS = List.of(
            "view",
            "version",
            "description",
            "owner",
            "source",
            "entity",
            "where",
            "emit",
            "windows",
            "features",
            "derived",
            "request",
            "on_demand",
            "online",
            "history",
            "freshness",
            "coalesce",
            "drift");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LONGEST_COALESCE = Duration.ofSeconds(10);

    private final YamlMap root;
    private final Scalars scalars;
    private final Problems problems;

    private FeatureViewParser(YamlMap root, Problems problems) {
        this.root = root;
        this.scalars = new Scalars(problems);
        this.problems = problems;
    }

    /** The view; empty where too little of it can be read to check the rest. Adds what is wrong to the problems. */
    static Optional<Parsed> parse(String yaml, Problems problems) {
        return YamlMap.file(yaml, problems).flatMap(root -> new FeatureViewParser(root, problems).view());
    }

    private Optional<Parsed> view() {
        root.allow(VIEW_KEYS, "the view");
        Optional<Text> name = root.required("view", "the view");
        name.ifPresent(text -> checkName(text, "view"));
        Optional<List<Parsed.Source>> sources = new SourceParser(scalars, problems).sources(root);
        List<Text> entity = entity();
        int before = problems.size();
        List<FeatureView.Feature> features = features();
        boolean whole = problems.size() == before && !features.isEmpty();
        Set<String> names = new HashSet<>();
        List<FeatureView.Derived> derived = derived(features, names);
        FeatureView.OnDemand onDemand = new OnDemandParser(root, this::checkName, problems).onDemand(names);
        FeatureView view = new FeatureView(
                name.map(Text::text).orElse(""),
                version(),
                root.text("description").map(Text::text).orElse(""),
                root.text("owner").map(Text::text).orElse(""),
                sources.orElse(List.of()).stream().map(Parsed.Source::source).toList(),
                entity.stream().map(Text::text).toList(),
                root.text("where"),
                scalars.choice(root, "emit", Emit.values()).orElse(Emit.ON_EVENT),
                features,
                derived,
                online(features),
                new FeatureView.History(retention()),
                scalars.positive(root, "freshness").orElse(Duration.ofSeconds(5)),
                coalesce(),
                new DriftParser(problems).limits(root, whole ? Optional.of(columns(features)) : Optional.empty()),
                onDemand);
        Text ttl = root.map("online").flatMap(map -> map.text("ttl")).orElse(new Text("", 1, 1));
        return sources.map(found -> new Parsed(view, found, entity, ttl, whole));
    }

    private Optional<Duration> coalesce() {
        Optional<Duration> interval = scalars.positive(root, "coalesce");
        if (interval.filter(found -> found.compareTo(LONGEST_COALESCE) > 0).isPresent()) {
            problems.add(root.keyNode("coalesce"), "Cannot coalesce for longer than 10s: expected a time such as 50ms");
        }
        if (interval.isPresent()
                && root.text("emit")
                        .filter(emit -> emit.text().equals("on_watermark"))
                        .isPresent()) {
            problems.add(
                    root.keyNode("coalesce"),
                    "Cannot coalesce events that are applied in order of their time: expected 'emit: on_event'");
        }
        return interval;
    }

    private void checkName(Text text, String what) {
        if (!NAME.matcher(text.text()).matches()) {
            problems.add(
                    text,
                    0,
                    "Cannot name a " + what + " '" + text.text()
                            + "': expected lower case letters, digits and _, a letter first, 63 at most");
        }
    }

    private int version() {
        Optional<Text> text = root.text("version");
        if (text.isEmpty()) {
            return 1;
        }
        if (!text.get().text().matches("[1-9][0-9]{0,8}")) {
            problems.add(
                    text.get(),
                    0,
                    "Cannot read version '" + text.get().text() + "': expected a whole number from 1 to 999999999");
            return 1;
        }
        return Integer.parseInt(text.get().text());
    }

    private List<Text> entity() {
        List<Text> entity = root.texts("entity");
        if (root.value("entity").isEmpty()) {
            problems.add(root.node(), "Missing key 'entity' in the view");
        } else if (root.value("entity").filter(SequenceNode.class::isInstance).isPresent() && entity.isEmpty()) {
            problems.add(root.keyNode("entity"), "Cannot use an empty 'entity': expected one or more fields");
        }
        Set<String> seen = new HashSet<>();
        entity.stream()
                .filter(field -> !seen.add(field.text()))
                .forEach(field -> problems.add(field, 0, "Duplicate field '" + field.text() + "' in 'entity'"));
        return entity;
    }

    private List<FeatureView.Feature> features() {
        Optional<YamlMap> map = root.map("features");
        if (map.isEmpty()) {
            if (root.value("features").isEmpty()) {
                problems.add(root.node(), "Missing key 'features' in the view");
            }
            return List.of();
        }
        if (map.get().entries().isEmpty()) {
            problems.add(root.keyNode("features"), "Cannot use empty 'features': expected one or more");
        }
        FeatureParser parser = new FeatureParser(root, VIEW_KEYS, problems);
        List<FeatureView.Feature> features = new ArrayList<>();
        for (Map.Entry<String, Node> entry : map.get().entries().entrySet()) {
            Node key = map.get().keyNode(entry.getKey());
            map.get().scalar(key, "a feature").ifPresent(text -> checkName(text, "feature"));
            YamlMap.of(entry.getValue(), "feature '" + entry.getKey() + "'", problems)
                    .flatMap(body -> parser.feature(entry.getKey(), key, body))
                    .ifPresent(features::add);
        }
        return features;
    }

    /** The derived features; adds the names of all columns to those. */
    private List<FeatureView.Derived> derived(List<FeatureView.Feature> features, Set<String> columns) {
        for (FeatureView.Feature feature : features) {
            for (Window window : feature.windows()) {
                String column = ViewPlanner.columnName(feature, window);
                if (!columns.add(column)) {
                    problems.add(feature.input(), 0, "Duplicate column '" + column + "'");
                }
            }
        }
        List<FeatureView.Derived> derived = new ArrayList<>();
        root.map("derived")
                .ifPresent(map -> map.entries().forEach((name, node) -> {
                    Node key = map.keyNode(name);
                    map.scalar(key, "a derived feature").ifPresent(text -> checkName(text, "derived feature"));
                    if (!columns.add(name)) {
                        problems.add(key, "Duplicate column '" + name + "'");
                    }
                    map.scalar(node, "derived feature '" + name + "'")
                            .ifPresent(text -> derived.add(new FeatureView.Derived(name, text)));
                }));
        return derived;
    }

    /** The columns of each feature, and each column by its own name. */
    private Map<String, List<String>> columns(List<FeatureView.Feature> features) {
        Map<String, List<String>> columns = new HashMap<>();
        for (FeatureView.Feature feature : features) {
            List<String> names = feature.windows().stream()
                    .map(window -> ViewPlanner.columnName(feature, window))
                    .toList();
            columns.put(feature.name(), names);
            names.forEach(name -> columns.putIfAbsent(name, List.of(name)));
        }
        root.map("derived").ifPresent(map -> map.entries().keySet().forEach(name -> columns.put(name, List.of(name))));
        return columns;
    }

    private FeatureView.Online online(List<FeatureView.Feature> features) {
        Optional<YamlMap> online = root.map("online");
        online.ifPresent(map -> map.allow(List.of("ttl", "layout"), "'online'"));
        Layout layout = online.flatMap(map -> scalars.choice(map, "layout", Layout.values()))
                .orElse(Layout.HASH);
        return new FeatureView.Online(ttl(online, features), layout);
    }

    private Optional<Duration> ttl(Optional<YamlMap> online, List<FeatureView.Feature> features) {
        Optional<Text> text = online.flatMap(map -> map.text("ttl"));
        if (text.isPresent()) {
            return text.get().text().equals("forever") ? Optional.empty() : scalars.positive(text.get(), "ttl");
        }
        List<Window> windows =
                features.stream().flatMap(each -> each.windows().stream()).toList();
        if (windows.stream().anyMatch(Window::isLifetime)) {
            return Optional.empty();
        }
        long longest = windows.stream().mapToLong(Window::reachMillis).max().orElse(0);
        return Optional.of(Duration.ofMillis(Math.max(DAY.toMillis(), 2 * longest)));
    }

    private Optional<Duration> retention() {
        Optional<YamlMap> history = root.map("history");
        history.ifPresent(map -> map.allow(List.of("retention"), "'history'"));
        Optional<Text> text = history.flatMap(map -> map.text("retention"));
        if (text.isEmpty()) {
            return Optional.of(Duration.ofDays(90));
        }
        return text.get().text().equals("forever") ? Optional.empty() : scalars.positive(text.get(), "retention");
    }
}
