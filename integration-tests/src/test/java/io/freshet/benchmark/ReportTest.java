/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final Machine MACHINE = new Machine(2, "a CPU", 1_024, 512, "a JVM", "an OS", "abc");

    @Test
    void theMedianIsTheMiddleAndTheQuantileAFigureThatWasMeasured() {
        assertThat(Statistics.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
        assertThat(Statistics.median(List.of(4.0, 1.0, 9.0, 2.0))).isEqualTo(3);
        assertThat(Statistics.quantile(List.of(3.0, 1.0, 2.0, 4.0), 0.5)).isEqualTo(2);
        assertThat(Statistics.quantile(List.of(3.0, 1.0, 2.0, 4.0), 0.99)).isEqualTo(4);
        assertThat(Statistics.quantile(List.of(7.0), 0.01)).isEqualTo(7);
        assertThatThrownBy(() -> Statistics.median(List.of())).hasMessage("Cannot tell the statistics of no figures");
    }

    @Test
    void tablesShowMediansAndSpreadAndRatiosBothWays() {
        assertThat(Report.markdown(
                        List.of(result("slow", List.of(90.0, 100.0, 110.0), 8), result("fast", List.of(1_500.0), 2))))
                .isEqualTo("""

                        ### a group

                        |  | events/s | CPU us/event |
                        | --- | ---: | ---: |
                        | slow | 100 (90 to 110) | 8.00 |
                        | fast | 1,500 | 2.00 |

                        | row over column: events/s, CPU saved | slow | fast |
                        | --- | ---: | ---: |
                        | slow |  | 0.0667x, 0.25x |
                        | fast | 15x, 4.00x |  |
                        """);
    }

    @Test
    void theFileHoldsMachineOptionsAndEveryRepetition(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("made/for/it.json");
        ReportFile.write(
                file, START, MACHINE, options("rounds", "3"), List.of(result("slow", List.of(110.0, 90.0, 100.0), 8)));

        JsonNode report = new ObjectMapper().readTree(file.toFile());
        assertThat(report.path("date").asText()).isEqualTo("2026-01-31T12:00:00Z");
        assertThat(report.path("machine").path("cpu").asText()).isEqualTo("a CPU");
        assertThat(report.path("options").path("rounds").asInt()).isEqualTo(3);
        JsonNode result = report.path("results").path(0);
        assertThat(result.path("parameters").path("windows").asInt()).isEqualTo(4);
        JsonNode pace = result.path("figures").path("events_per_second");
        assertThat(pace.path("raw")).map(JsonNode::asDouble).containsExactly(110.0, 90.0, 100.0);
        assertThat(pace.path("median").asDouble()).isEqualTo(100);
        assertThat(pace.path("least").asDouble()).isEqualTo(90);
        assertThat(pace.path("most").asDouble()).isEqualTo(110);
    }

    @Test
    void optionsNameSuitesAndRefuseWhatIsNone() {
        assertThat(options("suite", "rocksdb,end-to-end").suites()).containsExactly(Suite.ROCKSDB, Suite.END_TO_END);
        assertThat(options("suite", "all").suites()).containsExactly(Suite.values());
        assertThatThrownBy(() -> options("suite", "bass"))
                .hasMessageStartingWith("Cannot run -Dbenchmark.suite=bass: expected one or more of [base, windows,")
                .hasMessageContaining("end-to-end")
                .hasMessageEndingWith("jmh] or all");
        assertThatThrownBy(() -> options("rounds", "0"))
                .hasMessage("Cannot use -Dbenchmark.rounds=0: expected a whole number above 0");
    }

    private static Options options(String name, String value) {
        Properties properties = new Properties();
        properties.setProperty("benchmark." + name, value);
        return Options.of(properties);
    }

    private static Result result(String name, List<Double> eventsPerSecond, double cpuMicros) {
        Result result = new Result("a suite", "a group", name, Map.of("windows", 4));
        eventsPerSecond.forEach(each -> result.add(Figure.EVENTS_PER_SECOND, each));
        result.add(Figure.CPU_MICROS_PER_EVENT, cpuMicros);
        return result;
    }
}
