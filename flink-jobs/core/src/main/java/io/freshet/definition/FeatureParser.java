/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.definition.FeatureView.Text;
import io.freshet.function.FeatureFunction;
import io.freshet.function.Functions;
import io.freshet.function.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads one feature: {@code {top_k: page, k: 3, where: "...", windows: [1h]}}. The name of the function is a key whose
 * value is its first input; its other parameters have keys of their own.
 */
final class FeatureParser {

    /** The key of the input whose values are told apart. */
    static final String PER = "per";

    /** The key of the bound on how many are told apart. */
    static final String CATEGORIES = "max_categories";

    private static final String FROM = "from";
    private static final String WHERE = "where";
    private static final String WINDOWS = "windows";
    private static final String LATEST = "last_events";

    /** The keys that every function takes; the JSON Schema has a definition of the same name for each. */
    static final List<String> COMMON = List.of(FROM, WHERE, WINDOWS, PER, CATEGORIES, LATEST);

    private static final String MISSING_JAR =
            "; if it is a function of a jar of yours, that jar is not on the class path: put it into the folder"
                    + " functions/ beside freshet.yaml, or name it in FRESHET_FUNCTIONS";
    private static final int DEFAULT_CATEGORIES = 100;
    private static final int MOST_CATEGORIES = 10_000;
    private static final int MOST_LATEST = 10_000;

    private final YamlMap root;
    private final boolean keysAreKnown;
    private final Problems problems;
    private final Optional<List<Window>> viewWindows;

    /** For the features of a view; reads the view's own windows. */
    FeatureParser(YamlMap root, Collection<String> viewKeys, Problems problems) {
        this.root = root;
        this.keysAreKnown = viewKeys.containsAll(root.entries().keySet());
        this.problems = problems;
        this.viewWindows = root.value(WINDOWS).map(node -> windows(root.texts(WINDOWS), root.keyNode(WINDOWS)));
    }

    /** The feature; empty where it cannot be read, which is then a problem. */
    Optional<FeatureView.Feature> feature(String name, Node key, YamlMap body) {
        Optional<FeatureFunction> function = function(name, key, body);
        Optional<List<Window>> windows = body.value(WINDOWS)
                .map(node -> windows(body.texts(WINDOWS), body.keyNode(WINDOWS)))
                .or(() -> viewWindows);
        if (function.isEmpty()) {
            return Optional.empty();
        }
        if (windows.isEmpty() && keysAreKnown) {
            problems.add(key, "Feature '" + name + "' has no windows: give it 'windows', or the view");
        }
        Optional<FeatureView.FunctionCall> call = call(name, body, function.get());
        if (call.isEmpty() || windows.isEmpty()) {
            return Optional.empty();
        }
        if (body.value(CATEGORIES).isPresent() && body.value(PER).isEmpty()) {
            problems.add(body.keyNode(CATEGORIES), "Cannot use '" + CATEGORIES + "' without '" + PER + "'");
        }
        Optional<Text> per = body.text(PER);
        int categories =
                per.isEmpty() ? 0 : count(body, CATEGORIES, MOST_CATEGORIES).orElse(DEFAULT_CATEGORIES);
        int latest = count(body, LATEST, MOST_LATEST).orElse(0);
        return Optional.of(new FeatureView.Feature(
                name, from(body), call.get(), per, categories, latest, body.text(WHERE), windows.get()));
    }

    private List<Text> from(YamlMap body) {
        List<Text> from = body.texts(FROM);
        if (from.isEmpty()
                && body.value(FROM).filter(SequenceNode.class::isInstance).isPresent()) {
            problems.add(body.keyNode(FROM), "Cannot use an empty 'from': expected one or more topics");
        }
        Set<String> seen = new HashSet<>();
        from.stream()
                .filter(topic -> !seen.add(topic.text()))
                .forEach(topic -> problems.add(topic, 0, "Duplicate topic '" + topic.text() + "' in 'from'"));
        return from;
    }

