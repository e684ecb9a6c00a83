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
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The schema for editors says what the parser says. */
class ViewJsonSchemaTest {

    private static String text() throws IOException {
        try (InputStream in =
                ViewJsonSchemaTest.class.getResourceAsStream("/io/freshet/schemas/feature-view.schema.json")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
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
    void itKnowsTheFunctionsOfTheEngineAndNoOthers() throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode schema = (ObjectNode) json.readTree(text());
        ((ObjectNode) schema.get("$defs")).set("feature", FeatureSchema.feature());
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
                .withObjectIndenter(lines)
                .withArrayIndenter(lines)
                .withSeparators(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        GeneratedFiles.assertIs(
                Path.of("../../schemas/src/main/resources/io/freshet/schemas/feature-view.schema.json"),
                json.writer(printer).writeValueAsString(schema) + "\n");
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
}
