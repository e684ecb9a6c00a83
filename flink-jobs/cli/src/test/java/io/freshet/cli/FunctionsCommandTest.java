/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.function.Functions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionsCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void allFunctionsAreListedWithTheirFacts() {
        assertThat(run("functions")).isZero();
        assertThat(Functions.all().labels())
                .allSatisfy(label -> assertThat(out.toString()).containsPattern("(?m)^  " + label + " +\\S"));
        assertThat(out.toString())
                .contains("Basic functions (basic)")
                .containsPattern("count +any, or \\* +long +exact");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aGroupIsListedAlone() {
        assertThat(run("functions", "--group", "statistics")).isZero();
        assertThat(out.toString()).contains("  stddev_pop ").doesNotContain("  count ");
    }

    @Test
    void oneFunctionIsShownWithAllThereIsToKnow() {
        assertThat(run("functions", "mean")).isZero();
        assertThat(out.toString())
                .startsWith("mean: Arithmetic mean")
                .contains("definition    sum of x / n")
                .contains("of nothing    null")
                .contains("example       amount_mean: {mean: amount, windows: [1h]}");
    }

    @Test
    void unknownNameIsRefusedWithTheNearest() {
        assertThat(run("functions", "varianc")).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString())
                .contains("Cannot show function 'varianc': there is none of that name, did you mean 'variance'?");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void unknownGroupIsRefusedWithTheKnownOnes() {
        assertThat(run("functions", "--group", "maths")).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString()).contains("maths").containsIgnoringCase("distribution");
    }

    @Test
    void jsonIsOneObjectALine() throws Exception {
        assertThat(run("functions", "--json")).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSameSizeAs(Functions.all().labels());
        for (String line : lines) {
            JsonNode function = new ObjectMapper().readTree(line);
            assertThat(Functions.all().labels())
                    .contains(function.get("function").asText());
            assertThat(function.get("parameters").isArray()).isTrue();
        }
    }

    @Test
    void markdownIsTheReference() {
        assertThat(run("functions", "--markdown", "sum")).isZero();
        assertThat(out.toString()).startsWith("## sum\n");
    }

    @Test
    void schemaKnowsEveryFunction() throws Exception {
        assertThat(run("functions", "--schema")).isZero();
        JsonNode schema = new ObjectMapper().readTree(out.toString());
        assertThat(schema.at("/$defs/feature/oneOf").findValuesAsText("title"))
                .containsExactlyElementsOf(Functions.all().labels());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--markdown", "--schema"})
    void twoFormsAtOnceAreWrongUse(String form) {
        assertThat(run("functions", "--json", form)).isEqualTo(Freshet.WRONG_INPUT);
    }

    /** The jar of freshet-example-function is not on the class path here; it is in the integration tests. */
    @Test
    void aViewOfAFunctionWhoseJarIsMissingIsRefusedAndTheMessageSaysSo(@TempDir Path folder) throws Exception {
        Path view = Files.writeString(folder.resolve("weekend.yaml"), """
                view: weekend
                source: {topic: wikipedia.edits, schema: WikipediaEdit, event_time: time}
                entity: [user]
                features:
                  weekend: {weekend_share: "*", windows: [1d]}
                """);
        assertThat(run("validate", view.toString())).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(out.toString())
                .contains("weekend.yaml:5:13: Unknown key 'weekend_share' in feature 'weekend'")
                .contains("that jar is not on the class path: put it into the folder functions/ beside freshet.yaml");
    }

    private int run(String... arguments) {
        return Freshet.commandLine(Map.of())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
