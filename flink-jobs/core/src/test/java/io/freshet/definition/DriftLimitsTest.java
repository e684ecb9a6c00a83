/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far columns may drift, as a view says it. */
class DriftLimitsTest {

    private static final DriftLimits.Limits DEFAULT = DriftLimits.Limits.DEFAULT;

    private static DriftLimits limits(String drift) throws Exception {
        return ViewPlanner.plan("f", WrongDefinitionsTest.RIGHT + drift, DemoViewsTest.schemas())
                .view()
                .drift();
    }

    private static void assertProblem(String drift, String where, String message) throws Exception {
        List<Problem> found = WrongDefinitionsTest.problems(WrongDefinitionsTest.RIGHT + drift);
        assertThat(found).as(drift).hasSize(1);
        assertThat(found.get(0).location()).as(drift).isEqualTo("views/activity.yaml:" + where);
        assertThat(found.get(0).message()).contains(message);
        assertThat(faults(drift)).as(drift).isNotEmpty();
    }

    private static List<?> faults(String drift) throws Exception {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(
                        Path.of("../../schemas/src/main/resources/io/freshet/schemas/feature-view.schema.json")));
        return schema.validate(WrongDefinitionsTest.RIGHT + drift, InputFormat.YAML);
    }

    @Test
    void whereAViewSaysNothingTheDefaultsHold() throws Exception {
        assertThat(limits("")).isEqualTo(DriftLimits.DEFAULT);
        assertThat(limits("").of("edits_1h").psi()).isEqualTo(0.2);
    }

    @Test
    void theReferenceSaysWhatTheDefaultsAre() throws Exception {
        String page = Files.readString(Path.of("../cli/docs/drift.md"));
        assertThat(page)
                .contains("| `psi` | " + DEFAULT.psi() + " |", "| `js` | " + DEFAULT.js() + " |")
                .contains("| `ks` | " + DEFAULT.ks() + " |", "| `nulls` | " + DEFAULT.nulls() + " |")
                .contains("| `label` | " + DEFAULT.label() + " |");
    }

    @Test
    void aColumnsOwnWinOverItsFeaturesOverTheViews() throws Exception {
        String drift = """
                drift:
                  psi: 0.3
                  js: any
                  features:
                    edits_1m: {ks: 0.5}
                    edits: {psi: 0.4, nulls: 0}
                    share: {label: 2}
                """;
        assertThat(faults(drift)).isEmpty();
        DriftLimits limits = limits(drift);
        double any = Double.POSITIVE_INFINITY;
        assertThat(limits.of("added_1h")).isEqualTo(new DriftLimits.Limits(0.3, any, 0.15, 0.05, 0.1));
        assertThat(limits.of("edits_1h")).isEqualTo(new DriftLimits.Limits(0.4, any, 0.15, 0, 0.1));
        assertThat(limits.of("edits_1m")).isEqualTo(new DriftLimits.Limits(0.4, any, 0.5, 0, 0.1));
        assertThat(limits.of("share")).isEqualTo(new DriftLimits.Limits(0.3, any, 0.15, 0.05, 2));
        assertThat(limits.of("share").ks()).isEqualTo(DEFAULT.ks());
    }

    @Test
    void wrongLimitsAreShownAtTheirPlace() throws Exception {
        assertProblem("drift: {pis: 1}", "16:9", "Unknown key 'pis' in 'drift', did you mean 'psi'?");
        assertProblem("drift: {psi: -1}", "16:14", "Cannot use '-1' for 'psi': expected a number of 0 or more, or any");
        assertProblem("drift: {psi: NaN}", "16:14", "Cannot use 'NaN' for 'psi'");
        assertProblem("drift: {ks: 1.5}", "16:13", "expected a number from 0 to 1, or any");
        assertProblem("drift: {label: 3}", "16:16", "expected a number from 0 to 2, or any");
        assertProblem("drift: {features: {edits: {ksi: 1}}}", "16:28", "Unknown key 'ksi' in the limits of 'edits'");
        assertProblem("drift: {features: {edits: 0.2}}", "16:27", "Cannot read the limits of 'edits'");
        assertProblem("drift: 0.2", "16:8", "Cannot read 'drift': expected a mapping of keys to values");
    }

    @Test
    void anUnknownFeatureComesWithTheNearestRightOne() throws Exception {
        List<Problem> found =
                WrongDefinitionsTest.problems(WrongDefinitionsTest.RIGHT + "drift: {features: {edits_2h: {psi: 1}}}");
        assertThat(found).hasSize(1);
        assertThat(found.get(0).location()).isEqualTo("views/activity.yaml:16:20");
        assertThat(found.get(0).message()).startsWith("Unknown feature 'edits_2h' in 'drift', did you mean 'edits_1");
    }

    @Test
    void aFeatureThatCannotBeReadIsNotBlamedTwice() throws Exception {
        String wrong =
                WrongDefinitionsTest.RIGHT.replace("{count:", "{cuont:") + "drift: {features: {edits: {psi: 1}}}";
        assertThat(WrongDefinitionsTest.problems(wrong)).hasSize(1);
    }
}
