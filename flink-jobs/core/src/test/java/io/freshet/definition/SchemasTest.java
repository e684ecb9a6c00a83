/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of several versions of a schema a name means, and which of them events may be written with. */
class SchemasTest {

    private static final String VIEW = """
            view: orders
            source: {topic: orders, schema: %s, event_time: time%s}
            entity: [customer]
            windows: [1m]
            features:
              orders: {count: "*"}
            """;

    private static String order(String more) {
        return """
                {"type": "record", "name": "Order", "namespace": "shop", "aliases": ["shop.Purchase"], "fields": [%s
                  {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                  {"name": "customer", "type": "string"}]}""".formatted(more);
    }

    private static final String FIRST = order("");
    private static final String SECOND = order("{\"name\": \"amount\", \"type\": \"long\", \"default\": 0},");
    private static final String PURCHASE =
            FIRST.replace("\"Order\"", "\"Purchase\"").replace("\"aliases\": [\"shop.Purchase\"], ", "");
    private static final String REFUND = PURCHASE.replace("Purchase", "Refund");

    private static ViewPlan.SourcePlan plan(Schemas schemas, String name, String more) throws DefinitionException {
        ViewText text = ViewText.of("orders.yaml", VIEW.formatted(name, more), schemas);
        ViewPlan.SourcePlan here = text.plan().sources().get(0);
        ViewPlan.SourcePlan planned =
                ViewPlanner.plan("orders.yaml", text.yaml(), schemas).sources().get(0);
        assertThat(here.writers()).as("where it is shipped to").isEqualTo(planned.writers());
        assertThat(here.schema()).isEqualTo(planned.schema());
        return here;
    }

    @Test
    void aNameMeansTheFileThatIsCalledLikeIt() throws Exception {
        Schemas schemas = Schemas.ofFiles(new TreeMap<>(Map.of("An-old-Order.avsc", FIRST, "Order.avsc", SECOND)));

        ViewPlan.SourcePlan plan = plan(schemas, "Order", "");

        assertThat(plan.schema().getField("amount")).isNotNull();
        assertThat(plan.writers()).hasSize(1);
        assertThat(plan.writers().get(0).getField("amount")).isNull();
        assertThat(plan(schemas, "An-old-Order.avsc", "").writers().get(0).getField("amount"))
                .isNotNull();
    }

    @Test
    void aNameThatSeveralFilesShareMeansNoneOfThem() throws Exception {
        Schemas schemas = Schemas.ofFiles(new TreeMap<>(Map.of("v1.avsc", FIRST, "v2.avsc", SECOND)));

        assertThat(plan(schemas, "v2.avsc", "").writers()).hasSize(1);
        assertThatThrownBy(() -> plan(schemas, "shop.Order", ""))
                .hasMessageContaining(
                        "orders.yaml:2:33: Cannot tell which of 2 versions schema 'shop.Order' is: name the"
                                + " file, or call one shop.Order.avsc (known: v1.avsc, v2.avsc)");
    }

    @Test
    void onlyVersionsOfTheRecordAndOfItsAliasesMayHaveWrittenItsEvents() throws Exception {
        Schemas schemas = Schemas.ofFiles(new TreeMap<>(
                Map.of("Order.avsc", SECOND, "same.avsc", SECOND, "Purchase.avsc", PURCHASE, "Refund.avsc", REFUND)));

        assertThat(plan(schemas, "Order", "").writers())
                .singleElement()
                .extracting(org.apache.avro.Schema::getName)
                .isEqualTo("Purchase");
        assertThat(plan(schemas, "Order", ", format: confluent").writers()).isEmpty();
        assertThat(plan(schemas, "Order", ", format: json").writers()).isEmpty();
    }

    @Test
    void bareAvroIsWrittenWithTheOneSchemaThatTheViewNames() throws Exception {
        Schemas schemas = Schemas.ofFiles(new TreeMap<>(Map.of("Order.avsc", SECOND, "v1.avsc", FIRST)));

        assertThat(plan(schemas, "Order", ", format: avro").writers())
                .containsExactly(new org.apache.avro.Schema.Parser().parse(SECOND));
        assertThat(plan(schemas, "Order", ", format: avro, writer_schema: v1.avsc")
                        .writers())
                .containsExactly(new org.apache.avro.Schema.Parser().parse(FIRST));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                ", format: xml; Cannot use 'xml' for 'format': expected single_object or confluent or avro or json",
                ", format: json, writer_schema: Order; Cannot use 'writer_schema' with format json: expected format: avro",
                ", writer_schema: Order; Cannot use 'writer_schema' with format single_object: expected format: avro",
                ", format: avro, writer_schema: Ordre; Unknown schema 'Ordre', did you mean 'Order'?",
                ", format: avro, writer_schema: Refund; Cannot read events of schema 'Refund' as 'Order': the event of"
                        + " 'shop.Order' was written as record 'shop.Refund'",
            })
    void aFormatThatCannotBeIsAProblemOfTheView(String more, String problem) {
        Schemas schemas = Schemas.ofFiles(new TreeMap<>(Map.of("Order.avsc", SECOND, "Refund.avsc", REFUND)));

        assertThatThrownBy(() -> plan(schemas, "Order", more)).hasMessageContaining(problem);
    }

    @Test
    void viewsOverOneTopicMustAgreeOnItsFormat() throws Exception {
        Schemas schemas = new Schemas(Map.of("Order", FIRST));
        ViewText one = ViewText.of("one.yaml", VIEW.formatted("Order", ""), schemas);
        ViewText other = ViewText.of(
                "other.yaml", VIEW.formatted("Order", ", format: json").replace("view: orders", "view: o"), schemas);

        assertThatThrownBy(() -> ViewText.checkTogether(java.util.List.of(one, other)))
                .hasMessageContaining("read topic 'orders' but differ in 'source'");
    }
}
