/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.freshet.function.FunctionPages;
import io.freshet.function.Functions;
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

    /** First of all, so that the tests see what was made anew. */
    @BeforeAll
    static void itKnowsTheFunctionsOfTheEngineAndNoOthers() throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode schema = (ObjectNode) json.readTree(text());
        ((ObjectNode) schema.get("$defs"))
                .set(
                        "feature",
                        json.valueToTree(FeatureJsonSchema.of(Functions.all().functions())));
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
                .withObjectIndenter(lines)
                .withArrayIndenter(lines)
                .withSeparators(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        GeneratedFiles.assertIs(FILE, json.writer(printer).writeValueAsString(schema) + "\n");
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
        assertThat(faults(right.replace("ttl: 2d", "ttl: 2d, layout: hsah"))).isNotEmpty();
        assertThat(faults(right + "request: {amount: double}\n")).isNotEmpty();
        String onDemand = "on_demand: {dear: \"request.amount > 9.0\"}\n";
        assertThat(faults(right + "request: {amount: number}\n" + onDemand)).isNotEmpty();
        assertThat(faults(right + "request: {amount: double, near: list<double>}\n" + onDemand))
                .isEmpty();
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

    @Test
    void itKnowsFilesInPlaceOfATopic() throws IOException {
        String right = """
                view: user_profile
                source: {files: "users/date=*/*.parquet", schema: UserSnapshot, event_time: taken_at, available: 2h}
                entity: [user]
                features: {plan: {last: plan, windows: [lifetime]}}
                """;
        assertThat(faults(right)).isEmpty();
        assertThat(faults(right.replace("available: 2h", "available: loaded"))).isEmpty();
        assertThat(faults(right.replace("available: 2h", "available: loaded_at")))
                .isEmpty();
        assertThat(faults(right.replace(", available: 2h", ""))).isEmpty();
        assertThat(faults(right.replace("available: 2h", "available: 0h"))).isNotEmpty();
        assertThat(faults(right.replace("available: 2h", "available: 2 hours"))).isNotEmpty();
        assertThat(faults(right.replace("available: 2h", "topic: users"))).isNotEmpty();
        assertThat(faults(right.replace("available: 2h", "out_of_orderness: 5s")))
                .isNotEmpty();
    }

    @Test
    void itKnowsSeveralTopicsAndCoalescing() throws IOException {
        String right = """
                view: shopping
                source:
                  - {topic: shop.purchases, schema: Purchase, event_time: time}
                  - {topic: shop.refunds, schema: Refund, event_time: at, out_of_orderness: 10s}
                entity: [customer]
                windows: [1m]
                features:
                  movements: {count: "*"}
                  purchases: {count: "*", from: shop.purchases}
                  both: {max: amount, from: [shop.refunds, shop.purchases]}
                """;
        assertThat(faults(right)).isEmpty();
        for (String from : List.of("[]", "''", "[shop.refunds, shop.refunds]", "{topic: shop.refunds}")) {
            assertThat(faults(right.replace("from: shop.purchases", "from: " + from)))
                    .as(from)
                    .isNotEmpty();
        }
        assertThat(faults(right.replace("schema: Refund, ", ""))).isNotEmpty();
        assertThat(faults(right.replace("event_time: at", "event_tim: at"))).isNotEmpty();
        assertThat(faults("view: v\nsource: []\nentity: k\nfeatures: {n: {count: x}}\n"))
                .isNotEmpty();
        for (String time : List.of("1ms", "50ms", "0050ms", "10000ms", "1s", "10s")) {
            assertThat(faults(right + "coalesce: " + time + "\n")).as(time).isEmpty();
        }
        for (String time : List.of("0ms", "10001ms", "11s", "1m", "soon")) {
            assertThat(faults(right + "coalesce: " + time + "\n")).as(time).isNotEmpty();
        }
        assertThat(faults(right + "coalesce: 50ms\nemit: on_watermark\n")).isNotEmpty();
    }

    @Test
    void itKnowsTheParametersOfEachFunction() throws IOException {
        String right = Files.readString(DemoViewsTest.VIEWS.resolve("user_activity.yaml"));
        String count = "{count: \"*\", windows: [1m, 5m, 1h, 1d]}";
        assertThat(right).contains(count);
        for (String feature : List.of(
                "{top_k: page, k: 3, max_distinct: 50}",
                "{correlation: added, with: deleted, windows: 7d offset 7d}",
                "{decayed_sum: added, half_life: 30m, last_events: 5}",
                "{approx_percentile: delta, at: 0.99, windows: [24 x 1h, 24x1h/5m]}",
                "{sum: added, per: channel, max_categories: 5, where: \"true\"}")) {
            assertThat(faults(right.replace(count, feature))).as(feature).isEmpty();
        }
        for (String feature : List.of(
                "{top_k: page}",
                "{top_k: page, k: 0}",
                "{sum: added, k: 3}",
                "{sum: added, mean: added}",
                "{decayed_sum: added, half_life: soon}",
                "{correlation: added}",
                "{count: \"*\", windows: 7d offset}")) {
            assertThat(faults(right.replace(count, feature))).as(feature).isNotEmpty();
        }
    }

    @Test
    void itTakesEveryExampleWithTheKeysThatAllFunctionsShareAndNoOther() throws IOException {
        for (FeatureFunction function : Functions.all().functions()) {
            String line = FunctionPages.example(function);
            assertThat(faults(view(line))).as(line).isEmpty();
            assertThat(faults(viewWith(line, "where: 'true', windows: 1h, last_events: 3")))
                    .as(line)
                    .isEmpty();
            assertThat(faults(viewWith(line, "per: country, max_categories: '5'")))
                    .as(line)
                    .isEmpty();
            for (String wrong : List.of("max_categories: 5", "last_events: 0", "per: '*'", "other: 3")) {
                assertThat(faults(viewWith(line, wrong)))
                        .as(line + " and " + wrong)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void itTakesWholeEventsWhereTheFunctionDoes() throws IOException {
        for (FeatureFunction function : Functions.all().functions()) {
            if (function.parameters().isEmpty()) {
                assertThat(faults(view("{" + function.label() + ": '*'}")).isEmpty())
                        .as(function.label())
                        .isEqualTo(function.mainInput() == FeatureFunction.MainInput.VALUES_OR_EVENTS);
            }
        }
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
                "0 x 1h",
                "1 x 1h",
                "1001 x 1h",
                "x 1h",
                "24 1h",
                "lifetime offset 1d",
                "2 x lifetime",
                "24 x 1h x",
                "1h/2 x");
        for (String window : right) {
            assertThat(parses(window)).as(window).isTrue();
            assertThat(faults(view("{count: '*', windows: ['" + window + "']}")))
                    .as(window)
                    .isEmpty();
        }
        for (String window : wrong) {
            assertThat(parses(window)).as(window).isFalse();
            assertThat(faults(view("{count: '*', windows: ['" + window + "']}")))
                    .as(window)
                    .isNotEmpty();
        }
    }

    private static boolean parses(String window) {
        Problems problems = new Problems("view.yaml", window);
        return WindowParser.parse(new FeatureView.Text(window, 1, 1), problems).isPresent() && problems.isEmpty();
    }

    private static String viewWith(String feature, String keys) {
        return view(feature.substring(0, feature.length() - 1) + ", " + keys + "}");
    }

    private static String view(String feature) {
        return """
                view: v
                source: {topic: t, schema: S, event_time: time}
                entity: [user]
                features:
                  a: %s
                """.formatted(feature);
    }
}
