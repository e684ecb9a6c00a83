/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.change.Consent;
import io.freshet.change.Danger;
import io.freshet.change.ViewDiff;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewPlanner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class PlanTextTest {

    private static final long DAY = 86_400_000L;
    private static final long NOW = 20_500 * DAY;

    private static final String SCHEMA = """
            {"type": "record", "name": "Spend", "namespace": "test", "fields": [
              {"name": "card", "type": "string"},
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "amount", "type": "long"}
            ]}""";

    private static final String VIEW = """
            view: spend
            source: {topic: payments, schema: Spend, event_time: time}
            entity: [card]
            features:
              spent: {sum: amount, windows: [1h]}
              most: {max: amount, windows: [1h]}
            online: {ttl: 2d}
            history: {retention: 90d}
            """;

    private static ViewPlan plan(String yaml) throws Exception {
        return ViewPlanner.plan("spend.yaml", yaml, new Schemas(Map.of("Spend", SCHEMA)));
    }

    private static JobPlan plan(String before, String now, Map<String, TopicState> topics) throws Exception {
        List<ViewPlan> wanted = List.of(plan(now));
        return new JobPlan(
                "shop",
                Optional.of("runs as 0a1b"),
                ViewDiff.of(List.of(plan(before)), wanted),
                false,
                TopicPlans.of("shop", wanted, topics),
                NOW);
    }

    private static Map<String, TopicState> topics(int partitions, long historyMillis) {
        return Map.of(
                "payments", new TopicState(4, 7 * DAY, false),
                "shop.spend.history", new TopicState(partitions, historyMillis, false),
                "shop.dead-letters", new TopicState(1, TopicState.FOR_EVER, false),
                "shop.history-schemas", new TopicState(1, TopicState.FOR_EVER, true));
    }

    @Test
    void aDiffSaysWhatComesGoesStaysAndFills() throws Exception {
        JobPlan plan = plan(
                VIEW,
                VIEW.replace("most: {max: amount, windows: [1h]}", "payments: {count: \"*\", windows: [1d]}"),
                topics(4, 90 * DAY));
        assertThat(PlanText.of(plan, Set.of(), Ansi.OFF))
                .containsExactly(
                        "job 'freshet shop': runs as 0a1b",
                        "~ spend  changed, version 1",
                        "    - most  {max: amount, windows: [1h/1m]}",
                        "    + payments  {count: \"*\", windows: [1d/15m]}",
                        "      state kept:    spent_1h",
                        "      state dropped: most_1h",
                        "      warming:       payments_1d until 2026-02-17T00:16:00Z",
                        "      for their past: freshet backfill spend",
                        "topics",
                        "  = payments  events; 4 partitions, kept 7d",
                        "  = shop.spend.history  history; 4 partitions, kept 90d",
                        "  = shop.dead-letters  dead letters; 1 partition, kept for ever",
                        "  = shop.history-schemas  schemas of rows; 1 partition, compacted",
                        "views: 1 changed; nothing unsafe");
        assertThat(PlanText.of(plan, Set.of(), Ansi.ON))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("\u001b[32m    + payments  {count:")
                        .endsWith("m"));
    }

    @Test
    void whereNoJobRunsAllIsNewAndBeginsWithTheOldestEvents() throws Exception {
        List<ViewPlan> wanted = List.of(plan(VIEW));
        JobPlan plan = new JobPlan("shop", Optional.empty(), ViewDiff.of(List.of(), wanted), false, List.of(), NOW);
        assertThat(PlanText.of(plan, Set.of(), Ansi.OFF))
                .containsExactly(
                        "job 'freshet shop': none runs",
                        "+ spend  new, version 1",
                        "    + spent_1h  long",
                        "    + most_1h  long",
                        "      begins with the oldest events of its topics, or where --start says",
                        "topics",
                        "views: 1 new; nothing unsafe");
    }

    @Test
    void whatIsUnsafeIsRefusedUntilTheFlagThatItNamesIsGiven() throws Exception {
        JobPlan plan = plan(VIEW, VIEW.replace("sum: amount", "min: amount"), topics(4, 90 * DAY));
        assertThat(plan.refused(Set.of())).extracting(Danger::consent).containsExactly(Consent.NEW_MEANING);
        assertThat(PlanText.of(plan, Set.of(), Ansi.OFF))
                .contains("views: 1 changed; 1 unsafe, so this would be refused")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("! View 'spend' means something else (spent_1h)")
                        .contains("--allow-new-meaning"));
        assertThat(plan.refused(Set.of(Consent.NEW_MEANING))).isEmpty();
        assertThat(PlanText.of(plan, Set.of(Consent.NEW_MEANING), Ansi.OFF))
                .contains("views: 1 changed; nothing unsafe");
    }

    @Test
    void topicsThatDoNotFitAreUnsafe() throws Exception {
        assertThat(plan(VIEW, VIEW, topics(4, 30 * DAY)).dangers())
                .singleElement()
                .satisfies(danger -> {
                    assertThat(danger.consent()).isEqualTo(Consent.TOPICS);
                    assertThat(danger.what()).contains("keeps rows for 30d").contains("retention: 90d");
                });
        assertThat(plan(VIEW, VIEW, topics(2, 90 * DAY)).dangers())
                .singleElement()
                .satisfies(danger -> assertThat(danger.what()).contains("has 2 partitions"));
        assertThat(plan(VIEW, VIEW, Map.of()).dangers())
                .extracting(Danger::consent)
                .containsExactly(Consent.NEVER);
    }

    @Test
    void aTopicThatIsNoLongerReadLeavesItsOffsetsBehind() throws Exception {
        JobPlan plan = plan(
                VIEW,
                VIEW.replace("topic: payments", "topic: cards").replace("view: spend", "view: spend\nversion: 2"),
                Map.of("cards", new TopicState(1, DAY, false)));
        assertThat(plan.dangers()).extracting(Danger::consent).containsExactly(Consent.DROP_STATE);
    }

    @Test
    void jsonSaysTheSame() throws Exception {
        JobPlan plan = plan(VIEW, VIEW.replace("windows: [1h]}\nonline", "windows: [1h, 1d]}\nonline"), Map.of());
        JsonNode json = PlanJson.of(plan, Set.of());
        JsonNode view = json.path("views").get(0);
        assertThat(view.path("kind").asText()).isEqualTo("changed");
        assertThat(view.path("state_kept").toString()).isEqualTo("[\"spent_1h\",\"most_1h\"]");
        assertThat(view.path("warming").get(0).path("until").asText()).isEqualTo("2026-02-17T00:16:00Z");
        assertThat(json.path("refused").asBoolean()).isTrue();
    }
}
