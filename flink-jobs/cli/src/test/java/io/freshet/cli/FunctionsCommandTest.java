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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionsCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theSchemaForEditorsKnowsEveryFunction() throws Exception {
        assertThat(run("functions", "--schema")).isZero();
        JsonNode schema = new ObjectMapper().readTree(out.toString());
        assertThat(schema.at("/$defs/feature/oneOf").findValuesAsText("title"))
                .containsExactlyElementsOf(Functions.all().labels());
        assertThat(schema.at("/$defs/window").isObject()).isTrue();
    }

    @Test
    void theSchemaIsOfAllFunctionsOnly() {
        assertThat(run("functions", "--schema", "sum")).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString()).contains("Cannot use --schema with another choice");
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
