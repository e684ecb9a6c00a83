/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.definition.Schemas;
import io.freshet.definition.ViewText;
import io.freshet.expression.ValueType;
import io.freshet.function.Description.Group;
import io.freshet.function.FeatureFunction;
import io.freshet.function.Functions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReferencePagesTest {

    private static final Path DOCS = Path.of("docs/functions");

    @ParameterizedTest
    @EnumSource(value = Group.class, mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
    void thePageOfAGroupIsMadeOfItsFunctions(Group group) throws Exception {
        GeneratedFiles.check(
                DOCS.resolve(ReferencePages.name(group) + ".md"), ReferencePages.page(group, GeneratedFiles.builtIn()));
    }

    @Test
    void everyFunctionIsOnOnePageWithItsParametersAndAnExample() {
        List<String> pages = Arrays.stream(Group.values())
                .map(group -> ReferencePages.page(group, Functions.all().functions()))
                .toList();
        for (FeatureFunction function : Functions.all().functions()) {
            String heading = "\n## " + function.label() + "\n";
            assertThat(pages)
                    .as(heading)
                    .filteredOn(page -> page.contains(heading))
                    .hasSize(1);
            String section = ReferencePages.section(function);
            function.parameters().forEach(each -> assertThat(section).contains("| `" + each.name() + "` | "));
            assertThat(section).contains("```yaml\n").contains("{" + function.label() + ": ");
        }
    }

    @Test
    void everyExampleIsAViewThatValidates() throws Exception {
        Schemas schemas = new Schemas(Map.of("Order", avro()));
        for (FeatureFunction function : Functions.all().functions()) {
            String yaml = """
                    view: v
                    source: {topic: t, schema: Order, event_time: time}
                    entity: [user]
                    features:
                      %s
                    """.formatted(Example.of(function).orElseThrow().yaml());
            assertThat(ViewText.of("v.yaml", yaml, schemas).plan().columns()).hasSize(1);
        }
    }

    private static String avro() {
        String fields = Example.FIELDS.entrySet().stream()
                .map(field -> "{\"name\": \"" + field.getKey() + "\", \"type\": " + avro(field.getValue()) + "}")
                .collect(Collectors.joining(", "));
        return "{\"type\": \"record\", \"name\": \"Order\", \"fields\": [{\"name\": \"user\", \"type\": \"string\"}, "
                + fields + "]}";
    }

    private static String avro(ValueType type) {
        return switch (type.kind()) {
            case TIMESTAMP -> "{\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}";
            case LIST -> "{\"type\": \"array\", \"items\": " + avro(type.element()) + "}";
            case MAP -> "{\"type\": \"map\", \"values\": " + avro(type.element()) + "}";
            default -> "\"" + type + "\"";
        };
    }
}
