/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.freshet.function.Functions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
                """;
        assertThat(faults(right)).isEmpty();
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
        JsonNode feature = new ObjectMapper().readTree(text()).at("/$defs/feature");
        List<String> functions = List.copyOf(Functions.all().labels());
        List<String> properties = new ArrayList<>();
        feature.get("properties").fieldNames().forEachRemaining(properties::add);
        properties.removeAll(List.of("where", "windows"));
        List<String> alternatives = new ArrayList<>();
        feature.get("oneOf")
                .forEach(each -> alternatives.add(each.get("required").get(0).asText()));
        assertThat(properties).containsExactlyInAnyOrderElementsOf(functions);
        assertThat(alternatives).containsExactlyInAnyOrderElementsOf(functions);
    }
}
