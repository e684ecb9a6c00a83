/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alert rules by Prometheus' own promtool, and the dashboard's form. That their metrics exist is MetricsIT's to say. */
class MonitoringTest {

    private static final Path RULES = Path.of("monitoring/prometheus/freshet.rules.yaml");
    private static final Path RULE_TESTS = Path.of("monitoring/prometheus/freshet.rules.test.yaml");
    private static final String LACKING = "rules are not tried (Debian has it in the package 'prometheus')";

    @Test
    void alertsAreRaisedWhenTheyShouldBeAndNotElse() throws Exception {
        assertThat(Tool.output("promtool", LACKING, List.of("test", "rules", RULE_TESTS.toString())))
                .contains("SUCCESS");
    }

    @Test
    void prometheusTakesItsSettingsAndTheRules(@TempDir Path folder) throws Exception {
        Files.copy(Path.of("compose/prometheus/prometheus.yaml"), folder.resolve("prometheus.yaml"));
        Files.createDirectory(folder.resolve("rules"));
        Files.copy(RULES, folder.resolve("rules/freshet.rules.yaml"));
        assertThat(Tool.output(
                        "promtool",
                        LACKING,
                        List.of(
                                "check",
                                "config",
                                folder.resolve("prometheus.yaml").toString())))
                .contains("1 rule files found", "12 rules found");
    }

    @Test
    void everyAlertHasATestAndSaysWhatToDo() throws Exception {
        List<JsonNode> rules = Documents.children(Documents.one(RULES).at("/groups/0/rules"));
        List<String> tested = Documents.one(RULE_TESTS).findValuesAsText("alertname");
        for (JsonNode rule : rules) {
            String alert = rule.path("alert").asText();
            assertThat(tested).contains(alert);
            assertThat(rule.at("/labels/severity").asText()).as(alert).matches("critical|warning|info");
            assertThat(rule.at("/annotations/summary").asText()).as(alert).isNotEmpty();
            assertThat(rule.at("/annotations/description").asText()).as(alert).endsWith(".");
        }
    }

    @Test
    void alertsAreWatchedForWhatTheIssueNames() throws Exception {
        assertThat(Documents.one(RULES).findValuesAsText("alert"))
                .contains(
                        "FreshetViewNotFresh",
                        "FreshetBacklogGrows",
                        "FreshetDeadLetters",
                        "FreshetCheckpointOld",
                        "FreshetRedisErrors");
    }

    @Test
    void panelsOfTheDashboardHaveTheirOwnPlaceAndNumber() throws Exception {
        JsonNode dashboard = new ObjectMapper()
                .readTree(Path.of("monitoring/grafana/freshet.json").toFile());
        Set<Integer> ids = new HashSet<>();
        Set<String> cells = new HashSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            String title = panel.path("title").asText();
            assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
            JsonNode place = panel.path("gridPos");
            int right = place.path("x").asInt() + place.path("w").asInt();
            assertThat(right).as(title).isLessThanOrEqualTo(24);
            for (int x = place.path("x").asInt(); x < right; x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    assertThat(cells.add(x + " " + (place.path("y").asInt() + y)))
                            .as(title)
                            .isTrue();
                }
            }
            boolean isRow = panel.path("type").asText().equals("row");
            assertThat(isRow || !panel.path("targets").isEmpty()).as(title).isTrue();
            for (JsonNode target : panel.path("targets")) {
                assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
            }
        }
        List<String> variables = new ArrayList<>();
        dashboard
                .at("/templating/list")
                .forEach(each -> variables.add(each.path("name").asText()));
        assertThat(variables).containsExactly("datasource", "job", "view");
    }
}
