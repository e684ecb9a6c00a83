/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each wrong definition is right but for one thing, which is shown with its place. */
class WrongDefinitionsTest {

    static final String RIGHT = """
            view: activity
            version: 1
            source:
              topic: wikipedia.edits
              schema: WikipediaEdit
              event_time: time
            entity: [user]
            where: "!event.isMinor"
            windows: [1m, 1h]
            features:
              edits: {count: "*"}
              added: {sum: added, where: "event.delta > 0"}
            derived:
              share: "edits_1m + edits_1h"
            online: {ttl: 2d}
            """;

    static List<Problem> problems(String yaml) throws Exception {
        Schemas schemas = DemoViewsTest.schemas();
        DefinitionException thrown = catchThrowableOfType(
                DefinitionException.class, () -> ViewPlanner.plan("views/activity.yaml", yaml, schemas));
        return thrown == null ? List.of() : thrown.problems();
    }

    static void assertProblem(String right, String wrong, String where, String message) throws Exception {
        assertThat(RIGHT).contains(right);
        List<Problem> found = problems(RIGHT.replace(right, wrong));
        assertThat(found).as(wrong).hasSize(1);
        assertThat(found.get(0).location()).as(wrong).isEqualTo("views/activity.yaml:" + where);
        assertThat(found.get(0).message()).contains(message);
    }

    @Test
    void theRightOneIsRight() throws Exception {
        assertThat(problems(RIGHT)).isEmpty();
    }

    @Test
    void unknownNamesComeWithTheNearestRightOne() throws Exception {
        assertProblem("windows:", "window:", "9:1", "Unknown key 'window' in the view, did you mean 'windows'?");
        assertProblem("{count:", "{cuont:", "11:11", "Unknown key 'cuont' in feature 'edits', did you mean 'count'?");
        assertProblem(
                "{sum: added",
                "{sum: aded",
                "12:16",
                "Unknown field 'aded' of schema 'WikipediaEdit', did you mean 'added'?");
        assertProblem(
                "WikipediaEdit",
                "WikipediaEdits",
                "5:11",
                "Unknown schema 'WikipediaEdits', did you mean 'WikipediaEdit'?");
        assertProblem("[user]", "[usr]", "7:10", "Unknown field 'usr'");
        assertProblem("event_time: time", "event_time: tme", "6:15", "did you mean 'time'?");
        assertProblem(
                "edits_1m +", "edits_2m +", "14:11", "Cannot read 'edits_2m': no such name, did you mean 'edits_1");
    }

    @Test
    void faultyExpressionsAreShownAtTheirPlace() throws Exception {
        assertProblem(
                "!event.isMinor",
                "!event.isMinr",
                "8:10",
                "Cannot read 'event.isMinr': no such name, did you mean 'event.isMinor'?");
        assertProblem("!event.isMinor", "event.delta", "8:9", "Cannot filter by a long: expected a boolean expression");
        assertProblem("event.delta > 0", "event.delta > 'a'", "12:43", "Cannot apply '>' to int and string: expected");
        assertProblem("!event.isMinor", "sise(event.page) > 3", "8:9", "Unknown function 'sise', did you mean 'size'?");
        assertProblem("!event.isMinor", " ", "8:9", "Cannot use an empty expression: expected CEL");
        assertProblem("{sum: added", "{sum: \"event.delta +\"", "12:30", "");
        assertProblem("edits_1m + edits_1h", "'x' + 'y'", "14:11", "reads no feature");
    }

    @Test
    void faultsInBlocksAreShownAtTheirPlace() throws Exception {
        String right = "\"!event.isMinor\"";
        for (String header : List.of("|", "|-", ">", ">-", "| # why", "|+2")) {
            String where = header.equals("|+2") ? "9:4" : "9:6";
            String indentation = header.equals("|+2") ? "  " : "    ";
            assertProblem(right, header + "\n" + indentation + "!event.isMinr", where, "Cannot read 'event.isMinr'");
        }
        assertProblem(right, "|\n\n    !event.isMinr", "10:6", "Cannot read 'event.isMinr'");
        assertProblem(
                right,
                "|\n    event.delta > 0\n      && event.delta < 9\n    && !event.isMinr",
                "11:9",
                "Cannot read 'event.isMinr'");
    }

