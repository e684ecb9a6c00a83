/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {

    private static final Path DEMO_VIEWS = Path.of("../../deploy/demo/views");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void versionIsTheOneOfTheBuild() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("freshet \\d+\\.\\d+\\.\\d+.*\\R");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "validate",
                "up",
                "produce",
                "run",
                "cluster",
                "plan",
                "deploy",
                "status",
                "ui",
                "stop",
                "rescale",
                "upgrade",
                "backfill",
                "get",
                "serve",
                "history",
                "archive",
                "restore",
                "functions",
                "verify"
            })
    void helpOfEveryCommandHasAnExample(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).contains("Example").contains("  freshet " + command);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void unknownCommandSuggestsTheNearest() {
        assertThat(run("validat")).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString()).contains("validat").contains("freshet validate");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void rightViewsValidate() {
        assertThat(run("validate", DEMO_VIEWS.toString())).isZero();
        assertThat(err.toString()).contains("3 of 3 views are right");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void wrongViewsAreAllToldWithTheirPlaces() throws Exception {
        wrongView();
        assertThat(run("validate", folder.toString())).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(out.toString())
                .contains("wrong.yaml:7:10: Unknown field 'usr'")
                .contains("'user'")
                .contains("wrong.yaml:10:");
        assertThat(err.toString()).contains("2 problems");
    }

    @Test
    void problemsAreOneArrayInJson() throws Exception {
        wrongView();
        assertThat(run("validate", "--json", folder.toString())).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(out.toString().strip()).startsWith("[{").endsWith("}]").contains("\"line\":7", "\"column\":10");
    }

    @Test
    void missingFolderIsOneClearLine() {
        assertThat(run("validate", folder.resolve("none").toString())).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString().strip()).endsWith("none does not exist").hasLineCount(1);
    }

    @Test
    void flagsWinOverEnvironmentAndThatOverFile() throws Exception {
        Path settings = Files.writeString(folder.resolve("freshet.yaml"), "views: from-file\n");
        Map<String, String> environment = Map.of("FRESHET_VIEWS", "from-environment");
        assertThat(line(environment).execute("validate", "--config", settings.toString()))
                .isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString()).contains("from-environment does not exist");
        line(environment).execute("validate", "--config", settings.toString(), "-D", "views=from-flag");
        assertThat(err.toString()).contains("from-flag does not exist");
    }

    @Test
    void wrongSettingIsNamedWithTheNearestRightOne() {
        assertThat(run("validate", "-D", "redis.ur=x", DEMO_VIEWS.toString())).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString()).contains("redis.ur").contains("redis.uri");
    }

    @Test
    void keyWithTooFewPartsIsRefusedBeforeRedisIsAsked() {
        assertThat(run("get", "page_activity", "Main Page", "-D", "views=" + DEMO_VIEWS))
                .isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString()).contains("found 1 parts, expected 2 (channel, page)");
    }

    @Test
    void aMomentThatIsNoneIsRefusedBeforeRedisIsAsked() {
        assertThat(run("get", "user_activity", "x", "--as-of", "noon", "-D", "views=" + DEMO_VIEWS))
                .isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString()).contains("Cannot read --as-of 'noon': expected watermark, stored, now or a time");
    }

    @Test
    void unknownViewNamesTheKnownOnes() {
        assertThat(run("get", "users", "x", "-D", "views=" + DEMO_VIEWS)).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString()).contains("'users'").contains("channel_activity, page_activity, user_activity");
    }

    @Test
    void absentRedisIsOneClearLine() {
        assertThat(run("get", "user_activity", "x", "-D", "views=" + DEMO_VIEWS, "-D", "redis.uri=redis://127.0.0.1:1"))
                .isEqualTo(Freshet.FAILED);
        assertThat(err.toString()).contains("Cannot connect to the online store at 127.0.0.1:1");
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    @Test
    void aServerThatCannotServeSaysWhy() throws Exception {
        String views = "views=" + DEMO_VIEWS.toAbsolutePath();
        assertThat(run("serve", "users", "-D", views)).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString()).contains("Unknown view 'users'");
        Path settings = Files.writeString(folder.resolve("freshet.yaml"), """
                serve: {services: {bots: ["user_activity:edits_1y"]}}
                """);
        assertThat(run("serve", "--config", settings.toString(), "-D", views)).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString())
                .contains("Cannot serve the list 'bots': View 'user_activity' has no feature 'edits_1y'."
                        + " Did you mean 'edits_1");
        assertThat(run("serve", "--host", "0.0.0.0", "-D", views)).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString()).contains("Cannot listen at 0.0.0.0 without a token", "set FRESHET_SERVE_TOKEN");
        assertThat(run("serve", "-D", views, "-D", "redis.uri=redis://127.0.0.1:1"))
                .isEqualTo(Freshet.FAILED);
        assertThat(err.toString()).contains("Cannot connect to the online store at 127.0.0.1:1");
    }

    @Test
    void aConsoleForStrangersNeedsAToken() {
        assertThat(run("ui", "--host", "0.0.0.0", "-D", "views=" + DEMO_VIEWS)).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString())
                .contains("Cannot listen at 0.0.0.0 without a token", "set FRESHET_SERVE_TOKEN")
                .doesNotContain("--without-token");
    }

    @Test
    void whatABackfillCannotDoIsToldBeforeKafkaIsAsked() {
        String views = "views=" + DEMO_VIEWS;
        String noKafka = "kafka.bootstrap=127.0.0.1:1";
        assertThat(run("backfill")).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(run("backfill", "user_activity", "--delay", "0ms", "-D", views, "-D", noKafka))
                .isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString()).contains("--allow-zero-delay");
        assertThat(run("backfill", "user_activity", "--from", "yesterday", "-D", views, "-D", noKafka))
                .isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString()).contains("Cannot read --from 'yesterday', expected a time like");
        assertThat(run(
                        "backfill",
                        "user_activity",
                        "--from",
                        "2026-02-01T00:00:00Z",
                        "--to",
                        "2026-02-01T00:00:00Z",
                        "-D",
                        views,
                        "-D",
                        noKafka))
                .isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString()).contains("expected an end behind the start");
        assertThat(run("backfill", "user_activity", "-D", views, "-D", noKafka, "--files", folder + "/*.avro"))
                .isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString()).contains("no file is named by --files");
        assertThat(run("backfill", "user_activity", "-D", views, "-D", noKafka, "--files-hold-all"))
                .isEqualTo(Freshet.WRONG_INPUT);
    }

    @Test
    void functionsAreListedAndToldOneByOne() {
        assertThat(run("functions")).isEqualTo(Freshet.OK);
        assertThat(out.toString())
                .contains("count_distinct", "top_k (k)", "decayed_sum (half_life)", "standard error 1.6 %");
        assertThat(run("functions", "approx_percentile")).isEqualTo(Freshet.OK);
        assertThat(out.toString()).contains("{approx_percentile: field, at: 0.5}", "relative_error");
        assertThat(run("functions", "--group", "vector", "--json")).isEqualTo(Freshet.OK);
        assertThat(out.toString()).contains("\"name\":\"vector_mean\"");
        assertThat(run("functions", "medain")).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString()).contains("Unknown function 'medain', did you mean 'median'?");
    }

    @Test
    void producerRefusesKeyFieldTheSchemaLacks() {
        assertThat(run("produce", "--topic", "t", "--schema", "WikipediaEdit", "--key", "usr", "edits.json"))
                .isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString()).contains("--key usr").contains("user");
    }

    @Test
    void whatViewsOverFilesCannotDoIsToldBeforeKafkaIsAsked() throws Exception {
        String views = "views=" + folder;
        String noKafka = "kafka.bootstrap=127.0.0.1:1";
        String of = "source: {%s, schema: WikipediaEdit, event_time: time}\nentity: [user]\n"
                + "features: {edits: {count: '*', windows: [1h]}}\n";
        Files.writeString(folder.resolve("profile.yaml"), "view: profile\n" + of.formatted("files: 'users/*.csv'"));
        Files.writeString(folder.resolve("activity.yaml"), "view: activity\n" + of.formatted("topic: edits"));
        assertThat(run("validate", folder.toString())).isZero();
        assertThat(run("run", "-D", views, "-D", noKafka)).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString()).contains("use 'freshet run activity' and 'freshet run profile'");
        assertThat(run("run", "profile", "--until-end", "-D", views, "-D", noKafka))
                .isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString()).contains("Cannot use --until-end with views over files");
        assertThat(run("run", "profile", "-D", views, "-D", noKafka)).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString())
                .contains("Cannot read the files 'users/*.csv' of view 'profile', from folder '/")
                .contains("': no file has such a name");
        assertThat(run("backfill", "profile", "-D", views, "-D", noKafka)).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString()).contains("Cannot backfill view 'profile'").contains("'freshet run profile'");
        assertThat(run("verify", "profile", "-D", views, "-D", noKafka)).isEqualTo(Freshet.WRONG_INPUT);
        Files.delete(folder.resolve("activity.yaml"));
        assertThat(run("verify", "-D", views, "-D", noKafka)).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString())
                .contains(
                        "Cannot verify anything: all views of '" + folder + "' are over files; 'freshet run' compares");
    }

    @Test
    void producerRefusesAFormatThatThereIsNotAndARegistryThatIsNotSet() {
        String[] produce = {"produce", "--topic", "t", "--schema", "WikipediaEdit", "--format", "xml", "edits.json"};
        assertThat(run(produce)).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString())
                .contains("Cannot use --format xml, expected single_object or confluent or avro or json");
        produce[6] = "confluent";
        assertThat(run(produce)).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString())
                .contains("Cannot use --format confluent without a schema registry: set registry.url");
    }

    private void wrongView() throws Exception {
        Files.writeString(folder.resolve("wrong.yaml"), """
                view: wrong
                version: 1
                source:
                  topic: wikipedia.edits
                  schema: WikipediaEdit
                  event_time: time
                entity: [usr]
                windows: [1h]
                features:
                  a: {sum: channel}
                """);
    }

    private int run(String... arguments) {
        return line(Map.of()).execute(arguments);
    }

    private CommandLine line(Map<String, String> environment) {
        return Freshet.commandLine(environment)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
    }
}
