/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.freshet.client.FeatureReader;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The document tells what the server does. */
class OpenApiTest {

    private static final Pattern IN_PATH = Pattern.compile("\\{([a-z]+)}");

    private static Shop shop;
    private static FeatureReader reader;
    private static List<Route> routes;
    private static FeatureServer server;
    private static JsonNode document;

    @BeforeAll
    static void start() throws Exception {
        shop = Shop.open();
        shop.fill();
        reader = shop.reader();
        routes = FeatureRoutes.of(shop.views(), reader, new ServerMetrics(), 10, 10);
        server = FeatureServer.start(ServerOptions.loopback(0), routes);
        document = Http.json(new Http(server).get("/openapi.json"));
    }

    @AfterAll
    static void stop() {
        server.close();
        reader.close();
        shop.close();
    }

    @Test
    void namesTheRoutesThatThereAreAndNoOthers() {
        List<String> told = new ArrayList<>();
        document.path("paths")
                .fields()
                .forEachRemaining(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> told.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(routes.stream()
                        .map(route -> route.method() + " " + route.path())
                        .toList());
    }

    @Test
    void everyOperationTellsItsPathParametersAnswersAndWhetherItNeedsTheToken() {
        for (Route route : routes) {
            JsonNode operation = document.path("paths")
                    .path(route.path())
                    .path(route.method().toLowerCase(java.util.Locale.ROOT));
            List<String> parameters = new ArrayList<>();
            operation.path("parameters").forEach(each -> {
                if (each.path("in").asText().equals("path")) {
                    parameters.add(each.path("name").asText());
                }
            });
            Matcher inPath = IN_PATH.matcher(route.path());
            assertThat(parameters)
                    .containsExactlyElementsOf(
                            inPath.results().map(each -> each.group(1)).toList());
            assertThat(operation.path("responses").has("200")).isTrue();
            assertThat(operation.path("operationId").asText()).isNotBlank();
            boolean open = !operation.path("security").isMissingNode();
            assertThat(open).as(route.path()).isEqualTo(route.access() == Access.OPEN);
        }
        assertThat(document.path("openapi").asText()).isEqualTo("3.0.3");
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        document.findValuesAsText("$ref")
                .forEach(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void whatIsAnsweredFitsItsSchema() throws Exception {
        Http http = new Http(server);
        fits("OnlineFeatures", http.post("/get-online-features", """
                {"features": ["cards", "shops"], "full_feature_names": true, "entities":
                 {"card": ["ann", "b"], "country": ["DE", "x"], "shop": [7, 1], "amount": [1, null], "limit": [1, 2]}}
                """));
        fits("EntityFeatures", http.get("/features/cards/ann"));
        fits("EntityFeatures", http.get("/features/shops?country=DE&shop=7"));
        fits("Health", http.get("/health"));
        fits("Error", http.get("/features/cards/nobody"));
        fits("Error", http.post("/get-online-features", "{}"));
        assertThat(errors("Error", new ObjectMapper().readTree("{}"))).isNotEmpty();
    }

    private static void fits(String schema, HttpResponse<String> response) throws Exception {
        assertThat(errors(schema, Http.json(response))).as(response.body()).isEmpty();
    }

    /** OpenAPI 3.0 has the words of JSON Schema here but for {@code nullable}, which is put into those. */
    private static List<String> errors(String name, JsonNode instance) throws Exception {
        String plain = document.toString()
                .replace("#/components/schemas/", "#/$defs/")
                .replace(
                        "\"type\":\"integer\",\"format\":\"int64\",\"nullable\":true",
                        "\"type\":[\"integer\",\"null\"]");
        ObjectNode schema = new ObjectMapper().createObjectNode();
        schema.put("$ref", "#/$defs/" + name);
        schema.set("$defs", new ObjectMapper().readTree(plain).at("/components/schemas"));
        Schema compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString());
        return compiled.validate(instance.toString(), com.networknt.schema.InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }
}
