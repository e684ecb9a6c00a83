/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Queries of a Grafana dashboard and of Prometheus' alert rules, and the metrics that they name. */
final class PromQueries {

    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan");

    /** Text in quotes, the conditions of a selector, ranges, and lists of labels: no metric is named there. */
    private static final Pattern NOT_METRICS = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'"
            + "|\\{[^}]*}|\\[[^\\]]*]|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)"
            + "|\\b(?:group_left|group_right)\\b");

    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\(([^,()]*?)(?:\\{.*})?,\\s*\\w+\\)");
    private static final Pattern METRIC =
            Pattern.compile("(?<![a-zA-Z0-9_:])[a-zA-Z_:][a-zA-Z0-9_:]*(?!\\s*\\()(?![a-zA-Z0-9_:])");

    private PromQueries() {}

    /** The metrics that a query of PromQL names. */
    static Set<String> metrics(String query) {
        String bare = NOT_METRICS.matcher(query).replaceAll(" ");
        return METRIC.matcher(bare)
                .results()
                .map(MatchResult::group)
                .filter(name -> !WORDS.contains(name.toLowerCase(java.util.Locale.ROOT)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The queries of a dashboard's panels and variables, by where they are. */
    static Map<String, String> ofDashboard(Path file) throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(file.toFile());
        Map<String, String> queries = new LinkedHashMap<>();
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                queries.put(
                        "panel '" + panel.path("title").asText() + "' "
                                + target.path("refId").asText(),
                        target.path("expr").asText());
            }
        }
        for (JsonNode variable : dashboard.path("templating").path("list")) {
            LABEL_VALUES
                    .matcher(variable.path("query").path("query").asText())
                    .results()
                    .forEach(found ->
                            queries.put("variable " + variable.path("name").asText(), found.group(1)));
        }
        return queries;
    }

    /** The expressions of alert rules, by the alert's name. */
    static Map<String, String> ofRules(Path file) throws IOException {
        Object root = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        Map<String, String> queries = new LinkedHashMap<>();
        for (Object group : list(root, "groups")) {
            for (Object rule : list(group, "rules")) {
                Map<?, ?> alert = (Map<?, ?>) rule;
                queries.put(String.valueOf(alert.get("alert")), String.valueOf(alert.get("expr")));
            }
        }
        return queries;
    }

    private static List<Object> list(Object map, String key) {
        return new ArrayList<>((List<?>) ((Map<?, ?>) map).get(key));
    }
}