    @Test
    void faultsAfterAnEscapeAreShownAtTheStartOfTheirText() throws Exception {
        assertProblem(
                "\"!event.isMinor\"",
                "\"event.page != '\\u0041' && event.isMinr\"",
                "8:9",
                "Cannot read 'event.isMinr'");
        assertProblem(
                "\"!event.isMinor\"", "'event.page != ''A'' && event.isMinr'", "8:9", "Cannot read 'event.isMinr'");
        assertProblem("\"!event.isMinor\"", "event.delta > 0\n  && event.isMinr", "8:8", "Cannot read 'event.isMinr'");
    }

    @Test
    void wrongTypesAreShown() throws Exception {
        assertProblem(
                "{sum: added",
                "{sum: page",
                "12:16",
                "Cannot take the sum of 'page' of type string: expected a number");
        assertProblem(
                "{sum: added",
                "{sum: \"*\"",
                "12:17",
                "only count, decayed_count, rate, time_since_first, time_since_last take whole events");
        assertProblem(
                "event_time: time",
                "event_time: delta",
                "6:15",
                "Cannot take the event time from 'delta' of type long");
        assertProblem("version: 1", "version: zero", "2:10", "Cannot read version 'zero'");
        assertProblem("entity: [user]", "entity: {user: 1}", "7:9", "expected a single value");
        assertProblem("view: activity", "view: Activity", "1:7", "Cannot name a view 'Activity'");
    }

    @Test
    void windowsAreChecked() throws Exception {
        assertProblem(
                "[1m, 1h]",
                "[1m, 1h/7m]",
                "9:15",
                "Cannot cut a window of 1h by a hop of 7m: the window must be a whole number of hops; the default hop would be 1m");
        assertProblem("[1m, 1h]", "[1m, 1h, 1h/exact]", "9:19", "Duplicate window '1h'");
        assertProblem("[1m, 1h]", "[1m, 1h, 60m]", "9:19", "Duplicate window '60m', the same as '1h'");
        assertProblem("[1m, 1h]", "[1m, 1h, 1hour]", "9:19", "Cannot read window '1hour'");
        assertProblem("[1m, 1h]", "[1m, 1h, 1s/1m]", "9:19", "Cannot cut a window of 1s by a hop of 1m");
        assertProblem("[1m, 1h]", "[1m, 1h, 30d]", "15:15", "Cannot keep online rows for 2d");
        assertProblem(
                "{ttl: 2d}",
                "{ttl: 2 days}",
                "15:15",
                "Cannot read duration '2 days': expected a whole number and a unit");
    }

    @Test
    void missingAndDoubledPartsAreShown() throws Exception {
        assertProblem("entity: [user]\n", "", "1:1", "Missing key 'entity' in the view");
        assertProblem("  topic: wikipedia.edits\n", "", "4:3", "Missing key 'topic' in 'source'");
        assertProblem("  added: {sum", "  edits: {sum", "12:3", "Duplicate key 'edits'");
        assertProblem("  share:", "  edits_1m:", "14:3", "Duplicate column 'edits_1m'");
        assertProblem("{sum: added, ", "{sum: added, max: added, ", "12:3", "Feature 'added' has 2 functions");
        assertProblem("{sum: added, where: \"event.delta > 0\"}", "{}", "12:3", "Feature 'added' has 0 functions");
    }

    @Test
    void whatIsNotYamlIsShownAtItsPlace() throws Exception {
        assertProblem("{count: \"*\"}", "{count: \"*\"", "12:3", "Cannot read as YAML");
        assertThat(problems("")).hasSize(1);
        assertThat(problems("- a\n- b\n").get(0).message()).contains("expected a mapping");
    }

