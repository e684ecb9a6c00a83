/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewText;
import io.freshet.registry.ScriptedServer;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistryPreflightTest {

    private static final String SCHEMA = """
            {"type": "record", "name": "Order", "fields": [
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "customer", "type": "%s"}]}""";

    private static List<ViewText> view(String format) throws Exception {
        String yaml = """
                view: orders
                source: {topic: orders, schema: Order, event_time: time, format: %s}
                entity: [customer]
                windows: [1m]
                features:
                  orders: {count: "*"}
                """.formatted(format);
        return List.of(ViewText.of("orders.yaml", yaml, new Schemas(Map.of("Order", SCHEMA.formatted("string")))));
    }

    private static FreshetConfig config(Map<String, String> settings) throws Exception {
        return FreshetConfig.of("freshet.yaml", "", Map.of(), settings);
    }

    @Test
    void aRegistryIsNeededOnlyWhereEventsNameTheirSchemasById() throws Exception {
        RegistryPreflight.run(config(Map.of()), view("json"));

        assertThatThrownBy(() -> RegistryPreflight.run(config(Map.of()), view("confluent")))
                .isInstanceOf(PreflightException.class)
                .hasMessage("Cannot read topic 'orders': its events name their schemas by id (format: confluent);"
                        + " set registry.url to the registry");
    }

    @Test
    void aJobDoesNotStartWhileTheRegistryIsAway() throws Exception {
        String url;
        try (ServerSocket socket = new ServerSocket(0)) {
            url = "http://localhost:" + socket.getLocalPort();
        }
        FreshetConfig config = config(Map.of("registry.url", url, "registry.retry_for", "100ms"));

        assertThatThrownBy(() -> RegistryPreflight.run(config, view("confluent")))
                .isInstanceOf(PreflightException.class)
                .hasMessageStartingWith(
                        "Cannot get the latest schema of subject 'orders-value' from the schema registry at " + url
                                + ": tried for 100 ms, last: ");
    }

    @Test
    void aSubjectThatIsMissingOrCannotBeReadStopsNothing() throws Exception {
        try (ScriptedServer server = new ScriptedServer()) {
            String path = "/subjects/orders-value/versions/latest";
            server.reply(path, 404, "{\"error_code\":40401,\"message\":\"Subject not found\"}");
            server.reply(
                    path,
                    200,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("schema", SCHEMA.formatted("long"))
                            .toString());
            FreshetConfig config = config(Map.of("registry.url", server.url()));
            for (int i = 0; i < 2; i++) {
                assertThatCode(() -> RegistryPreflight.run(config, view("confluent")))
                        .doesNotThrowAnyException();
            }
            assertThat(server.requests()).hasSize(2);
        }
    }
}
