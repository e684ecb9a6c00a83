/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.cli.Freshet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The demo as a newcomer runs it, as fast as it goes. */
class DemoIT {

    @Test
    void theDayRunsThroughAndEveryValueAgrees() throws Exception {
        StringWriter out = new StringWriter();
        int exit =
                Freshet.commandLine(Map.of()).setOut(new PrintWriter(out)).execute("demo", "--speed", "max", "--json");

        List<String> lines = out.toString().lines().toList();
        JsonNode summary = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        assertThat(summary.path("mismatches").asInt(-1)).isZero();
        assertThat(summary.path("dead_letters").asInt(-1)).isZero();
        assertThat(summary.path("events").asInt()).isEqualTo(39_244);
        assertThat(summary.path("checked").asInt()).isEqualTo(1_000);
        assertThat(summary.path("rows").asLong()).isGreaterThan(39_244L * 3);
        assertThat(exit).isZero();
    }
}
