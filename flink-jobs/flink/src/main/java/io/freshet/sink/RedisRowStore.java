/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import io.freshet.config.Secret;
import io.freshet.definition.ViewPlan;
import io.freshet.row.FeatureRow;
import io.freshet.row.OnlineFields;
import io.freshet.row.OnlineKeys;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Rows as hashes in Redis. One script call writes a batch. Used by one thread; completes on threads of the client. */
final class RedisRowStore implements RowStore {

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(2);

    /** Far above what is ever in flight; the client's own default has no bound. */
    private static final int REQUEST_QUEUE = 1024;

    private static final String SCRIPT = script();

    private final String namespace;
    private final String view;
    private final String version;
    private final String ttlMillis;
    private final OnlineFields fields;
    private final RedisClient client;
    private final RedisURI uri;

    private @Nullable CompletableFuture<StatefulRedisConnection<String, String>> connection;
    private @Nullable String digest;

    RedisRowStore(RedisOptions options, String namespace, ViewPlan plan) {
        this.namespace = namespace;
        this.view = plan.view().name();
        this.version = Integer.toString(plan.view().version());
        this.ttlMillis =
                Long.toString(plan.view().online().ttl().map(Duration::toMillis).orElse(0L));
        this.fields = new OnlineFields(plan);
        this.uri = uri(options);
        this.client = RedisClient.create(uri);
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(REQUEST_QUEUE)
                .socketOptions(
                        SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).build())
                .timeoutOptions(TimeoutOptions.enabled(COMMAND_TIMEOUT))
                .build());
    }

    private static RedisURI uri(RedisOptions options) {
        RedisURI uri = RedisURI.create(options.uri());
        Secret password = options.password();
        if (password != null) {
            RedisURI.Builder builder = RedisURI.builder(uri);
            String username = options.username();
            char[] text = password.value().toCharArray();
            uri = username == null
                    ? builder.withPassword(text).build()
                    : builder.withAuthentication(username, text).build();
        }
        uri.setTimeout(COMMAND_TIMEOUT);
        return uri;
    }

    @Override
    public CompletionStage<?> write(List<FeatureRow> rows) {
        String[] keys = new String[rows.size()];
        List<String> arguments = new ArrayList<>();
        arguments.add(ttlMillis);
        for (int i = 0; i < keys.length; i++) {
            FeatureRow row = rows.get(i);
            keys[i] = OnlineKeys.row(namespace, view, row.entity());
            Map<String, String> hash = fields.of(row);
            arguments.add(version);
            arguments.add(Long.toString(row.asOfMillis()));
            arguments.add(Long.toString(row.seq()));
            arguments.add(Integer.toString(2 * hash.size()));
            hash.forEach((name, value) -> {
                arguments.add(name);
                arguments.add(value);
            });
        }
        String[] texts = arguments.toArray(String[]::new);
        return connected().thenCompose(redis -> run(redis, keys, texts));
    }

    private CompletionStage<Long> run(RedisAsyncCommands<String, String> redis, String[] keys, String[] arguments) {
        String known = digest;
        if (known == null) {
            known = redis.digest(SCRIPT);
            digest = known;
        }
        CompletionStage<Long> written = redis.evalsha(known, ScriptOutputType.INTEGER, keys, arguments);
        return written.exceptionallyCompose(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            return cause instanceof RedisNoScriptException
                    ? redis.eval(SCRIPT, ScriptOutputType.INTEGER, keys, arguments)
                    : CompletableFuture.failedFuture(cause == null ? failure : cause);
        });
    }

    @Override
    public CompletionStage<?> publishWatermark(long watermarkMillis) {
        return connected()
                .thenCompose(redis -> redis.set(OnlineKeys.watermark(namespace, view), Long.toString(watermarkMillis)));
    }

    /** The connection; asks for a new one where the last attempt failed. A connection once made renews itself. */
    private CompletionStage<RedisAsyncCommands<String, String>> connected() {
        CompletableFuture<StatefulRedisConnection<String, String>> known = connection;
        if (known == null || known.isCompletedExceptionally()) {
            known = client.connectAsync(StringCodec.UTF8, uri).toCompletableFuture();
            connection = known;
        }
        return known.thenApply(StatefulRedisConnection::async);
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, SHUTDOWN_TIMEOUT);
    }

    private static String script() {
        try (InputStream in = RedisRowStore.class.getResourceAsStream("newest-wins.lua")) {
            if (in == null) {
                throw new IllegalStateException("Cannot find newest-wins.lua beside its class, expected it in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read newest-wins.lua from the jar", e);
        }
    }
}
