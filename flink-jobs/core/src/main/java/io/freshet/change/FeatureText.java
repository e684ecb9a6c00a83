/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.change;

import io.freshet.definition.FeatureView;
import io.freshet.definition.Meanings;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Definitions of features on one line, as an author could write them. */
final class FeatureText {

    private FeatureText() {}

    static String of(FeatureView.Feature feature) {
        List<String> parts = new ArrayList<>();
        FeatureView.FunctionCall call = feature.call();
        parts.add(call.function() + ": " + quoted(call.input().text()));
        new TreeMap<>(call.arguments()).forEach((name, text) -> parts.add(name + ": " + quoted(text.text())));
        feature.per().ifPresent(per -> parts.add("per: " + quoted(per.text())));
        if (feature.latest() > 0) {
            parts.add("last_events: " + feature.latest());
        }
        feature.where().ifPresent(where -> parts.add("where: " + quoted(where.text())));
        if (!feature.from().isEmpty()) {
            parts.add("from: "
                    + feature.from().stream().map(FeatureView.Text::text).toList());
        }
        parts.add("windows: " + feature.windows().stream().map(Meanings::of).toList());
        return "{" + String.join(", ", parts) + "}";
    }

    static String of(FeatureView.Derived derived) {
        return quoted(derived.expression().text());
    }

    /** An expression of several lines on one. */
    static String expression(FeatureView.Text text) {
        return text.text().strip().replaceAll("\\s+", " ");
    }

    private static String quoted(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.matches("[A-Za-z0-9_.]+") ? line : "\"" + line.replace("\"", "\\\"") + "\"";
    }
}
