/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.config;

import io.freshet.definition.Limits;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The settings, by key. Each may be set by a flag, by the environment, or in the file, in this order of precedence. */
public enum ConfigKey {
    NAMESPACE("namespace", "freshet"),
    KAFKA_BOOTSTRAP("kafka.bootstrap", "localhost:9092"),
    REDIS_URI("redis.uri", "redis://localhost:6379"),
    REDIS_USERNAME("redis.username", null),
    REDIS_PASSWORD("redis.password", null),
    REDIS_CA_CERTIFICATES("redis.ca_certificates", null),
    REDIS_BATCH("redis.batch", "512"),
    REDIS_PENDING("redis.pending", "50000"),
    REDIS_RETRY_FOR("redis.retry_for", "5m"),
    REGISTRY_URL("registry.url", null),
    REGISTRY_USERNAME("registry.username", null),
    REGISTRY_PASSWORD("registry.password", null),
    REGISTRY_CA_CERTIFICATES("registry.ca_certificates", null),
    REGISTRY_TIMEOUT("registry.timeout", "5s"),
    REGISTRY_RETRY_FOR("registry.retry_for", "5m"),
    FLINK_PARALLELISM("flink.parallelism", "2"),
    FLINK_STATE("flink.state", null),
    FLINK_CACHE_ENTITIES("flink.cache_entities", "0"),
    FLINK_CHECKPOINT_INTERVAL("flink.checkpoint_interval", "10s"),
    FLINK_CHECKPOINT_DIR("flink.checkpoint_dir", null),
    FLINK_METRICS_PORT("flink.metrics_port", null),
    FLINK_BUFFER_TIMEOUT("flink.buffer_timeout", "1ms"),
    FLINK_UI_PORT("flink.ui_port", "0"),
    FLINK_REST("flink.rest", "http://localhost:8081"),
    SERVE_HOST("serve.host", "127.0.0.1"),
    SERVE_PORT("serve.port", "6566"),
    SERVE_TOKEN("serve.token", null),
    SERVE_PENDING("serve.pending", "1000"),
    SERVE_MAX_BODY("serve.max_body", "262144"),
    SERVE_MAX_ROWS("serve.max_rows", "1000"),
    SERVE_TIMEOUT("serve.timeout", "500ms"),
    SERVE_IDLE("serve.idle", "30s"),
    SERVE_STOP_WITHIN("serve.stop_within", "10s"),
    SERVE_STALE_AFTER("serve.stale_after", null),
    SERVE_LOG("serve.log", null),
    LIMITS_EVENT_BYTES("limits.event_bytes", String.valueOf(Limits.DEFAULT.eventBytes())),
    LIMITS_KEY_LENGTH("limits.key_length", String.valueOf(Limits.DEFAULT.keyLength())),
    LIMITS_LIST_LENGTH("limits.list_length", String.valueOf(Limits.DEFAULT.listLength())),
    LIMITS_DISTINCT_VALUES("limits.distinct_values", String.valueOf(Limits.DEFAULT.distinctValues())),
    LIMITS_EXPRESSION_LENGTH(
            "limits.expression_length",
            String.valueOf(Limits.DEFAULT.expressions().length())),
    LIMITS_EXPRESSION_COST(
            "limits.expression_cost",
            String.valueOf(Limits.DEFAULT.expressions().cost())),
    VIEWS("views", "views"),
    SCHEMAS("schemas", null);

    private final String key;
    private final Optional<String> fallback;

    ConfigKey(String key, @org.jspecify.annotations.Nullable String fallback) {
        this.key = key;
        this.fallback = Optional.ofNullable(fallback);
    }

    /** Dotted, as in flags and messages: {@code redis.uri}. */
    public String key() {
        return key;
    }

    /** The environment variable: {@code FRESHET_REDIS_URI}. */
    public String variable() {
        return "FRESHET_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** The value where nothing sets one; empty where the setting is then absent. */
    public Optional<String> fallback() {
        return fallback;
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(ConfigKey::key).toList();
    }
}
