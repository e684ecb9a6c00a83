/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.definition.FeatureView.Text;
import io.freshet.expression.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads how far the columns of a view may drift. */
final class DriftParser {

    private static final List<String> MEASURES = List.of("psi", "js", "ks", "nulls", "label");
    private static final String FEATURES = "features";
    private static final double GREATEST_LABEL = 2;

    private final Problems problems;

    DriftParser(Problems problems) {
        this.problems = problems;
    }

    /**
     * The limits under {@code drift} of a view.
     *
     * @param columns names of the columns of each name that a limit may be given for: of a feature all of its windows, of a
     *     column itself; empty where not all of them are known, so that none is unknown
     */
    DriftLimits limits(YamlMap root, Optional<Map<String, List<String>>> columns) {
        Optional<YamlMap> map = root.map("drift");
        if (map.isEmpty()) {
            return DriftLimits.DEFAULT;
        }
        List<String> known = new ArrayList<>(MEASURES);
        known.add(FEATURES);
        map.get().allow(known, "'drift'");
        DriftLimits.Limits view = limits(map.get(), DriftLimits.Limits.DEFAULT);
        Map<String, DriftLimits.Limits> own = new LinkedHashMap<>();
        Optional<YamlMap> features = map.get().map(FEATURES);
        if (features.isPresent() && columns.isPresent()) {
            own.putAll(own(features.get(), columns.get(), view));
        }
        return new DriftLimits(view, own);
    }

    private Map<String, DriftLimits.Limits> own(
            YamlMap features, Map<String, List<String>> columns, DriftLimits.Limits view) {
        Map<String, DriftLimits.Limits> ofFeatures = new LinkedHashMap<>();
        Map<String, YamlMap> ofColumns = new LinkedHashMap<>();
        for (Map.Entry<String, Node> entry : features.entries().entrySet()) {
            String name = entry.getKey();
            List<String> meant = columns.get(name);
            Optional<YamlMap> body = YamlMap.of(entry.getValue(), "the limits of '" + name + "'", problems);
            body.ifPresent(found -> found.allow(MEASURES, "the limits of '" + name + "'"));
            if (meant == null) {
                problems.add(
                        features.keyNode(name),
                        "Unknown feature '" + name + "' in 'drift'" + Spelling.suggestion(name, columns.keySet())
                                + " (a feature, or a column of one window)");
            } else if (body.isPresent() && meant.equals(List.of(name))) {
                ofColumns.put(name, body.get());
            } else if (body.isPresent()) {
                DriftLimits.Limits limits = limits(body.get(), view);
                meant.forEach(column -> ofFeatures.put(column, limits));
            }
        }
        // What a column says wins over what its feature says, wherever they stand.
        Map<String, DriftLimits.Limits> own = new LinkedHashMap<>(ofFeatures);
        ofColumns.forEach((name, body) -> own.put(name, limits(body, ofFeatures.getOrDefault(name, view))));
        return own;
    }

    private DriftLimits.Limits limits(YamlMap map, DriftLimits.Limits otherwise) {
        return new DriftLimits.Limits(
                limit(map, "psi", Double.MAX_VALUE, otherwise.psi()),
                limit(map, "js", 1, otherwise.js()),
                limit(map, "ks", 1, otherwise.ks()),
                limit(map, "nulls", 1, otherwise.nulls()),
                limit(map, "label", GREATEST_LABEL, otherwise.label()));
    }

    private double limit(YamlMap map, String key, double greatest, double otherwise) {
        Optional<Text> text = map.text(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (text.get().text().equals("any")) {
            return Double.POSITIVE_INFINITY;
        }
        double limit = number(text.get().text());
        if (limit >= 0 && limit <= greatest) {
            return limit;
        }
        String range = greatest == Double.MAX_VALUE ? "of 0 or more" : "from 0 to " + (int) greatest;
        problems.add(
                text.get(),
                0,
                "Cannot use '" + text.get().text() + "' for '" + key + "': expected a number " + range + ", or any");
        return otherwise;
    }

    private static double number(String text) {
        try {
            return text.matches("[-+0-9.eE]+") ? Double.parseDouble(text) : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
