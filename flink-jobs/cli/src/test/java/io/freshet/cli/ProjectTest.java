/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code init} writes, and the commands that work on it without Kafka, Redis or Flink. */
class ProjectTest {

    private static final String VIEW = "customer_spending";

    @TempDir
    private Path folder;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @Test
    void aNewProjectIsRightAndItsTestsPass() {
        assertThat(run("init", folder.toString())).isZero();
        assertThat(out.toString().lines())
                .hasSize(6)
                .allSatisfy(file -> assertThat(Path.of(file)).exists());
        assertThat(run("validate", "--config", settings())).isZero();
        assertThat(run("test", "--config", settings())).isZero();
        assertThat(out.toString()).contains("  ok    purchases count at once").doesNotContain("FAIL");
        assertThat(err.toString()).contains("2 tests: 2 passed, 0 failed");
    }

    @Test
    void whatIsThereIsNeverTouched() throws Exception {
        Files.createDirectories(folder.resolve("views"));
        Files.writeString(folder.resolve("views/customer_spending.yaml"), "mine");
        Files.writeString(folder.resolve("README.md"), "mine");
        assertThat(run("init", folder.toString())).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString())
                .contains("views/customer_spending.yaml, README.md are there already")
                .hasLineCount(1);
        assertThat(folder.resolve("README.md")).hasContent("mine");
        assertThat(folder.resolve("freshet.yaml")).doesNotExist();
    }

    @Test
    void failuresAreToldAllAtOnceWithTheirPlacesExpectedAndFound() throws Exception {
        run("init", folder.toString());
        Path tests = folder.resolve("tests/customer_spending.yaml");
        String text = Files.readString(tests);
        Files.writeString(
                tests,
                text.replace("online_share_1d: 0.5}", "online_share_1d: 0.6}")
                        .replace("Bob: absent", "Bob: {purchases_1h: 0}"));
        assertThat(run("test", "--config", settings())).isEqualTo(Freshet.FAILED);
        assertThat(out.toString())
                .contains("  FAIL  purchases count at once", "  ok    a purchase that comes late")
                .containsPattern("tests/customer_spending.yaml:11:\\d+: Expected online_share_1d 0.6, found 0.5 \\(of"
                        + " online_purchases_1d 1, purchases_1d 2\\); 'Ann' as of 2026-01-31T12:05:00Z")
                .contains("Expected a row of 'Bob', found none (there are rows of Ann)");
        assertThat(err.toString()).contains("1 passed, 1 failed");

        assertThat(run("test", "--config", settings(), "--json")).isEqualTo(Freshet.FAILED);
        assertThat(out.toString())
                .contains("\"passed\":1,\"failed\":1", "\"expected\":\"0.6\",\"actual\":\"0.5\"", "\"line\":11");
    }

    @Test
    void thePagesShowTheProjectsTestAndHowItFails() throws Exception {
        run("init", folder.toString());
        Path file = folder.resolve("tests/customer_spending.yaml");
        String tests = Files.readString(file);
        String page = Files.readString(Path.of("docs/testing-views.md"));
        assertThat(page).contains("```yaml\n" + tests + "```");
        Files.writeString(file, tests.replace("online_share_1d: 0.5}", "online_share_1d: 0.6}"));
        run("test", "--config", settings());
        assertThat(out.toString().replace(folder + "/", "").lines())
                .hasSize(7)
                .allSatisfy(line -> assertThat(page).contains(line.isEmpty() ? line : "    " + line + "\n"));
        String readme = Files.readString(Path.of("../../README.md"));
        assertThat(out.toString().replace(folder + "/", "").lines().skip(4))
                .allSatisfy(line -> assertThat(readme).contains("    " + line + "\n"));
    }

    @Test
    void explainTellsTilesCostsAndExpressions() throws Exception {
        run("init", folder.toString());
        assertThat(run("explain", VIEW, "--config", settings())).isZero();
        assertThat(out.toString())
                .contains("of 1m up to an age of 1h, then of 15m up to an age of 1d")
                .contains("compiled     where of online_purchases: event.online", "rows per event", "spent_1h");
        String page = Files.readString(Path.of("docs/explain.md"));
        assertThat(out.toString().lines().takeWhile(line -> !line.startsWith("An entity with")))
                .allSatisfy(line -> assertThat(page).contains(line.isEmpty() ? line : "    " + line + "\n"));
        assertThat(run("explain", VIEW, "--config", settings(), "--json", "--events-per-day", "250"))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "\"key_prefix\":\"shop:customer_spending:\"",
                        "{\"name\":\"spent_1h\",\"type\":\"decimal(38,2)\"")
                .contains("\"events_per_day\":250.0");
        String events = folder.resolve("events/purchases.jsonl").toString();
        assertThat(run("explain", VIEW, "--config", settings(), "--events", events))
                .isZero();
        assertThat(out.toString()).contains("Measured with 24 events of 3 entities (0 not used)");
        assertThat(run("explain", VIEW, "--config", settings(), "--events-per-day", "0"))
                .isEqualTo(Freshet.WRONG_INPUT);
    }

    @Test
    void shellsCompleteCommandsOptionsAndNamesOfViews() throws Exception {
        run("init", folder.toString());
        assertThat(run("completion", "bash")).isZero();
        Files.writeString(folder.resolve("completion.sh"), out.toString());
        assertThat(completed("freshet", "expl")).isEqualTo("explain");
        assertThat(completed("freshet", "explain", "--events-")).isEqualTo("--events-per-day");
        assertThat(completed("freshet", "get", "")).isEqualTo(VIEW);
        assertThat(completed("freshet", "run", "cust")).isEqualTo(VIEW);
        assertThat(run("completion", "fish")).isEqualTo(Freshet.WRONG_INPUT);
    }

    /** What bash offers for the last of these words. */
    private String completed(String... words) throws Exception {
        String script =
                "source completion.sh; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _complete_freshet 2>/dev/null;"
                        + " echo \"${COMPREPLY[*]}\"";
        List<String> command = new ArrayList<>(List.of("bash", "-c", script, "bash"));
        command.addAll(List.of(words));
        Process bash = new ProcessBuilder(command).directory(folder.toFile()).start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).isZero();
        return said.strip();
    }

    private String settings() {
        return folder.resolve("freshet.yaml").toString();
    }

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        CommandLine line =
                Freshet.commandLine(Map.of()).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
