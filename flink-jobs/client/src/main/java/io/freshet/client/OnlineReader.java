/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import static java.util.Objects.requireNonNull;

import io.freshet.definition.ViewPlan;
import io.freshet.row.OnlineFields;
import io.freshet.row.OnlineKeys;
import io.freshet.row.OnlineRefusal;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.MapOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads the newest rows of entities from the online store. Safe for use by many threads over its one connection, which
 * it opens again when it was lost; while it is lost reads fail at once.
 */
public final class OnlineReader implements AutoCloseable {

    private static final int CONNECT_ATTEMPTS = 5;
    private static final Duration LONGEST_SHUTDOWN = Duration.ofSeconds(2);

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;
    private final String namespace;
    private final String place;
    private final Duration timeout;

    private OnlineReader(
            RedisClient client,
            StatefulRedisConnection<String, String> connection,
            String namespace,
            String place,
            Duration timeout) {
        this.client = client;
        this.connection = connection;
        this.namespace = namespace;
        this.place = place;
        this.timeout = timeout;
    }

    /**
     * Connects to the online store.
     *
     * @param uri {@code redis://[user:password@]host[:port][/database]}, {@code rediss://} for TLS; never shown
     * @param namespace what all keys start with
     * @param timeout how long to wait for the connection, and for the answer to a read
     * @throws OnlineStoreException if it cannot be reached, or refuses user or password
     */
    public static OnlineReader connect(String uri, String namespace, Duration timeout) {
        requireNonNull(namespace, "namespace");
        RedisURI address = address(uri, timeout);
        String place = address.getHost() + ":" + address.getPort();
        RedisClient client = RedisClient.create(address);
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .build());
        try {
            return new OnlineReader(client, connection(client), namespace, place, timeout);
        } catch (RedisException e) {
            client.shutdown(Duration.ZERO, LONGEST_SHUTDOWN);
            throw new OnlineStoreException(
                    OnlineRefusal.explain(e, place)
                            .orElseGet(() -> "Cannot connect to the online store at " + place + ": "
                                    + innermost(e).getMessage()),
                    e);
        }
    }

    /** Rarely the client ends in a wrong state where the server refused the password; asked again, it tells. */
    private static StatefulRedisConnection<String, String> connection(RedisClient client) {
        for (int attempt = 1; ; attempt++) {
            try {
                return client.connect(StringCodec.UTF8);
            } catch (RedisException e) {
                if (attempt == CONNECT_ATTEMPTS || !(innermost(e) instanceof IllegalStateException)) {
                    throw e;
                }
            }
        }
    }

    private static RedisURI address(String uri, Duration timeout) {
        try {
            RedisURI address = RedisURI.create(uri);
            address.setTimeout(timeout);
            return address;
        } catch (RuntimeException e) {
            // Its message repeats the address, which may hold a password: it is not passed on.
            throw new IllegalArgumentException("Cannot read the address of the online store: it is no Redis URI, "
                    + "expected redis://[user:password@]host[:port][/database]");
        }
    }

    /**
     * Reads the newest rows of some entities in one round trip.
     *
     * @param view the view, as planned from its definition
     * @param entities keys as text, see {@link io.freshet.row.EntityKey}; one asked for twice is read once
     * @throws OnlineStoreException if the store does not answer in time, or a row does not fit the view
     */
    public OnlineRead read(ViewPlan view, List<String> entities) {
        String name = view.view().name();
        // The watermark goes first: rows read after it are at least as new as it says.
        AsyncCommand<String, String, String> watermark =
                command(CommandType.GET, OnlineKeys.watermark(namespace, name), new ValueOutput<>(StringCodec.UTF8));
        Map<String, AsyncCommand<String, String, Map<String, String>>> hashes = new LinkedHashMap<>();
        for (String entity : new LinkedHashSet<>(entities)) {
            String key = OnlineKeys.row(namespace, name, entity);
            hashes.put(entity, command(CommandType.HGETALL, key, new MapOutput<>(StringCodec.UTF8)));
        }
        List<RedisCommand<String, String, ?>> commands = new ArrayList<>(hashes.size() + 1);
        commands.add(watermark);
        commands.addAll(hashes.values());
        try {
            connection.dispatch(commands);
            return answer(view, watermark, hashes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(name, "interrupted while waiting", e);
        } catch (TimeoutException e) {
            throw failed(name, "no answer within " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException | RedisException e) {
            throw failed(name, String.valueOf(innermost(e).getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw failed(name, String.valueOf(e.getMessage()), e);
        } finally {
            commands.forEach(RedisCommand::cancel);
        }
    }

    private OnlineRead answer(
            ViewPlan view,
            AsyncCommand<String, String, String> watermark,
            Map<String, AsyncCommand<String, String, Map<String, String>>> hashes)
            throws InterruptedException, TimeoutException, ExecutionException {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        String published = watermark.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        OnlineFields columns = new OnlineFields(view);
        LaterValues later = new LaterValues(view);
        Map<String, OnlineRow> rows = new LinkedHashMap<>();
        for (Map.Entry<String, AsyncCommand<String, String, Map<String, String>>> entry : hashes.entrySet()) {
            long left = Math.max(0, deadlineNanos - System.nanoTime());
            Map<String, String> fields = entry.getValue().get(left, TimeUnit.NANOSECONDS);
            if (fields != null && !fields.isEmpty()) {
                rows.put(entry.getKey(), row(entry.getKey(), fields, columns, later));
            }
        }
        return new OnlineRead(
                published == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(published)), rows);
    }

    private static OnlineRow row(String entity, Map<String, String> fields, OnlineFields columns, LaterValues later) {
        return new OnlineRow(
                entity,
                number(fields, OnlineKeys.AS_OF),
                number(fields, OnlineKeys.AVAILABLE_AT),
                number(fields, OnlineKeys.SEQ),
                Math.toIntExact(number(fields, OnlineKeys.VERSION)),
                columns.values(fields),
                OnlineFields.warming(fields),
                later);
    }

    private static long number(Map<String, String> fields, String name) {
        String text = fields.get(name);
        if (text == null) {
            throw new IllegalArgumentException("a row lacks the field " + name + " (is the key used by others, too?)");
        }
        return Long.parseLong(text);
    }

    private static <T> AsyncCommand<String, String, T> command(
            CommandType type, String key, CommandOutput<String, String, T> output) {
        return new AsyncCommand<>(new Command<>(type, output, new CommandArgs<>(StringCodec.UTF8).addKey(key)));
    }

    private OnlineStoreException failed(String view, String why, Throwable cause) {
        return new OnlineStoreException(
                "Cannot read view '" + view + "' from the online store at " + place + ": " + why, cause);
    }

    private static Throwable innermost(Throwable e) {
        Throwable inner = e;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    /** Gives the connection back. */
    @Override
    public void close() {
        connection.close();
        client.shutdown(Duration.ZERO, LONGEST_SHUTDOWN);
    }
}