    @Test
    void allProblemsOfAFileAreShownAtOnceInOrder() throws Exception {
        String wrong = RIGHT.replace("!event.isMinor", "event.nothing")
                .replace("version: 1", "version: -1")
                .replace("{sum: added", "{sum: page")
                .replace("[user]", "[usr]")
                .replace("1h]", "1h/7m]");
        List<Problem> found = problems(wrong);
        assertThat(found).extracting(Problem::line).containsExactly(2, 7, 8, 9, 12);
        assertThat(found.get(1).render())
                .isEqualTo(
                        "views/activity.yaml:7:10: Unknown field 'usr' of schema 'WikipediaEdit', did you mean 'user'?\n"
                                + "    entity: [usr]\n"
                                + "             ^");
    }

    @Test
    void aViewHasRoomForSixtyFourFilters() throws Exception {
        String many = IntStream.range(0, 65)
                .mapToObj(i -> "  f" + i + ": {count: \"*\", where: \"event.delta > " + i + "\"}\n")
                .collect(Collectors.joining());
        List<Problem> found = problems(RIGHT.replace("  edits: {count: \"*\"}\n", "  edits: {count: \"*\"}\n" + many));
        assertThat(found).hasSize(1);
        assertThat(found.get(0).message()).contains("64");
    }

    @Test
    void viewsOverOneTopicMustAgreeOnItsSource() throws Exception {
        Schemas schemas = DemoViewsTest.schemas();
        ViewText one = ViewText.of("one.yaml", RIGHT, schemas);
        ViewText other = ViewText.of(
                "other.yaml",
                RIGHT.replace("view: activity", "view: other")
                        .replace("event_time: time", "event_time: time\n  out_of_orderness: 9s"),
                schemas);
        assertThat(catchThrowableOfType(DefinitionException.class, () -> ViewText.checkTogether(List.of(one, other))))
                .hasMessageContaining(
                        "other.yaml:3:1: Views 'activity' and 'other' read topic 'wikipedia.edits' but differ in 'source'");
        assertThat(catchThrowableOfType(DefinitionException.class, () -> ViewText.checkTogether(List.of(one, one))))
                .hasMessageContaining("one.yaml:1:1: Duplicate view 'activity'");
    }

    @Test
    void viewsOverOneTopicMustAgreeOnTheSchemaItselfAndNotJustItsName() throws Exception {
        Schemas schemas = DemoViewsTest.schemas();
        ViewText one = ViewText.of("one.yaml", RIGHT, schemas);
        ViewText other = ViewText.of("other.yaml", RIGHT.replace("view: activity", "view: other"), schemas);
        String json = one.schemas().values().iterator().next();
        String longer = json.replace("\"fields\":[", "\"fields\":[{\"name\":\"more\",\"type\":\"long\"},");
        assertThat(longer).isNotEqualTo(json);
        ViewText otherSchema = new ViewText(other.file(), other.yaml(), Map.of("WikipediaEdit", longer));
        ViewText.checkTogether(List.of(one, other));
        DefinitionException thrown = catchThrowableOfType(
                DefinitionException.class, () -> ViewText.checkTogether(List.of(one, otherSchema)));
        assertThat(thrown).hasMessageContaining("other.yaml:3:1: Views 'activity' and 'other' read topic");
    }

    @Test
    void whatIsWrongIsStillThereOnAnotherMachine() throws Exception {
        DefinitionException thrown = catchThrowableOfType(
                DefinitionException.class, () -> ViewText.of("f", "view: x", DemoViewsTest.schemas()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(thrown);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            DefinitionException arrived = (DefinitionException) in.readObject();
            assertThat(arrived.problems()).isNotEmpty().isEqualTo(thrown.problems());
        }
    }
}
