/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.definition.DefinitionException;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewPlanner;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViewDiffTest {

    private static final String SCHEMA = """
            {"type": "record", "name": "Spend", "namespace": "test", "fields": [
              {"name": "card", "type": "string"}, {"name": "shop", "type": "string"},
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "amount", "type": "%s"}
            ]}""";

    private static final String SPEND = """
            view: spend
            source: {topic: spend, schema: Spend, event_time: time}
            entity: [card]
            where: "event.amount > 0"
            features:
              spent: {sum: amount, windows: [1h]}
              payments: {count: "*", windows: [1h, 1d]}
            derived:
              mean_spent: "double(spent_1h) / double(payments_1h)"
            online: {ttl: 2d}
            """;

    private static ViewPlan plan(String yaml, String amount) {
        try {
            return ViewPlanner.plan("spend.yaml", yaml, new Schemas(Map.of("Spend", SCHEMA.formatted(amount))));
        } catch (DefinitionException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ViewDiff diff(String before, String now) {
        return ViewDiff.of(List.of(plan(before, "long")), List.of(plan(now, "long")))
                .get(0);
    }

    /** What becomes of the view where a part of its text is written in another way. */
    private static ViewDiff edited(String part, String other) {
        assertThat(SPEND).contains(part);
        return diff(SPEND, SPEND.replace(part, other));
    }

    @Test
    void theSameDefinitionIsUnchangedWhateverItsSpacing() {
        ViewDiff diff = edited("event.amount > 0", "event.amount  >  0");
        assertThat(diff.kind()).isEqualTo(ViewDiff.Kind.UNCHANGED);
        assertThat(diff.dropped()).isEmpty();
        assertThat(diff.filling()).isEmpty();
    }

    @Test
    void anAddedFeatureKeepsAllOthersAndBeginsToFill() {
        ViewDiff diff = edited("features:\n", "features:\n  most: {max: amount, windows: [1d]}\n");
        assertThat(diff.changes())
                .containsExactly(new Change.Added("most", "{max: amount, windows: [1d/15m]}", List.of("most_1d")));
        assertThat(diff.kept()).containsExactly("spent_1h", "payments_1h", "payments_1d");
        assertThat(diff.dropped()).isEmpty();
        assertThat(diff.filling()).containsExactly(new Filling("most_1d", 86_400_000 + 900_000 + 60_000));
        assertThat(diff.dangers()).isEmpty();
    }

    @Test
    void aRemovedFeatureDropsItsState() {
        ViewDiff diff = edited("windows: [1h, 1d]", "windows: [1h]");
        assertThat(diff.changes())
                .containsExactly(new Change.Redefined(
                        "payments",
                        "{count: \"*\", windows: [1h/1m, 1d/15m]}",
                        "{count: \"*\", windows: [1h/1m]}",
                        List.of(),
                        List.of("payments_1d"),
                        List.of()));
        assertThat(diff.dropped()).containsExactly("payments_1d");
        assertThat(diff.dangers()).isEmpty();
    }

    @Test
    void anotherMeaningNeedsANewVersion() {
        for (String other : List.of(
                "{max: amount, windows: [1h]}",
                "{sum: amount, windows: [1h/5m]}",
                "{sum: amount, windows: [1h], where: \"event.shop == 'a'\"}",
                "{sum: \"event.amount * 2\", windows: [1h]}")) {
            ViewDiff diff = edited("{sum: amount, windows: [1h]}", other);
            assertThat(diff.dangers()).as(other).singleElement().satisfies(danger -> {
                assertThat(danger.consent()).isEqualTo(Consent.NEW_MEANING);
                assertThat(danger.what()).contains("spent_1h").contains("version: 2");
            });
            assertThat(diff.dropped()).as(other).containsExactly("spent_1h");
            assertThat(diff.kept()).as(other).containsExactly("payments_1h", "payments_1d");
            assertThat(diff(
                                    SPEND,
                                    SPEND.replace("{sum: amount, windows: [1h]}", other)
                                            .replace("view: spend\n", "view: spend\nversion: 2\n"))
                            .dangers())
                    .isEmpty();
        }
    }

    @Test
    void whatIsSaidOfTheViewChangesTheMeaningOfAllItsColumns() {
        for (String[] edit : new String[][] {
            {"entity: [card]", "entity: [shop]"},
            {"event.amount > 0", "event.amount > 1"},
            {"topic: spend", "topic: other"}
        }) {
            ViewDiff diff = edited(edit[0], edit[1]);
            assertThat(diff.kept()).as(edit[1]).isEmpty();
            assertThat(diff.changes()).as(edit[1]).hasSize(1);
            assertThat(diff.dangers()).as(edit[1]).extracting(Danger::consent).containsExactly(Consent.NEW_MEANING);
        }
    }

    @Test
    void emitModeAndDerivedColumnsMeanSomethingElseToReadersAndKeepTheState() {
        ViewDiff emit = edited("where:", "emit: on_watermark\nwhere:");
        ViewDiff derived = edited("double(spent_1h) /", "2.0 * double(spent_1h) /");
        for (ViewDiff diff : List.of(emit, derived)) {
            assertThat(diff.dropped()).isEmpty();
            assertThat(diff.dangers()).extracting(Danger::consent).containsExactly(Consent.NEW_MEANING);
        }
    }

    @Test
    void anInputOfAnotherTypeIsAnotherMeaning() {
        ViewDiff diff = ViewDiff.of(
                        List.of(plan(SPEND.replace("\"event.amount > 0\"", "\"event.shop != ''\""), "long")),
                        List.of(plan(SPEND.replace("\"event.amount > 0\"", "\"event.shop != ''\""), "double")))
                .get(0);
        assertThat(diff.dangers().get(0).what()).contains("spent_1h");
        assertThat(diff.kept()).containsExactly("payments_1h", "payments_1d");
    }

    @Test
    void aViewThatIsGoneLeavesItsStateAndRowsBehind() {
        ViewPlan other = plan(SPEND.replace("view: spend", "view: other"), "long");
        List<ViewDiff> diffs = ViewDiff.of(List.of(plan(SPEND, "long")), List.of(other));
        assertThat(diffs).extracting(ViewDiff::kind).containsExactly(ViewDiff.Kind.NEW, ViewDiff.Kind.REMOVED);
        assertThat(diffs.get(0).filling()).hasSize(3);
        assertThat(diffs.get(1).dangers()).singleElement().satisfies(danger -> {
            assertThat(danger.consent()).isEqualTo(Consent.DROP_STATE);
            assertThat(danger.what()).contains("for 2d");
        });
    }

    @Test
    void aLowerVersionIsNeverRight() {
        ViewDiff diff = diff(SPEND.replace("view: spend\n", "view: spend\nversion: 3\n"), SPEND);
        assertThat(diff.dangers()).extracting(Danger::consent).containsExactly(Consent.NEVER);
    }

    @Test
    void settingsThatMeanNothingToValuesAreSafe() {
        ViewDiff diff = edited("online: {ttl: 2d}", "online: {ttl: 3d}\nhistory: {retention: 7d}\nfreshness: 9s");
        assertThat(diff.changes())
                .extracting(change -> ((Change.Property) change).key())
                .containsExactly("online.ttl", "history.retention", "freshness");
        assertThat(diff.dangers()).isEmpty();
    }
}
