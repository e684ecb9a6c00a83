/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** Drift between training sets; between ranges of a history it is in the integration tests. */
class DriftCommandTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String HEAD = "user,activity__as_of,robot,activity__edits_1h,activity__added_1h,"
            + "activity__page_1h,activity__seen_1h\n";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeTheView() throws Exception {
        Path views = Files.createDirectory(folder.resolve("views"));
        Files.writeString(views.resolve("activity.yaml"), """
                view: activity
                source: {topic: wikipedia.edits, schema: WikipediaEdit, event_time: time}
                entity: [user]
                windows: [1h]
                features:
                  edits: {count: "*"}
                  added: {mean: added}
                  page: {last: page}
                  seen: {first: time}
                  deleted: {sum: deleted}
                drift: {ks: 0.2, features: {edits: {ks: 0.9}}}
                """);
        Files.writeString(folder.resolve("freshet.yaml"), "views: views\n");
    }

    /** Rows of which robots edit more, or less where that is turned round; a page may be new, and days pass. */
    private Path training(String name, int rows, boolean turned, String page, long days) throws Exception {
        Random random = new Random(name.hashCode());
        StringBuilder csv = new StringBuilder(HEAD);
        for (int i = 0; i < rows; i++) {
            Instant at = NOON.plusSeconds(days * 86_400 + i);
            int edits = random.nextInt(10);
            boolean robot = random.nextInt(10) < (turned ? 9 - edits : edits);
            List<Object> cells = List.of(
                    "Ann",
                    at,
                    robot,
                    edits,
                    random.nextInt(20) == 0 ? "" : Math.exp(random.nextGaussian()),
                    random.nextInt(2) == 0 ? page : "Page " + random.nextInt(900),
                    at.minusSeconds(random.nextInt(3600)));
            csv.append(String.join(",", cells.stream().map(Object::toString).toList()))
                    .append('\n');
        }
        return Files.writeString(folder.resolve(name), csv);
    }

    @Test
    void trainingSetsOfOneWorldDoNotDriftThoughTimePasses() throws Exception {
        Path before = training("before.csv", 900, false, "Tea", 0);
        Path after = training("after.csv", 700, false, "Tea", 90);
        assertThat(drift("--baseline", before, "--against", after, "--label", "robot"))
                .isEqualTo(Freshet.OK);
        assertThat(out.toString())
                .startsWith("activity: none of 4 columns drifts\n")
                .contains("before.csv: 900 rows, as of 2026-01-01T12:00:00Z to 2026-01-01T12:14:59Z")
                .contains("not compared, for one side has no values or only warming ones: deleted_1h");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aNewPageAndATurnedRelationAreFoundEachWhereItIs() throws Exception {
        Path before = training("before.csv", 900, false, "Tea", 0);
        Path after = training("after.csv", 700, true, "Milk & <Honey>", 1);
        Path page = folder.resolve("drift.html");
        assertThat(drift("--baseline", before, "--against", after, "--label", "robot", "--json", "--html", page))
                .isEqualTo(Freshet.FAILED);
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("drift").asBoolean()).isTrue();
        assertThat(json.path("baseline").path("labels").asInt()).isEqualTo(900);
        JsonNode edits = column(json, "edits_1h");
        assertThat(edits.path("status").asText()).isEqualTo("drift");
        assertThat(edits.path("label").path("crossed").asBoolean()).isTrue();
        assertThat(edits.path("psi").path("crossed").asBoolean()).isFalse();
        assertThat(edits.path("ks").path("threshold").asDouble()).isEqualTo(0.9);
        assertThat(edits.path("relation").path("rates")).hasSizeBetween(8, 12);
        assertThat(column(json, "page_1h").path("js").path("value").asDouble()).isCloseTo(0.5, within(0.1));
        assertThat(column(json, "page_1h").path("ks").isMissingNode()).isTrue();
        assertThat(column(json, "added_1h").path("status").asText()).isNotEqualTo("drift");
        assertThat(column(json, "added_1h").path("ks").path("threshold").asDouble())
                .isEqualTo(0.2);
        assertThat(column(json, "deleted_1h").path("status").asText()).isEqualTo("no_data");
        assertThat(err.toString()).isEqualTo("Wrote " + page + System.lineSeparator());
        assertPage(Files.readString(page));
    }

    private static void assertPage(String page) throws Exception {
        assertThat(page)
                .contains("Milk &amp; &lt;Honey&gt;", "prefers-color-scheme: dark", "<h3>edits_1h</h3>")
                .doesNotContain("<script", "http:", "https:", "src=", "@import", "url(")
                .doesNotContain("NaN", "<Honey>");
        List<String> drawings = new ArrayList<>(Arrays.asList(page.split("(?=<svg class=\"plot\")")));
        drawings.remove(0);
        assertThat(drawings).hasSize(8);
        for (String drawing : drawings) {
            String svg = drawing.substring(0, drawing.indexOf("</svg>") + "</svg>".length());
            assertThat(svg).contains("role=\"img\"", "<title id=", "<desc id=");
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        }
    }

    private static JsonNode column(JsonNode json, String name) {
        for (JsonNode column : json.path("columns")) {
            if (column.path("column").asText().equals(name)) {
                return column;
            }
        }
        throw new AssertionError(name);
    }

    @Test
    void fewRowsAreNoReasonToAlarm() throws Exception {
        Path before = training("before.csv", 900, false, "Tea", 0);
        Path few = training("few.csv", 12, false, "Tea", 0);
        assertThat(drift("--baseline", before, "--against", few)).isEqualTo(Freshet.OK);
        assertThat(out.toString()).contains("chance", "~ above the threshold, but of so few rows");
    }

    @Test
    void whatIsWronglyAskedForIsToldWithWhatWouldBeRight() throws Exception {
        Path before = training("before.csv", 9, false, "Tea", 0);
        assertWrong("Cannot read time range 'x'", "--baseline", "x", "--against", before);
        assertWrong("Missing required option: '--against", "--baseline", before);
        assertWrong("a history has none", "--baseline", "last 7d", "--against", before, "--label", "robot");
        assertWrong(
                "Unknown column 'robto' of --label in '" + before + "', did you mean 'robot'?",
                "--baseline",
                before,
                "--against",
                before,
                "--label",
                "robto");
        assertWrong("Cannot read --until 'noon'", "--baseline", "last 7d", "--against", before, "--until", "noon");
        Path other = Files.writeString(folder.resolve("other.csv"), "user,edits_1h\nAnn,3\n");
        assertWrong("expected names such as 'activity__edits_1h'", "--baseline", before, "--against", other);
    }

    @Test
    void aFileThatIsNotThereOrCannotBeReadIsOneClearLine() throws Exception {
        Path before = training("before.csv", 9, false, "Tea", 0);
        assertThat(drift("--baseline", before, "--against", folder.resolve("none.parquet")))
                .isEqualTo(Freshet.FAILED);
        assertThat(err.toString()).contains("none.parquet").hasLineCount(1);
        Path wrong = Files.writeString(folder.resolve("wrong.csv"), HEAD + "Ann,,true,many,1,Tea,\n");
        assertThat(drift("--baseline", before, "--against", wrong)).isEqualTo(Freshet.FAILED);
        assertThat(err.toString()).contains("wrong.csv', row at 2: Cannot read 'many' as double");
        Path empty = Files.writeString(folder.resolve("empty.csv"), HEAD);
        assertThat(drift("--baseline", before, "--against", empty)).isEqualTo(Freshet.FAILED);
        assertThat(err.toString()).contains("empty.csv': it has no rows");
    }

    private void assertWrong(String message, Object... arguments) {
        err.getBuffer().setLength(0);
        assertThat(drift(arguments)).as(message).isEqualTo(Freshet.WRONG_INPUT);
        assertThat(err.toString()).contains(message);
    }

    private int drift(Object... arguments) {
        List<String> words =
                new ArrayList<>(List.of("drift", "activity", "--config", folder.resolve("freshet.yaml") + ""));
        Arrays.stream(arguments).map(Object::toString).forEach(words::add);
        return Freshet.commandLine(Map.of())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words.toArray(new String[0]));
    }
}
