/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.expression.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoViewsTest {

    private static final Path ROOT = Path.of("..", "..");
    static final Path VIEWS = ROOT.resolve("deploy/demo/views");

    static Schemas schemas() throws IOException {
        return new Schemas(
                Map.of("WikipediaEdit", Files.readString(ROOT.resolve("schemas/src/main/avro/WikipediaEdit.avsc"))));
    }

    private static ViewText view(String name) throws Exception {
        Path file = VIEWS.resolve(name + ".yaml");
        return ViewText.of(file.toString(), Files.readString(file), schemas());
    }

    @Test
    void theDemosViewsPlanAndAgreeOnTheirSource() throws Exception {
        List<ViewText> views = List.of(view("user_activity"), view("channel_activity"), view("page_activity"));
        ViewText.checkTogether(views);
        assertThat(views).allSatisfy(view -> assertThat(view.plan().columns()).isNotEmpty());
    }

    @Test
    void theUserViewHasItsColumnsInTheOrderWritten() throws Exception {
        ViewPlan plan = view("user_activity").plan();
        assertThat(plan.columns()).hasSizeGreaterThan(20);
        assertThat(plan.columns().get(2).name()).isEqualTo("edits_1h");
        assertThat(plan.columns().get(plan.columns().size() - 1).name()).isEqualTo("burst");
        assertThat(plan.entity()).containsExactly(new ViewPlan.Field(List.of("user"), ValueType.STRING));
        assertThat(plan.sources().get(0).filters()).hasSize(2);
    }

    @Test
    void aShareOfTwoCountsNeedsOneConversionOnly() throws Exception {
        String written = "double(edits_5m) / double(edits_1h)";
        String yaml = view("user_activity").yaml();
        assertThat(yaml).contains(written);
        ViewPlan plan = ViewPlanner.plan("f", yaml.replace(written, "edits_5m / double(edits_1h)"), schemas());
        Column.Computed burst =
                (Column.Computed) plan.columns().get(plan.columns().size() - 1);

        assertThat(burst.type()).isEqualTo(ValueType.DOUBLE);
        assertThat(burst.expression().bind(List.of("edits_5m", "edits_1h")).evaluate(new Object[] {3L, 4L}))
                .isEqualTo(0.75);
    }

    @Test
    void theLabelIsInNoFeature() throws Exception {
        for (String name : List.of("user_activity", "channel_activity", "page_activity")) {
            assertThat(view(name).yaml()).doesNotContain("isRobot");
        }
    }
}