    private Optional<FeatureFunction> function(String name, Node key, YamlMap body) {
        Collection<String> labels = Functions.all().labels();
        List<String> used =
                body.entries().keySet().stream().filter(labels::contains).toList();
        List<String> known = new ArrayList<>(used.size() == 1 ? used : labels);
        known.addAll(COMMON);
        used.stream()
                .flatMap(label -> Functions.all().find(label).stream())
                .forEach(found -> found.parameters().forEach(parameter -> known.add(parameter.name())));
        body.allow(known, "feature '" + name + "'", Synonyms::meant, used.isEmpty() ? MISSING_JAR : "");
        if (used.size() == 1) {
            return Functions.all().find(used.get(0));
        }
        boolean misspelt = !known.containsAll(body.entries().keySet());
        if (!misspelt || used.size() > 1) {
            problems.add(
                    key,
                    "Feature '" + name + "' has " + used.size() + " functions, expected one of "
                            + String.join(", ", labels));
        }
        return Optional.empty();
    }

    private Optional<FeatureView.FunctionCall> call(String name, YamlMap body, FeatureFunction function) {
        Optional<Text> input = body.text(function.label());
        if (input.isEmpty()) {
            return Optional.empty();
        }
        if (input.get().text().isBlank()) {
            problems.add(
                    body.keyNode(function.label()),
                    "Missing input of '" + function.label() + "' in feature '" + name
                            + "': expected a field of the event, or CEL over it"
                            + (function.mainInput() == FeatureFunction.MainInput.VALUES_OR_EVENTS
                                    ? ", or \"*\" for whole events"
                                    : ""));
            return Optional.empty();
        }
        Map<String, Text> arguments = new LinkedHashMap<>();
        boolean whole = true;
        for (Parameter parameter : function.parameters()) {
            Optional<Text> given = body.text(parameter.name());
            given.ifPresent(text -> arguments.put(parameter.name(), text));
            if (given.isEmpty() && parameter.otherwise().isEmpty()) {
                whole = false;
                problems.add(
                        body.keyNode(function.label()),
                        "Missing '" + parameter.name() + "' of '" + function.label() + "' in feature '" + name + "': "
                                + parameter.summary());
            }
        }
        return whole
                ? Optional.of(new FeatureView.FunctionCall(function.label(), input.get(), arguments))
                : Optional.empty();
    }

    private Optional<Integer> count(YamlMap body, String key, int most) {
        Optional<Text> text = body.text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String written = text.get().text().strip();
        int value = written.matches("[0-9]{1,9}") ? Integer.parseInt(written) : 0;
        if (value < 1 || value > most) {
            problems.add(
                    text.get(),
                    0,
                    "Cannot use '" + written + "' for '" + key + "': expected a whole number from 1 to " + most);
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private List<Window> windows(List<Text> texts, Node key) {
        if (texts.isEmpty()) {
            problems.add(key, "Cannot use empty 'windows': expected one or more");
        }
        Set<String> labels = new HashSet<>();
        List<Window> windows = new ArrayList<>();
        for (Text text : texts) {
            WindowParser.parse(text, problems).ifPresent(window -> {
                Optional<Window> same =
                        windows.stream().filter(each -> isSame(each, window)).findFirst();
                if (!labels.add(window.label())) {
                    problems.add(text, 0, "Duplicate window '" + window.label() + "'");
                } else if (same.isPresent()) {
                    problems.add(
                            text,
                            0,
                            "Duplicate window '" + window.label() + "', the same as '"
                                    + same.get().label() + "'");
                } else {
                    windows.add(window);
                }
            });
        }
        return windows;
    }

    private static boolean isSame(Window one, Window other) {
        return new Window("", one.lengthMillis(), one.hopMillis(), one.offsetMillis(), one.count())
                .equals(new Window("", other.lengthMillis(), other.hopMillis(), other.offsetMillis(), other.count()));
    }
}
