/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import static io.freshet.definition.Shop.VIEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freshet.expression.ValueType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A view over two topics, each with a schema of its own, and what can be wrong with one. */
class SeveralTopicsTest {

    private static final String REFUNDS =
            "  - {topic: shop.refunds, schema: Refund, event_time: at, out_of_orderness: 10s}\n";

    private static void assertProblems(String right, String wrong, String... expected) {
        assertThat(VIEW).contains(right);
        DefinitionException thrown =
                catchThrowableOfType(DefinitionException.class, () -> Shop.plan(VIEW.replace(right, wrong)));
        assertThat(thrown).as(wrong).isNotNull();
        List<String> found = thrown.problems().stream()
                .map(problem -> problem.line() + ":" + problem.column() + ": " + problem.message())
                .toList();
        assertThat(found).as(wrong).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found.get(i)).as(wrong).startsWith(expected[i]);
        }
    }

    @Test
    void inputsAndFiltersOfTheTopicsStandAtEqualPositions() throws Exception {
        ViewPlan plan = Shop.plan(VIEW);
        ViewPlan.SourcePlan purchases = plan.sources().get(0);
        ViewPlan.SourcePlan refunds = plan.sources().get(1);
        ViewPlan.Field amount = new ViewPlan.Field(List.of("amount"), ValueType.LONG);
        ViewPlan.Field ware = new ViewPlan.Field(List.of("ware"), ValueType.STRING);

        assertThat(purchases.inputs()).containsExactly(new ViewPlan.Absent(ValueType.LONG), amount, ware);
        assertThat(refunds.inputs()).containsExactly(amount, amount, new ViewPlan.Absent(ValueType.STRING));
        assertThat(plan.inputTypes()).containsExactly(ValueType.LONG, ValueType.LONG, ValueType.STRING);
        assertThat(purchases.filters()).hasSize(4).startsWith(ViewPlan.Whole.ALL, ViewPlan.Whole.NONE);
        assertThat(refunds.filters())
                .hasSize(4)
                .startsWith(ViewPlan.Whole.NONE, ViewPlan.Whole.ALL)
                .endsWith(ViewPlan.Whole.NONE);
        assertThat(purchases.where()).isPresent();
        assertThat(refunds.where()).isPresent();
        assertThat(refunds.eventTime().name()).isEqualTo("at");
        assertThat(refunds.source().outOfOrderness()).hasSeconds(10);
        assertThat(plan.entity()).containsExactly(new ViewPlan.Field(List.of("customer"), ValueType.STRING));
    }

    @Test
    void onlyAFeatureThatLeavesATopicOutHasAFilterForIt() throws Exception {
        List<Integer> filters = Shop.plan(VIEW).windowed().stream()
                .map(column -> column.aggregate().selection().filter())
                .toList();
        assertThat(filters).containsExactly(0, 1, -1, -1, 2, 3, -1);
    }

    @Test
    void aListOfOneTopicIsTheTopic() throws Exception {
        String one = WrongDefinitionsTest.RIGHT;
        String list = one.replace("  topic:", "  - topic:")
                .replace("  schema:", "    schema:")
                .replace("  event_time:", "    event_time:")
                .replace("{count: \"*\"}", "{count: \"*\", from: wikipedia.edits}");
        ViewPlan plan = ViewPlanner.plan("f", list, DemoViewsTest.schemas());
        ViewPlan same = ViewPlanner.plan("f", one, DemoViewsTest.schemas());
        assertThat(plan.view().sources()).isEqualTo(same.view().sources());
        assertThat(plan.windowed()).isEqualTo(same.windowed());
    }

    @Test
    void aTopicIsNamedAsTheViewNamesIt() {
        assertProblems(
                "from: shop.purchases",
                "from: shop.purchase",
                "9:33: Unknown topic 'shop.purchase' in 'from', did you mean 'shop.purchases'?"
                        + " (known: shop.purchases, shop.refunds)");
        assertProblems("from: shop.purchases", "from: []", "9:27: Cannot use an empty 'from': expected one or more");
        assertProblems(
                "[shop.refunds, shop.purchases]",
                "[shop.refunds, shop.refunds]",
                "15:44: Duplicate topic 'shop.refunds' in 'from'");
        assertProblems("from: shop.purchases", "topic: shop.purchases", "9:27: Unknown key 'topic' in feature 'purch");
    }

    @Test
    void aViewReadsEachTopicOnceAndOneAtLeast() {
        assertProblems(
                REFUNDS,
                REFUNDS.replace("shop.refunds", "shop.purchases"),
                "4:5: Duplicate topic 'shop.purchases' in 'source'");
        String both = VIEW.substring(VIEW.indexOf("  - {"), VIEW.indexOf("entity"));
        assertProblems("\n" + both, " []\n", "2:1: Cannot use a 'source' of 0 topics: expected 1 to 100");
        String many = IntStream.range(0, 101)
                .mapToObj(i -> "  - {topic: t" + i + ", schema: Purchase, event_time: time}\n")
                .collect(Collectors.joining());
        assertProblems(both, many, "2:1: Cannot use a 'source' of 101 topics");
        assertProblems(REFUNDS, "  - shop.refunds\n", "4:5: Cannot read an item of 'source': expected a mapping");
        assertProblems(REFUNDS, "  - {topic: shop.refunds, event_time: at}\n", "4:5: Missing key 'schema' in an item");
        assertProblems("schema: Refund,", "schema: Refunds,", "4:35: Unknown schema 'Refunds'");
        assertProblems(
                "event_time: at",
                "event_time: time",
                "4:55: Unknown field 'time' of schema 'Refund' of topic 'shop.refunds'");
    }

    @Test
    void aFieldMustBeInEachSchemaThatIsRead() {
        assertProblems(
                "{mean: event.amount}",
                "{count: ware}",
                "12:20: Unknown field 'ware' of schema 'Refund' of topic 'shop.refunds'");
        assertProblems("[customer]", "[ware]", "5:10: Unknown field 'ware' of schema 'Refund' of topic 'shop.refunds'");
        assertProblems(
                "\"event.amount > 0\"",
                "\"event.rate > 0.0\"",
                "6:9: Cannot read 'event.rate': no such name, did you mean");
        assertProblems(
                "\"event.amount > 100\"",
                "\"event.rate > 0.0\"",
                "13:30: Cannot read 'event.rate': no such name, did you mean");
        assertProblems(
                "{mean: event.amount}",
                "{mean: \"event.rate * 2.0\"}",
                "12:20: Cannot read 'event.rate': no such name, did you mean");
    }

    @Test
    void anExpressionSaysInWhichTopicItFails() {
        DefinitionException thrown = catchThrowableOfType(
                DefinitionException.class,
                () -> Shop.plan(VIEW.replace("{mean: event.amount}", "{mean: \"event.rate * 2.0\"}")));
        assertThat(thrown).hasMessageContaining("(schema 'Purchase' of topic 'shop.purchases')");
    }

    @Test
    void aFeatureIsToldToSayFromWhichTopicsItCanCount() {
        DefinitionException thrown = catchThrowableOfType(
                DefinitionException.class,
                () -> Shop.plan(VIEW.replace("{mean: event.amount}", "{count: ware, where: \"event.rate > 0.0\"}")));
        assertThat(thrown)
                .hasMessageContaining(
                        "of topic 'shop.refunds', did you mean 'rate'? (from: shop.purchases would count only events that have it)")
                .hasMessageContaining(
                        "of topic 'shop.purchases') (from: shop.refunds would count only events that have it)");
        assertThat(catchThrowableOfType(
                        DefinitionException.class, () -> Shop.plan(VIEW.replace("[customer]", "[ware]"))))
                .message()
                .doesNotContain("from:");
    }

    @Test
    void typesMustBeEqual() {
        String alike = "' of topics 'shop.purchases' and 'shop.refunds' alike: found types ";
        assertProblems(
                "{mean: event.amount}",
                "{mean: weight}",
                "12:19: Cannot read 'weight" + alike + "double and long, expected one");
        assertProblems("[customer]", "[shop]", "5:10: Cannot read 'shop" + alike + "long and string, expected one");
        assertProblems(
                "{mean: event.amount}",
                "{mean: event.weight + event.weight}",
                "12:19: Cannot read 'event.weight + event.weight" + alike + "double and long, expected one");
        assertProblems("\"event.amount > 0\"", "event.amount", "6:8: Cannot filter by a long");
    }

    @Test
    void viewsMustAgreeOnEachTopicThatTheyShare() throws Exception {
        String alone = "view: refunds\nsource: {topic: shop.refunds, schema: Refund, event_time: at}\n"
                + "entity: [customer]\nwindows: [1m]\nfeatures:\n  n: {count: \"*\"}\n";
        ViewText shopping = ViewText.of("shopping.yaml", VIEW, Shop.schemas());
        ViewText refunds = ViewText.of("refunds.yaml", alone, Shop.schemas());
        assertThat(shopping.schemas()).containsOnlyKeys("Purchase", "Refund");
        assertThat(catchThrowableOfType(
                        DefinitionException.class, () -> ViewText.checkTogether(List.of(refunds, shopping))))
                .hasMessageContaining("shopping.yaml:4:5: Views 'refunds' and 'shopping' read topic 'shop.refunds'");
        ViewText.checkTogether(List.of(
                shopping,
                ViewText.of(
                        "refunds.yaml",
                        alone.replace("event_time: at", "event_time: at, out_of_orderness: 10s"),
                        Shop.schemas())));
    }
}
