/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.freshet.function.FeatureFunction;
import io.freshet.function.Functions;
import io.freshet.function.reference.Example;
import io.freshet.function.reference.GeneratedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The schema for editors says what the parser says. */
class ViewJsonSchemaTest {

    private static final Path FILE =
            Path.of("../../schemas/src/main/resources/io/freshet/schemas/feature-view.schema.json");

    /** First of all, so that the other tests see what was written. */
    @BeforeAll
    static void itKnowsTheFunctionsOfTheEngineAndNoOthers() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode schema = (ObjectNode) mapper.readTree(text());
        ((ObjectNode) schema.get("$defs"))
                .set("feature", mapper.valueToTree(FeatureJsonSchema.of(GeneratedFiles.builtIn())));
        GeneratedFiles.check(FILE, mapper.writer(pretty()).writeValueAsString(schema) + "\n");
    }

    private static String text() throws IOException {
        return Files.readString(FILE);
    }

    private static List<String> faults(String yaml) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text());
        return schema.validate(yaml, InputFormat.YAML).stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void theDemosViewsFollowIt() throws IOException {
        try (Stream<Path> files = Files.list(DemoViewsTest.VIEWS)) {
            List<Path> views = files.toList();
            assertThat(views).hasSize(3);
            for (Path view : views) {
                assertThat(faults(Files.readString(view))).as(view.toString()).isEmpty();
            }
        }
    }

    @Test
    void itRefusesWhatTheParserRefuses() throws IOException {
        String right = Files.readString(DemoViewsTest.VIEWS.resolve("user_activity.yaml"));
        assertThat(faults(right.replace("windows:", "window:"))).isNotEmpty();
        assertThat(faults(right.replace("{count: \"*\",", "{cuont: \"*\","))).isNotEmpty();
        assertThat(faults(right.replace("ttl: 2d", "ttl: 2 days"))).isNotEmpty();
        assertThat(faults(right.replace("version: 1", "version: 0"))).isNotEmpty();
        assertThat(faults(right.replace("[5m, 1h, 1d]", "[5m, 1hour]"))).isNotEmpty();
    }

    @Test
    void itRefusesTopicsAndDurationsThatTheParserRefuses() throws IOException {
        String right = Files.readString(DemoViewsTest.VIEWS.resolve("user_activity.yaml"));
        for (String topic : List.of("''", "a b/c", ".", "..", "x".repeat(250))) {
            assertThat(faults(right.replace("topic: wikipedia.edits", "topic: " + topic)))
                    .as(topic)
                    .isNotEmpty();
        }
        assertThat(faults(right.replace("ttl: 2d", "ttl: 0d"))).isNotEmpty();
        assertThat(faults(right.replace("[5m, 1h, 1d]", "[5m, 0h]"))).isNotEmpty();
        assertThat(faults(right.replace("[5m, 1h, 1d]", "[5m, 1h/00ms]"))).isNotEmpty();
        assertThat(faults(right.replace("[5m, 1h, 1d]", "[5m, 10h/10m]"))).isEmpty();
        assertThat(faults(right + "freshness: 0s\n")).isNotEmpty();
    }

    private static PrettyPrinter pretty() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter(Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                        .withArrayEmptySeparator("")
                        .withObjectEmptySeparator(""))
                .withObjectIndenter(lines)
                .withArrayIndenter(lines);
    }

    @Test
    void itKnowsEveryExampleAndWhatAllFunctionsTake() throws IOException {
        for (FeatureFunction function : Functions.all().functions()) {
            String line = Example.of(function).orElseThrow().yaml();
            assertThat(faults(view(line))).as(line).isEmpty();
            assertThat(faults(view(line.replace("}", ", where: 'true', last_events: 3}"))))
                    .as(line)
                    .isEmpty();
            assertThat(faults(view(line.replace("}", ", per: country, max_categories: '5'}"))))
                    .as(line)
                    .isEmpty();
            assertThat(faults(view(line.replace("}", ", max_categories: 5}")))).isNotEmpty();
            assertThat(faults(view(line.replace("}", ", last_events: 0}")))).isNotEmpty();
            assertThat(faults(view(line.replace("}", ", other: 3}")))).isNotEmpty();
            function.parameters().stream()
                    .filter(parameter -> parameter.otherwise().isEmpty())
                    .forEach(parameter -> assertThat(line).contains(", " + parameter.name() + ": "));
        }
        assertThat(faults(view("a: {sum: '*', windows: 1h}"))).isNotEmpty();
        assertThat(faults(view("a: {sum: amount, count: '*', windows: 1h}"))).isNotEmpty();
    }

    @Test
    void itTakesTheWindowsThatTheParserTakes() throws IOException {
        List<String> right = List.of(
                "1h",
                " 1h ",
                "lifetime",
                "1d/5m",
                "1h/exact",
                "7d offset 7d",
                "1d/1h  offset 2d",
                "24 x 1h",
                "24x1h",
                "2 x1h",
                "1000 x 1m",
                "007 x 1d",
                "7 x 1d offset 7d",
                "30m/exact offset 1h");
        List<String> wrong = List.of(
                "1",
                "0h",
                "1h/",
                "offset 7d",
                "7d offset",
                "7d offset 0d",
                "7doffset 7d",
                "1 x 1h",
                "0x1h",
                "1001 x 1h",
                "x 1h",
                "24 1h",
                "lifetime offset 1d",
                "2 x lifetime",
                "24 x 1h x",
                "1h/2 x");
        right.forEach(window -> assertThat(parses(window)).as(window).isTrue());
        wrong.forEach(window -> assertThat(parses(window)).as(window).isFalse());
        for (String window : right) {
            assertThat(faults(view("a: {count: '*', windows: ['" + window + "']}")))
                    .as(window)
                    .isEmpty();
        }
        for (String window : wrong) {
            assertThat(faults(view("a: {count: '*', windows: ['" + window + "']}")))
                    .as(window)
                    .isNotEmpty();
        }
    }

    private static boolean parses(String window) {
        Problems problems = new Problems("view.yaml", window);
        return WindowParser.parse(new FeatureView.Text(window, 1, 1), problems).isPresent() && problems.isEmpty();
    }

    private static String view(String feature) {
        return """
                view: v
                source: {topic: t, schema: S, event_time: time}
                entity: [user]
                features:
                  %s
                """.formatted(feature);
    }
}
