/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import io.freshet.definition.ViewPlan;
import io.freshet.row.FeatureRow;
import io.freshet.row.OnlineKeys;
import io.freshet.row.OnlineRefusal;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.Base16;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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

    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    private static final String SCRIPT = script();
    private static final String DIGEST = Base16.digest(SCRIPT.getBytes(StandardCharsets.UTF_8));

    private final String namespace;
    private final String view;
    private final String keyPrefix;
    private final byte[] ttlMillis;
    private final PackedRows packed;
    private final RedisClient client;
    private final RedisURI uri;

    private @Nullable CompletableFuture<StatefulRedisConnection<String, byte[]>> connection;

    RedisRowStore(RedisOptions options, String namespace, ViewPlan plan) {
        this.namespace = namespace;
        this.view = plan.view().name();
        this.keyPrefix = OnlineKeys.rowPrefix(namespace, view);
        this.ttlMillis =
                bytes(plan.view().online().ttl().map(Duration::toMillis).orElse(0L));
        this.packed = new PackedRows(plan);
        this.uri = options.address(COMMAND_TIMEOUT);
        this.client = RedisClient.create(uri);
        client.setOptions(ClientOptions.builder()
                // A client that reconnects keeps to itself what the server says to its password.
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(REQUEST_QUEUE)
                .socketOptions(
                        SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).build())
                .timeoutOptions(TimeoutOptions.enabled(COMMAND_TIMEOUT))
                .build());
    }

    @Override
    public CompletionStage<?> write(List<FeatureRow> rows) {
        String[] keys = new String[rows.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = keyPrefix + rows.get(i).entity();
        }
        byte[][] arguments = {ttlMillis, packed.pack(rows)};
        return orRefused(connected().thenCompose(redis -> run(redis, keys, arguments)));
    }

    private CompletionStage<Long> run(RedisAsyncCommands<String, byte[]> redis, String[] keys, byte[][] arguments) {
        CompletionStage<Long> written = redis.evalsha(DIGEST, ScriptOutputType.INTEGER, keys, arguments);
        return written.exceptionallyCompose(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            return cause instanceof RedisNoScriptException
                    ? redis.eval(SCRIPT, ScriptOutputType.INTEGER, keys, arguments)
                    : CompletableFuture.failedFuture(cause == null ? failure : cause);
        });
    }

    @Override
    public CompletionStage<?> publishWatermark(long watermarkMillis) {
        String key = OnlineKeys.watermark(namespace, view);
        return orRefused(connected().thenCompose(redis -> redis.set(key, bytes(watermarkMillis))));
    }

    @Override
    public CompletionStage<?> connect() {
        return orRefused(connected());
    }

    private <T> CompletionStage<T> orRefused(CompletionStage<T> answer) {
        return answer.exceptionallyCompose(failure ->
                CompletableFuture.failedFuture(OnlineRefusal.explain(failure, uri.getHost() + ":" + uri.getPort())
                        .<Throwable>map(StoreRefusedException::new)
                        .orElse(failure)));
    }

    /** The connection; makes a new one where the last attempt failed, or the connection was lost. */
    private CompletionStage<RedisAsyncCommands<String, byte[]>> connected() {
        CompletableFuture<StatefulRedisConnection<String, byte[]>> known = connection;
        if (known == null || isLost(known)) {
            known = client.connectAsync(CODEC, uri).toCompletableFuture();
            connection = known;
        }
        return known.thenApply(StatefulRedisConnection::async);
    }

    private static boolean isLost(CompletableFuture<StatefulRedisConnection<String, byte[]>> known) {
        if (known.isCompletedExceptionally()) {
            return true;
        }
        StatefulRedisConnection<String, byte[]> made = known.getNow(null);
        if (made == null || made.isOpen()) {
            return false;
        }
        made.closeAsync();
        return true;
    }

    private static byte[] bytes(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
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
