/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.definition.DefinitionException;
import io.freshet.definition.Limits;
import io.freshet.expression.ExpressionLimits;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FreshetConfigTest {

    private static FreshetConfig read(String yaml) throws DefinitionException {
        return FreshetConfig.of("freshet.yaml", yaml, Map.of("SECRET", "hunter2"), Map.of());
    }

    @Test
    void defaultsSuitAMachineOfOnesOwn() throws Exception {
        assertThat(read(""))
                .isEqualTo(new FreshetConfig(
                        "freshet",
                        new FreshetConfig.Kafka("localhost:9092", Map.of()),
                        new FreshetConfig.Redis(
                                "redis://localhost:6379",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                512,
                                50_000,
                                Duration.ofMinutes(5)),
                        new FreshetConfig.Registry(
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Duration.ofSeconds(5),
                                Duration.ofMinutes(5)),
                        new FreshetConfig.Flink(
                                2,
                                Optional.empty(),
                                0,
                                Duration.ofSeconds(10),
                                Optional.empty(),
                                Optional.empty(),
                                Duration.ofMillis(1),
                                0,
                                URI.create("http://localhost:8081")),
                        new FreshetConfig.Serve(
                                "127.0.0.1",
                                6566,
                                Optional.empty(),
                                1_000,
                                262_144,
                                1_000,
                                Duration.ofMillis(500),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(10),
                                Optional.empty(),
                                Optional.empty(),
                                Map.of()),
                        Limits.DEFAULT,
                        "views",
                        Optional.empty()));
    }

    @Test
    void everyKeyIsRead() throws Exception {
        FreshetConfig config = read("""
                namespace: shop
                kafka: {bootstrap: "k:1", properties: {sasl.jaas.config: "x ${SECRET}"}}
                redis: {uri: "redis://r:2", username: u, password: "${SECRET}", ca_certificates: r.pem, batch: 7, pending: 8, retry_for: 9s}
                registry: {url: "http://g:3/apis/ccompat/v7/, https://h", username: r, password: "${SECRET}", ca_certificates: g.pem, timeout: 4s, retry_for: 6s}
                flink:
                  {parallelism: 3, state: rocksdb, cache_entities: 13, checkpoint_interval: 11s, checkpoint_dir: "file:///c",
                   metrics_port: 9249, buffer_timeout: 12ms, ui_port: 8081, rest: "https://flink.example.org/cluster"}
                serve:
                  {host: 0.0.0.0, port: 14, token: "${SECRET}", pending: 15, max_body: 16, max_rows: 17, timeout: 18ms,
                   idle: 19s, stop_within: 20s, stale_after: 21s, log: served.jsonl,
                   services: {fraud: ["cards:n_1h", shops]}}
                limits:
                  {event_bytes: 1, key_length: 2, list_length: 3, distinct_values: 4, expression_length: 5, expression_cost: 6}
                views: v
                schemas: s
                """);
        assertThat(config)
                .isEqualTo(new FreshetConfig(
                        "shop",
                        new FreshetConfig.Kafka("k:1", Map.of("sasl.jaas.config", new Secret("x hunter2"))),
                        new FreshetConfig.Redis(
                                "redis://r:2",
                                Optional.of("u"),
                                Optional.of(new Secret("hunter2")),
                                Optional.of("r.pem"),
                                7,
                                8,
                                Duration.ofSeconds(9)),
                        new FreshetConfig.Registry(
                                List.of("http://g:3/apis/ccompat/v7", "https://h"),
                                Optional.of("r"),
                                Optional.of(new Secret("hunter2")),
                                Optional.of("g.pem"),
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(6)),
                        new FreshetConfig.Flink(
                                3,
                                Optional.of(FreshetConfig.StateBackend.ROCKSDB),
                                13,
                                Duration.ofSeconds(11),
                                Optional.of("file:///c"),
                                Optional.of(9249),
                                Duration.ofMillis(12),
                                8081,
                                URI.create("https://flink.example.org/cluster")),
                        new FreshetConfig.Serve(
                                "0.0.0.0",
                                14,
                                Optional.of(new Secret("hunter2")),
                                15,
                                16,
                                17,
                                Duration.ofMillis(18),
                                Duration.ofSeconds(19),
                                Duration.ofSeconds(20),
                                Optional.of(Duration.ofSeconds(21)),
                                Optional.of("served.jsonl"),
                                Map.of("fraud", List.of("cards:n_1h", "shops"))),
                        new Limits(1, 2, 3, 4, new ExpressionLimits(5, 6)),
                        "v",
                        Optional.of("s")));
        assertThat(config.toString()).doesNotContain("hunter2");
    }

    @Test
    void theDemosSettingsAreRight() throws Exception {
        read(Files.readString(Path.of("..", "..", "deploy", "demo", "freshet.yaml")));
    }

    @Test
    void flagsWinOverTheEnvironmentAndThatOverTheFile() throws Exception {
        String yaml = "namespace: file\nviews: file\nredis: {batch: 1}\n";
        Map<String, String> environment = Map.of("FRESHET_NAMESPACE", "environment", "FRESHET_VIEWS", "environment");
        FreshetConfig config = FreshetConfig.of("f", yaml, environment, Map.of("namespace", "flag"));
        assertThat(config.namespace()).isEqualTo("flag");
        assertThat(config.views()).isEqualTo("environment");
        assertThat(config.redis().batch()).isEqualTo(1);
    }

    @Test
    void allFaultsAreShownAtOnceWithTheirPlace() {
        String yaml = "namespce: x\nredis:\n  batch: many\n  password: ${NOT_SET}\nflink: {state: disk}\n";
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining(
                        "freshet.yaml:1:1: Unknown key 'namespce' in the settings, did you mean 'namespace'?")
                .hasMessageContaining(
                        "freshet.yaml:3:10: Cannot use 'many' for redis.batch: expected a whole number from 1 to 10000")
                .hasMessageContaining("freshet.yaml:4:13: Cannot read environment variable 'NOT_SET'")
                .hasMessageContaining("freshet.yaml:5:16: Cannot use 'disk' for flink.state: expected heap or rocksdb");
    }

    @Test
    void anUnknownFlagIsRefusedWithTheNearestRightOne() {
        assertThatThrownBy(() -> FreshetConfig.of("f", "", Map.of(), Map.of("redis.url", "x")))
                .hasMessageContaining("Unknown setting 'redis.url', did you mean 'redis.uri'?");
    }

    @Test
    void aMistypedVariableIsRefusedWithTheNearestRightOneAndItsValueIsNotShown() {
        Map<String, String> environment = Map.of("FRESHET_REDIS_PASSWRD", "hunter2", "FRESHET_BOOTSTRAP", "k:1");
        assertThatThrownBy(() -> FreshetConfig.of("freshet.yaml", "", environment, Map.of()))
                .hasMessageContaining(
                        "freshet.yaml:1:1: Unknown environment variable 'FRESHET_REDIS_PASSWRD', did you mean 'FRESHET_REDIS_PASSWORD'?")
                .hasMessageContaining("Unknown environment variable 'FRESHET_BOOTSTRAP'")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void variablesOfTheLauncherOfTheFileAndOfKubernetesAreNoMistakes() throws Exception {
        Map<String, String> environment = Map.of(
                "FRESHET_JAVA_OPTS", "-Xmx1g",
                "FRESHET_FUNCTIONS", "a.jar:b.jar",
                "FRESHET_SECRET", "hunter2",
                "FRESHET_TLS", "SSL",
                "FRESHET_REDIS_SERVICE_HOST", "10.0.0.1",
                "FRESHET_REDIS_SERVICE_PORT_REDIS", "6379",
                "FRESHET_REDIS_PORT", "tcp://10.0.0.1:6379",
                "FRESHET_REDIS_PORT_6379_TCP_ADDR", "10.0.0.1");
        String yaml = "redis: {password: \"${FRESHET_SECRET}\"}\n"
                + "kafka: {properties: {security.protocol: \"${FRESHET_TLS}\"}}\n";
        FreshetConfig.of("f", yaml, environment, Map.of());
        FreshetConfig.of("f", yaml, environment, Map.of("redis.password", "from a flag"));
        assertThatThrownBy(() -> FreshetConfig.of("f", "", Map.of("FRESHET_UI_PORT", "8081"), Map.of()))
                .hasMessageContaining("Unknown environment variable 'FRESHET_UI_PORT'");
    }

    @Test
    void settingsOfKafkaClientsComeFromFlagsEnvironmentAndFile() throws Exception {
        String yaml = "kafka: {properties: {client.id: file, client.rack: file, security.protocol: SSL}}";
        Map<String, String> environment = Map.of(
                "FRESHET_KAFKA_PROPERTIES_CLIENT_ID", "environment",
                "FRESHET_KAFKA_PROPERTIES_CLIENT_RACK", "environment",
                "FRESHET_KAFKA_PROPERTIES_SASL_JAAS_CONFIG", "hunter2");
        FreshetConfig config = FreshetConfig.of("f", yaml, environment, Map.of("kafka.properties.client.id", "flag"));
        assertThat(config.kafka().properties())
                .isEqualTo(Map.of(
                        "client.id", new Secret("flag"),
                        "client.rack", new Secret("environment"),
                        "sasl.jaas.config", new Secret("hunter2"),
                        "security.protocol", new Secret("SSL")));
        assertThat(config.toString()).doesNotContain("hunter2");
        assertThatThrownBy(() -> FreshetConfig.of("f", "", Map.of(), Map.of("kafka.properties.", "x")))
                .hasMessageContaining("Unknown setting 'kafka.properties.'");
    }

    @Test
    void checkpointsAreNoCloserThanFlinkAllows() throws Exception {
        assertThatThrownBy(() -> read("flink: {checkpoint_interval: 0s}"))
                .hasMessageContaining(
                        "freshet.yaml:1:30: Cannot use '0s' for flink.checkpoint_interval: expected 10ms or more");
        assertThatThrownBy(() -> read("flink: {checkpoint_interval: 9ms}"))
                .hasMessageContaining("expected 10ms or more");
        assertThat(read("flink: {checkpoint_interval: 10ms, buffer_timeout: 0ms}\nredis: {retry_for: 0s}")
                        .flink()
                        .bufferTimeout())
                .isZero();
    }

    @Test
    void namespaceIsOneThatTopicsCanBeginWith() throws Exception {
        for (String namespace : java.util.List.of("a b", "a/b", ".", "..", "x".repeat(101))) {
            assertThatThrownBy(() -> read("namespace: " + namespace))
                    .as(namespace)
                    .hasMessageContaining("freshet.yaml:1:12: Cannot use ");
        }
        assertThat(read("namespace: shop.eu-1").namespace()).isEqualTo("shop.eu-1");
    }

    @Test
    void aPasswordInTheUriIsRefusedAndNotShown() {
        assertThatThrownBy(() -> FreshetConfig.of("f", "", Map.of(), Map.of("redis.uri", "redis://:hunter2@host:1")))
                .hasMessageContaining("set redis.username and redis.password")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aSecretIsNeverShownByAnException() {
        assertThatThrownBy(() -> read("redis: {password: \"${SECRET}\", batch: \"${SECRET}\"}"))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("Cannot use '${SECRET}' for redis.batch")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> read("redis: {batch: x, password: hunter2}")).hasMessageNotContaining("hunter2");
    }

    @Test
    void aWrongValueFromTheEnvironmentIsNamedByItsVariableAndNotShown() {
        Map<String, String> environment = Map.of("FRESHET_REDIS_BATCH", "hunter2", "FRESHET_FLINK_STATE", "hunter2");
        assertThatThrownBy(() -> FreshetConfig.of("f", "redis: {batch: 1}", environment, Map.of()))
                .hasMessageContaining("Cannot use the value of FRESHET_REDIS_BATCH for redis.batch: expected a whole")
                .hasMessageContaining("Cannot use the value of FRESHET_FLINK_STATE for flink.state: expected heap")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aWrongFlagIsShownAsItWasTyped() {
        Map<String, String> environment = Map.of("FRESHET_REDIS_BATCH", "hunter2");
        assertThatThrownBy(() -> FreshetConfig.of("f", "", environment, Map.of("redis.batch", "many")))
                .hasMessageContaining("Cannot use 'many' for redis.batch: expected a whole number")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aSecretInTheFileIsNotQuotedWithTheFault() {
        assertThatThrownBy(() -> read("redis:\n  uri: redis://me:hunter2@host:1\n"))
                .hasMessageContaining("freshet.yaml:2:8: Cannot take a user or password from redis.uri")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> read("redis: {url: \"redis://:hun/ter2@host:1\"}"))
                .hasMessageContaining("Unknown key 'url'")
                .hasMessageNotContaining("ter2");
        assertThatThrownBy(() -> read("redis: {uri: \"redis://:hun/ter2@host:1\"}"))
                .hasMessageContaining("set redis.username and redis.password")
                .hasMessageNotContaining("ter2");
    }

    @Test
    void aSecretOfSeveralLinesIsNotQuotedWithTheFault() {
        String yaml =
                "kafka:\n  properties:\n    sasl.jaas.config: |\n      user\n\n      hunter2 ${NOT_SET}\n  bootstrp: x\n";
        assertThatThrownBy(() -> read(yaml))
                .hasMessageContaining("Cannot read environment variable 'NOT_SET'")
                .hasMessageContaining("freshet.yaml:7:3: Unknown key 'bootstrp'")
                .hasMessageNotContaining("    bootstrp: x")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aSecretUnderAMistypedKeyIsNotShown() {
        for (String key : java.util.List.of("passwrd", "pasword", "passwd", "pass")) {
            assertThatThrownBy(() -> read("redis: {" + key + ": hunter2}"))
                    .hasMessageContaining("Unknown key '" + key + "'")
                    .hasMessageNotContaining("hunter2");
        }
    }
}
