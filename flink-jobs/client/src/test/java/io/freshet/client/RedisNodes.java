/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.RedisServer;
import redis.embedded.RedisServerBuilder;

/** Redis servers of the tests' own, on free ports of loopback; nothing is written to disk but where a cluster must. */
final class RedisNodes implements AutoCloseable {

    private static final int SLOTS = 16_384;

    private final List<RedisServer> servers = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    private RedisNodes() {}

    /** One server with these settings beside its port. */
    static RedisNodes one(String... settings) throws IOException {
        RedisNodes nodes = new RedisNodes();
        nodes.start(freePort(), List.of(settings));
        return nodes;
    }

    /** A cluster of primaries that share the slots. */
    static RedisNodes cluster(int size, Path folder) throws IOException {
        RedisNodes nodes = new RedisNodes();
        List<Integer> buses = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int bus = freePort();
            buses.add(bus);
            nodes.start(
                    freePort(),
                    List.of(
                            "cluster-enabled yes",
                            "cluster-port " + bus,
                            "cluster-node-timeout 5000",
                            "cluster-config-file " + folder.resolve("nodes-" + i + ".conf"),
                            "dir " + folder));
        }
        for (int i = 0; i < size; i++) {
            int node = i;
            nodes.withNode(i, redis -> {
                int from = node * SLOTS / size;
                int[] slots = new int[(node + 1) * SLOTS / size - from];
                for (int slot = 0; slot < slots.length; slot++) {
                    slots[slot] = from + slot;
                }
                redis.clusterAddSlots(slots);
                // Lettuce's own MEET names no bus, which would be 10,000 above the port.
                redis.dispatch(
                        CommandType.CLUSTER,
                        new StatusOutput<>(StringCodec.UTF8),
                        new CommandArgs<>(StringCodec.UTF8)
                                .add("MEET")
                                .add("127.0.0.1")
                                .add(nodes.ports.get(0))
                                .add(buses.get(0)));
            });
        }
        for (int i = 0; i < size; i++) {
            nodes.withNode(
                    i,
                    redis -> await().atMost(Duration.ofSeconds(30))
                            .until(() -> redis.clusterInfo().contains("cluster_state:ok")
                                    && redis.clusterInfo().contains("cluster_known_nodes:" + size)));
        }
        return nodes;
    }

    private void start(int port, List<String> settings) throws IOException {
        RedisServerBuilder builder =
                RedisServer.builder().port(port).setting("bind 127.0.0.1").setting("save \"\"");
        settings.forEach(builder::setting);
        RedisServer server = builder.build();
        server.start();
        servers.add(server);
        ports.add(port);
    }

    private void withNode(int node, java.util.function.Consumer<RedisCommands<String, String>> step) {
        RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", ports.get(node)));
        try {
            step.accept(client.connect().sync());
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        }
    }

    int port() {
        return ports.get(0);
    }

    List<String> uris() {
        return ports.stream().map(port -> "redis://127.0.0.1:" + port).toList();
    }

    /** Stops a node, for good. */
    void stop(int node) {
        servers.get(node).stop();
    }

    @Override
    public void close() {
        servers.stream().filter(RedisServer::isActive).forEach(RedisServer::stop);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
