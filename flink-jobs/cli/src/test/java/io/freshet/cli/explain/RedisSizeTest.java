/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import redis.embedded.RedisServer;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisSizeTest {

    private static final String KEY = "freshet:orders:customer-17";

    /** The server here has another allocator than most, which rounds less. */
    private static final Percentage NEAR = Percentage.withPercentage(25);

    private RedisServer server;
    private RedisClient client;
    private StatefulRedisConnection<byte[], byte[]> redis;

    @BeforeAll
    void start() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        server = RedisServer.builder()
                .port(port)
                .setting("save \"\"")
                .setting("bind 127.0.0.1")
                .build();
        server.start();
        client = RedisClient.create("redis://127.0.0.1:" + port);
        redis = client.connect(ByteArrayCodec.INSTANCE);
    }

    @AfterAll
    void stop() throws Exception {
        client.shutdown();
        server.stop();
    }

    @BeforeEach
    void empty() {
        redis.sync().flushall();
    }

    @Test
    void aStringTakesNearlyWhatRedisSays() {
        for (int length = 20; length < 1_000; length += 3) {
            byte[] value = new byte[length];
            new Random(length).nextBytes(value);
            redis.sync().set(KEY.getBytes(StandardCharsets.UTF_8), value);
            assertThat(RedisSize.bytes(KEY, value)).as("%d bytes", length).isCloseTo(used(), NEAR);
        }
    }

    @Test
    void aHashTakesNearlyWhatRedisSays() {
        Random random = new Random(42);
        for (int fields = 1; fields < 300; fields += 7) {
            Map<String, String> hash = new HashMap<>();
            Map<byte[], byte[]> sent = new HashMap<>();
            for (int i = 0; i < fields; i++) {
                String name = "feature_" + i + "_1h";
                String value = i % 2 == 0 ? Long.toString(random.nextInt()) : Double.toString(random.nextDouble());
                hash.put(name, value);
                sent.put(name.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
            }
            redis.sync().del(KEY.getBytes(StandardCharsets.UTF_8));
            redis.sync().hset(KEY.getBytes(StandardCharsets.UTF_8), sent);
            assertThat(RedisSize.bytes(KEY, hash)).as("%d fields", fields).isCloseTo(used(), NEAR);
        }
    }

    private long used() {
        return redis.sync().memoryUsage(KEY.getBytes(StandardCharsets.UTF_8));
    }
}
