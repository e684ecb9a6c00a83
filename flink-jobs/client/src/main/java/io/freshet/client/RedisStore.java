/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import io.freshet.row.OnlineRefusal;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.RedisCommand;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A connection to the online store that is opened again when it was lost; while it is lost commands fail at once. Safe for
 * use by many threads.
 */
final class RedisStore implements AutoCloseable {

    private static final int CONNECT_ATTEMPTS = 5;
    private static final Duration LONGEST_SHUTDOWN = Duration.ofSeconds(2);
    private static final Duration REFRESH = Duration.ofSeconds(30);

    /** What the client says where the server closed the connection and it did not wait for the reason. */
    private static final String CLOSED_BEFORE_IT_TOLD = "Connection closed prematurely";

    /** Far above what a reader has in flight; the client's own default has no bound. */
    private static final int REQUEST_QUEUE = 100_000;

    private final AbstractRedisClient client;
    private final StatefulConnection<byte[], byte[]> connection;
    private final String place;

    private RedisStore(AbstractRedisClient client, StatefulConnection<byte[], byte[]> connection, String place) {
        this.client = client;
        this.connection = connection;
        this.place = place;
    }

    /**
     * Connects.
     *
     * @throws OnlineStoreException if the store cannot be reached, or refuses user or password
     */
    static RedisStore connect(ReaderOptions options) {
        List<RedisURI> addresses =
                options.uris().stream().map(uri -> address(uri, options)).toList();
        // Before there is a client that would have to be shut down again.
        options.caCertificates().ifPresent(RedisStore::readable);
        String place = addresses.stream().flatMap(RedisStore::places).collect(Collectors.joining(", "));
        return switch (options.topology()) {
            case SINGLE -> {
                RedisClient client = RedisClient.create(addresses.get(0));
                client.setOptions(
                        clientOptions(ClientOptions.builder(), options).build());
                yield connected(client, () -> client.connect(ByteArrayCodec.INSTANCE), place);
            }
            case CLUSTER -> {
                RedisClusterClient client = RedisClusterClient.create(addresses);
                ClusterClientOptions.Builder cluster = ClusterClientOptions.builder()
                        .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                                .enableAllAdaptiveRefreshTriggers()
                                .enablePeriodicRefresh(REFRESH)
                                .build());
                clientOptions(cluster, options);
                client.setOptions(cluster.build());
                yield connected(client, () -> client.connect(ByteArrayCodec.INSTANCE), place);
            }
        };
    }

    private static ClientOptions.Builder clientOptions(ClientOptions.Builder builder, ReaderOptions options) {
        builder.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(REQUEST_QUEUE)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(options.timeout())
                        .keepAlive(true)
                        .build());
        options.caCertificates()
                .ifPresent(file -> builder.sslOptions(
                        SslOptions.builder().trustManager(readable(file)).build()));
        return builder;
    }

    private static File readable(Path file) {
        if (!Files.isReadable(file)) {
            throw new OnlineStoreException(
                    "Cannot read the certificates of the online store: there is no file '" + file.toAbsolutePath()
                            + "'",
                    null);
        }
        return file.toFile();
    }

    private static RedisStore connected(
            AbstractRedisClient client, Supplier<? extends StatefulConnection<byte[], byte[]>> connect, String place) {
        try {
            return new RedisStore(client, connection(connect), place);
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
    private static StatefulConnection<byte[], byte[]> connection(
            Supplier<? extends StatefulConnection<byte[], byte[]>> connect) {
        for (int attempt = 1; ; attempt++) {
            try {
                return connect.get();
            } catch (RedisException e) {
                if (attempt == CONNECT_ATTEMPTS || !isWrongState(innermost(e))) {
                    throw e;
                }
            }
        }
    }

    private static boolean isWrongState(Throwable failure) {
        return failure instanceof IllegalStateException || CLOSED_BEFORE_IT_TOLD.equals(failure.getMessage());
    }

    private static RedisURI address(String uri, ReaderOptions options) {
        RedisURI address;
        try {
            address = RedisURI.create(uri);
        } catch (RuntimeException e) {
            // Its message repeats the address, which may hold a password: it is not passed on.
            throw new IllegalArgumentException("Cannot read the address of the online store: it is no Redis URI, "
                    + "expected redis://[user:password@]host[:port][/database]");
        }
        if (options.password().isPresent()) {
            char[] password = options.password().get().toCharArray();
            RedisURI.Builder builder = RedisURI.builder(address);
            address = options.username().isPresent()
                    ? builder.withAuthentication(options.username().get(), password)
                            .build()
                    : builder.withPassword(password).build();
        }
        address.setTimeout(options.timeout());
        return address;
    }

    private static Stream<String> places(RedisURI address) {
        return address.getSentinels().isEmpty()
                ? Stream.of(address.getHost() + ":" + address.getPort())
                : address.getSentinels().stream().map(each -> each.getHost() + ":" + each.getPort());
    }

    /** Host and port of the servers, for messages. */
    String place() {
        return place;
    }

    /** Sends commands in one go; each completes by itself. */
    void send(List<RedisCommand<byte[], byte[], ?>> commands) {
        connection.dispatch(commands);
    }

    static Throwable innermost(Throwable e) {
        Throwable inner = e;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown(Duration.ZERO, LONGEST_SHUTDOWN);
    }
}
