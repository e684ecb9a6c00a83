/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.definition.FeatureView.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads what a view computes when it is read: {@code request} and {@code on_demand}. */
final class OnDemandParser {

    private static final String REQUEST = "request";
    private static final String ON_DEMAND = "on_demand";
    private static final String DERIVED = "derived";

    /** As columns of files are named: a request's fields are read from those of training sets. */
    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");

    private final YamlMap root;
    private final BiConsumer<Text, String> checkName;
    private final Problems problems;

    /** Of a view; names are checked as those of its other features. */
    OnDemandParser(YamlMap root, BiConsumer<Text, String> checkName, Problems problems) {
        this.root = root;
        this.checkName = checkName;
        this.problems = problems;
    }

    /**
     * What is computed when the view is read.
     *
     * @param columns names of the view's columns; those of on-demand features are added
     */
    FeatureView.OnDemand onDemand(Set<String> columns) {
        if (root.value(REQUEST).isPresent() && root.value(ON_DEMAND).isEmpty()) {
            problems.add(root.keyNode(REQUEST), "Cannot use 'request' without 'on_demand': nothing else reads it");
        }
        if (root.value(ON_DEMAND).isPresent()) {
            root.map(DERIVED)
                    .filter(map -> map.value(OnDemandPlan.NOW).isPresent())
                    .ifPresent(map -> problems.add(
                            map.keyNode(OnDemandPlan.NOW),
                            "Cannot name a derived feature 'now' beside 'on_demand': there it is the moment of"
                                    + " reading"));
        }
        return new FeatureView.OnDemand(request(), features(columns));
    }

    private List<FeatureView.RequestField> request() {
        List<FeatureView.RequestField> fields = new ArrayList<>();
        root.map(REQUEST)
                .ifPresent(map -> map.entries().forEach((name, node) -> {
                    if (!FIELD.matcher(name).matches()) {
                        problems.add(
                                map.keyNode(name),
                                "Cannot name a field of the request '" + name
                                        + "': expected letters, digits and _, a letter first, 63 at most");
                    }
                    map.scalar(node, "the type of request field '" + name + "'")
                            .ifPresent(type -> fields.add(new FeatureView.RequestField(name, type)));
                }));
        return fields;
    }

    private List<FeatureView.Derived> features(Set<String> columns) {
        List<FeatureView.Derived> features = new ArrayList<>();
        root.map(ON_DEMAND)
                .ifPresent(map -> map.entries().forEach((name, node) -> {
                    Node key = map.keyNode(name);
                    map.scalar(key, "an on-demand feature").ifPresent(text -> checkName.accept(text, "feature"));
                    if (!columns.add(name)) {
                        problems.add(key, "Duplicate column '" + name + "'");
                    }
                    map.scalar(node, "on-demand feature '" + name + "'")
                            .ifPresent(text -> features.add(new FeatureView.Derived(name, text)));
                }));
        return features;
    }
}
