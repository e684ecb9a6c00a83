/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import io.freshet.definition.ViewPlan;
import io.freshet.row.CompactSchema;
import io.freshet.row.FeatureRow;
import io.freshet.row.OnlineKeys;
import io.freshet.row.OnlineRefusal;
import io.freshet.row.OnlineRights;
import io.freshet.row.Row;
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
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Rows in Redis, in the form that the view says. One script call writes a batch. Used by one thread; completes on threads of the client. */
final class RedisRowStore implements RowStore {

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(2);

    /** Far above what is ever in flight; the client's own default has no bound. */
    private static final int REQUEST_QUEUE = 1024;

    private final String namespace;
    private final String view;
    private final byte[] ttlMillis;
    private final RowForm form;
    private final String script;
    private final String digest;
    private final RedisClient client;
    private final RedisURI uri;
    private final String place;
    private final String rows;
    private final OnlineRights rights;

    private @Nullable CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connection;

    RedisRowStore(RedisOptions options, String namespace, ViewPlan plan) {
        this(options, namespace, plan, COMMAND_TIMEOUT);
    }

    RedisRowStore(RedisOptions options, String namespace, ViewPlan plan, Duration commandTimeout) {
        this.namespace = namespace;
        this.view = plan.view().name();
        this.ttlMillis =
                bytes(plan.view().online().ttl().map(Duration::toMillis).orElse(0L));
        this.form = RowForm.of(plan, namespace);
        this.script = script(form.script());
        this.digest = Base16.digest(script.getBytes(StandardCharsets.UTF_8));
        this.uri = options.address(commandTimeout);
        this.place = options.place();
        this.rows = OnlineRights.rows(namespace, plan);
        this.rights = OnlineRights.toWrite(namespace, plan);
        ClientOptions.Builder settings = options.trusting(ClientOptions.builder()
                // A client that reconnects keeps to itself what the server says to its password.
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(REQUEST_QUEUE)
                .socketOptions(
                        SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).build())
                .timeoutOptions(TimeoutOptions.enabled(commandTimeout)));
        this.client = RedisClient.create(uri);
        client.setOptions(settings.build());
    }

    @Override
    public CompletionStage<?> write(List<FeatureRow> rows) {
        return write(rows, ttlMillis, form.pack(rows));
    }

    /**
     * Writes rows that were written before, unless newer ones are there; completes when they are acknowledged. Never
     * throws itself.
     *
     * @param ttlsMillis how long each has still to live, ms; 0 for ever
     * @return how many were written
     */
    CompletionStage<Long> restore(List<? extends Row> rows, List<Long> ttlsMillis) {
        Packer ttls = new Packer();
        ttls.closeArray(ttls.openArray(), ttlsMillis.size());
        ttlsMillis.forEach(ttl -> ttls.add(bytes(ttl)));
        return write(rows, ttlMillis, form.pack(rows), ttls.bytes());
    }

    private CompletionStage<Long> write(List<? extends Row> rows, byte[]... arguments) {
        byte[][] keys = new byte[rows.size()][];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = form.key(rows.get(i).entity());
        }
        return answered("EVALSHA", this.rows, redis -> run(redis, keys, arguments));
    }

    private CompletionStage<Long> run(RedisAsyncCommands<byte[], byte[]> redis, byte[][] keys, byte[][] arguments) {
        CompletionStage<Long> written = redis.evalsha(digest, ScriptOutputType.INTEGER, keys, arguments);
        return written.exceptionallyCompose(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            return cause instanceof RedisNoScriptException
                    ? redis.eval(script, ScriptOutputType.INTEGER, keys, arguments)
                    : CompletableFuture.failedFuture(cause == null ? failure : cause);
        });
    }

    @Override
    public CompletionStage<?> publishWatermark(long watermarkMillis) {
        String key = OnlineKeys.watermark(namespace, view);
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        return answered("SET", key, redis -> redis.set(name, bytes(watermarkMillis)));
    }

    @Override
    public CompletionStage<?> connect() {
        return usable();
    }

    private CompletionStage<StatefulRedisConnection<byte[], byte[]>> usable() {
        return explained(connected(), failure -> OnlineRefusal.explain(failure, place));
    }

    /**
     * The answer to a command. A connection on which none comes is given up: it may be dead without anybody having said so.
     *
     * @param name of the command
     * @param keys on which keys, a pattern
     */
    private <T> CompletionStage<T> answered(
            String name, String keys, Function<RedisAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
        return usable().thenCompose(made ->
                allowed(name, keys, command.apply(made.async()).whenComplete((answer, failure) -> {
                    if (StoreTroubleException.isSilence(failure)) {
                        made.closeAsync();
                    }
                })));
    }

    /** The answer to a command, or what is to be done where the server refuses it. */
    private <T> CompletionStage<T> allowed(String command, String keys, CompletionStage<T> answer) {
        return explained(answer, failure -> OnlineRefusal.explain(failure, place, command, keys, rights));
    }

    private <T> CompletionStage<T> explained(CompletionStage<T> answer, Function<Throwable, Optional<String>> refusal) {
        return answer.exceptionallyCompose(failure -> {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            boolean isExplained = cause instanceof StoreRefusedException || cause instanceof StoreTroubleException;
            return CompletableFuture.failedFuture(
                    isExplained
                            ? cause
                            : refusal.apply(failure)
                                    .<Throwable>map(StoreRefusedException::new)
                                    .orElseGet(() -> StoreTroubleException.of(failure, view, place)));
        });
    }

    /** The connection; makes a new one where the last attempt failed, or the connection was lost. */
    private CompletionStage<StatefulRedisConnection<byte[], byte[]>> connected() {
        CompletableFuture<StatefulRedisConnection<byte[], byte[]>> known = connection;
        if (known == null || isLost(known)) {
            known = client.connectAsync(ByteArrayCodec.INSTANCE, uri)
                    .thenCompose(this::published)
                    .toCompletableFuture();
            connection = known;
        }
        return known;
    }

    /** The connection, once readers can find the schema of rows: before there is any. */
    private CompletionStage<StatefulRedisConnection<byte[], byte[]>> published(
            StatefulRedisConnection<byte[], byte[]> made) {
        if (form.schema().isEmpty()) {
            return CompletableFuture.completedFuture(made);
        }
        Schema schema = form.schema().get();
        byte[] fingerprint = Long.toHexString(CompactSchema.fingerprint(schema)).getBytes(StandardCharsets.US_ASCII);
        String key = OnlineKeys.schemas(namespace, view);
        CompletionStage<Boolean> written = made.async()
                .hset(
                        key.getBytes(StandardCharsets.UTF_8),
                        fingerprint,
                        schema.toString().getBytes(StandardCharsets.UTF_8));
        return allowed("HSET", key, written)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        made.closeAsync();
                    }
                })
                .thenApply(done -> made);
    }

    private static boolean isLost(CompletableFuture<StatefulRedisConnection<byte[], byte[]>> known) {
        if (known.isCompletedExceptionally()) {
            return true;
        }
        StatefulRedisConnection<byte[], byte[]> made = known.getNow(null);
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

    private static String script(String name) {
        try (InputStream in = RedisRowStore.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("Cannot find " + name + " beside its class, expected it in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name + " from the jar", e);
        }
    }
}
