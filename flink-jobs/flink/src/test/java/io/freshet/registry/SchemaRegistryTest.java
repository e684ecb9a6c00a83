/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.config.Secret;
import io.freshet.event.BadEventException;
import io.freshet.event.DeadLetterReason;
import io.freshet.metrics.RegistryMetrics;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaRegistryTest {

    private static final Schema ORDER = new Schema.Parser().parse("""
            {"type": "record", "name": "Order", "fields": [{"name": "amount", "type": "long"}]}""");
    private static final String NO_SCHEMA = "{\"error_code\":40403,\"message\":\"Schema 7 not found\"}";
    private static final Duration LONG = Duration.ofSeconds(60);

    private ScriptedServer server;
    private final Calls calls = new Calls();

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String schema(String schema) {
        return schema(schema, null);
    }

    private static String schema(String schema, @Nullable String type) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("schema", schema);
        return (type == null ? answer : answer.put("schemaType", type)).toString();
    }

    private SchemaRegistry registry(Duration retryFor, String... urls) {
        return new SchemaRegistry(
                new RegistryOptions(
                        List.of(urls), "reader", new Secret("hunter2"), null, Duration.ofMillis(500), retryFor),
                calls);
    }

    private SchemaRegistry registry() {
        return registry(LONG, server.url());
    }

    private static BadEventException refused(SchemaRegistry registry, int id) {
        BadEventException refused = catchThrowableOfType(BadEventException.class, () -> registry.byId(id));
        assertThat(refused).isNotNull();
        return refused;
    }

    @Test
    void aSchemaIsAskedForByItsId() throws Exception {
        server.reply("/schemas/ids/7", 200, schema(ORDER.toString()));

        assertThat(registry().byId(7)).isEqualTo(ORDER);
        assertThat(server.requests()).containsExactly("GET /schemas/ids/7");
        assertThat(server.authorizations()).containsExactly("Basic cmVhZGVyOmh1bnRlcjI=");
        assertThat(calls.all).containsExactly("answered");
    }

    @Test
    void anIdThatTheRegistryDoesNotHaveIsAnUnknownSchemaAndRememberedForAWhile() {
        server.reply("/schemas/ids/7", 404, NO_SCHEMA);
        SchemaRegistry registry = registry();

        for (int i = 0; i < 3; i++) {
            BadEventException refused = refused(registry, 7);
            assertThat(refused.reason()).isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA);
            assertThat(refused)
                    .hasMessage("Cannot find schema 7 in the schema registry at " + server.url()
                            + " (40403: Schema 7 not found): was it deleted, or does the event come from elsewhere?");
        }
        assertThat(server.requests()).hasSize(1);
        assertThat(refused(registry, -7).reason()).isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA);
        assertThat(server.requests()).as("no id is negative").hasSize(1);
    }

    @Test
    void aSchemaThatIsNoneOfAvroIsIncompatible() {
        server.reply("/schemas/ids/7", 200, schema("syntax = \"proto3\";", "PROTOBUF"));
        server.reply("/schemas/ids/8", 200, schema("{\"type\": \"recrd\"}"));

        assertThat(refused(registry(), 7).reason()).isEqualTo(DeadLetterReason.INCOMPATIBLE_SCHEMA);
        assertThat(refused(registry(), 7))
                .hasMessage("Cannot read an event of schema 7: it is of type PROTOBUF, expected AVRO");
        assertThat(refused(registry(), 8).reason()).isEqualTo(DeadLetterReason.INCOMPATIBLE_SCHEMA);
        assertThat(refused(registry(), 8)).hasMessageContaining("Avro cannot parse the schema");
    }

    @Test
    void aSchemaIsParsedBehindThoseItRefersTo() throws Exception {
        server.reply("/schemas/ids/7", 200, """
                {"schema": "{\\"type\\":\\"record\\",\\"name\\":\\"Order\\",\\"fields\\":[{\\"name\\":\\"at\\",\\"type\\":\\"shop.Place\\"}]}",
                 "references": [{"name": "shop.Place", "subject": "places a/b", "version": 3}]}""");
        server.reply("/subjects/places%20a%2Fb/versions/3", 200, schema("""
                {"type": "record", "name": "Place", "namespace": "shop", "fields": [{"name": "city", "type": "string"}]}"""));

        assertThat(registry().byId(7).getField("at").schema().getField("city")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"500", "503", "429", "408"})
    void aRegistryThatIsAwayIsAskedAgainUntilItAnswers(int status) throws Exception {
        server.reply("/schemas/ids/7", status, "{\"error_code\":50002,\"message\":\"Store timed out\"}");
        server.reply("/schemas/ids/7", status, "");
        server.reply("/schemas/ids/7", 200, "<html>a proxy</html>");
        server.reply("/schemas/ids/7", 200, schema(ORDER.toString()));

        assertThat(registry().byId(7)).isEqualTo(ORDER);
        assertThat(calls.all).containsExactly("failed", "waits", "failed", "failed", "answered", "waited");
    }

    @Test
    void whileOneOfSeveralIsAwayTheOthersAreAsked() throws Exception {
        server.reply("/schemas/ids/7", 200, schema(ORDER.toString()));

        assertThat(registry(LONG, "http://localhost:" + freePort(), server.url())
                        .byId(7))
                .isEqualTo(ORDER);
    }

    @Test
    void aRegistryThatIsAwayForTooLongIsAFailureAndNoDeadLetter() throws Exception {
        String url = "http://localhost:" + freePort();

        assertThatThrownBy(() -> registry(Duration.ofMillis(200), url).byId(7))
                .isInstanceOf(RegistryException.class)
                .hasMessageMatching(
                        "Cannot get schema 7 from the schema registry at " + url + ": tried for 200 ms, last: .+");
        assertThat(calls.all).endsWith("failed", "waited");
    }

    @Test
    void aRegistryThatHangsIsAway() throws Exception {
        try (ServerSocket hanging = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> registry(Duration.ofMillis(100), "http://localhost:" + hanging.getLocalPort())
                            .byId(7))
                    .hasMessageEndingWith("last: no answer within 500 ms");
        }
    }

    @Test
    void aRegistryThatRefusesUsIsAFailureAtOnceThatShowsNoSecret() {
        server.reply("/schemas/ids/7", 401, "{\"error_code\":401,\"message\":\"Unauthorized\"}");

        assertThatThrownBy(() -> registry().byId(7))
                .isInstanceOf(RegistryException.class)
                .hasMessage("The schema registry at " + server.url() + " refuses us (HTTP status 401): set"
                        + " registry.username and registry.password to a user that may read");
    }

    @Test
    void whatIsNoRegistryIsAFailureAndNoDeadLetter() {
        assertThatThrownBy(() -> registry(LONG, server.url() + "/elsewhere").byId(7))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith(
                        "The schema registry at " + server.url() + "/elsewhere answers with HTTP status 404"
                                + " (HTTP 404 Not Found): is registry.url the beginning of its API");
    }

    @Test
    void whoeverWaitsCanBeInterrupted() throws Exception {
        SchemaRegistry registry = registry(LONG, "http://localhost:" + freePort());
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        Thread task = new Thread(() -> {
            try {
                registry.byId(7);
            } catch (Exception e) {
                thrown.set(e);
            }
        });
        task.start();
        Awaitility.await().until(() -> calls.all.contains("waits"));

        task.interrupt();

        task.join(Duration.ofSeconds(30).toMillis());
        assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class);
    }

    @Test
    void theLatestSchemaOfASubjectMayBeMissing() throws Exception {
        server.reply("/subjects/orders-value/versions/latest", 200, schema(ORDER.toString()));
        server.reply("/subjects/none-value/versions/latest", 404, "{\"error_code\":40401,\"message\":\"no subject\"}");

        assertThat(registry().latest(SchemaRegistry.subjectOf("orders"))).contains(ORDER);
        assertThat(registry().latest(SchemaRegistry.subjectOf("none"))).isEmpty();
    }

    @Test
    void aSchemaIsRegisteredForItsId() throws Exception {
        server.reply("/subjects/orders-value/versions", 200, "{\"id\":9}");
        server.reply("/subjects/strict-value/versions", 409, "{\"error_code\":409,\"message\":\"incompatible\"}");

        assertThat(registry().register("orders-value", ORDER)).isEqualTo(9);
        assertThat(server.requests()).containsExactly("POST /subjects/orders-value/versions");
        assertThatThrownBy(() -> registry().register("strict-value", ORDER)).hasMessageContaining("incompatible");
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static final class Calls implements RegistryMetrics {
        private final List<String> all = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void answered() {
            all.add("answered");
        }

        @Override
        public void failed() {
            all.add("failed");
        }

        @Override
        public void waitBegins() {
            all.add("waits");
        }

        @Override
        public void waitEnds() {
            all.add("waited");
        }
    }
}
