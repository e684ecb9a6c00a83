/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cli.Freshet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line with the jar of freshet-example-function on the class path. */
class OwnFunctionTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void itIsListedAmongTheOthers() {
        assertThat(run("functions", "--group", "other")).isZero();
        assertThat(out.toString())
                .containsPattern("other +weekend_share +any, or \\* +double, 0 to 1 +null +rounding +16 B");
        assertThat(run("functions", "weekend_share")).isZero();
        assertThat(out.toString()).contains("utc_offset", "hours by which local time is ahead of UTC", "default 0");
    }

    @Test
    void theSchemaForEditorsKnowsIt() {
        assertThat(run("functions", "--schema")).isZero();
        assertThat(out.toString()).contains("\"weekend_share\"", "\"utc_offset\"");
    }

    @Test
    void aViewThatUsesItValidates() throws Exception {
        assertThat(run("validate", view("utc_offset: 2").toString())).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("1 of 1 views are right");
    }

    @Test
    void itsParametersAreCheckedAsThoseOfBuiltInOnes() throws Exception {
        assertThat(run("validate", view("utc_ofset: 2").toString())).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(out.toString()).contains("Unknown key 'utc_ofset'", "did you mean 'utc_offset'?");
        assertThat(run("validate", view("utc_offset: 40").toString())).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(out.toString())
                .contains("weekend.yaml:5:", "Cannot use '40' for 'utc_offset': expected a number from -18.0 to 18.0");
    }

    private Path view(String parameter) throws Exception {
        return Files.writeString(folder.resolve("weekend.yaml"), """
                view: weekend
                source: {topic: wikipedia.edits, schema: WikipediaEdit, event_time: time}
                entity: [user]
                features:
                  weekend: {weekend_share: "*", %s, windows: [1d, 7 x 1d]}
                """.formatted(parameter));
    }

    private int run(String... arguments) {
        return Freshet.commandLine(Map.of())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
