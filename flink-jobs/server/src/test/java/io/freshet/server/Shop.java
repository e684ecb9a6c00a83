/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import io.freshet.client.FeatureReader;
import io.freshet.client.ReaderOptions;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewPlanner;
import io.freshet.row.FeatureRow;
import io.freshet.row.OnlineFields;
import io.freshet.row.OnlineKeys;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;

/** Two views of a shop, and a Redis of its own with rows of them, true at {@link #AS_OF}; it is 2 s later. */
final class Shop implements AutoCloseable {

    static final long AS_OF = 1_700_000_000_000L;
    static final Instant NOW = Instant.ofEpochMilli(AS_OF + 2_000);

    private static final String SCHEMA = """
            {"type": "record", "name": "Payment", "fields": [
              {"name": "card", "type": "string"},
              {"name": "country", "type": "string"},
              {"name": "shop", "type": "long"},
              {"name": "amount", "type": "double"},
              {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}},
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
            """;

    private static final String CARDS = """
            view: cards
            version: 2
            source: {topic: t, schema: Payment, event_time: time, out_of_orderness: 4s}
            entity: [card]
            windows: [1h]
            features:
              n: {count: "*"}
              amount_mean: {mean: amount}
              price_sum: {sum: price}
              first_at: {first: time}
              age: {time_since_last: "*"}
            request: {amount: double, limit: "decimal(10,2)"}
            on_demand:
              ratio: "request.amount / amount_mean_1h"
              below: "request.limit > price_sum_1h"
            freshness: 5s
            """;

    private static final String SHOPS = """
            view: shops
            source: {topic: t, schema: Payment, event_time: time}
            entity: [country, shop]
            windows: [1h, 1d]
            features:
              n: {count: "*"}
              spent: {sum: amount, windows: [1d]}
            """;

    private final RedisServer server;
    private final RedisClient client;
    private final String uri;
    final RedisCommands<String, String> redis;
    final ViewPlan cards = plan(CARDS);
    final ViewPlan shops = plan(SHOPS);

    private Shop(int port) throws IOException {
        server = RedisServer.builder()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
        uri = "redis://127.0.0.1:" + port;
        client = RedisClient.create(uri);
        redis = client.connect().sync();
    }

    static Shop open() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            int port = free.getLocalPort();
            free.close();
            return new Shop(port);
        }
    }

    static ViewPlan plan(String yaml) {
        try {
            return ViewPlanner.plan("view.yaml", yaml, new Schemas(Map.of("Payment", SCHEMA)));
        } catch (DefinitionException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Card ann and shop 7 of DE have rows; nobody else. */
    void fill() {
        redis.flushall();
        redis.set("shop:_watermark:cards", Long.toString(AS_OF));
        redis.set("shop:_watermark:shops", Long.toString(AS_OF));
        write(cards, "ann", AS_OF, 7L, 4.0, new BigDecimal("1.50"), AS_OF - 9, 9_000L);
        write(shops, "DE|7", AS_OF - 500, 3L, null, 12.5);
    }

    void write(ViewPlan view, String entity, long asOf, @Nullable Object... values) {
        redis.hset(
                OnlineKeys.row("shop", view.view().name(), entity),
                new OnlineFields(view).of(new FeatureRow(entity, asOf, asOf + 3, 4, Long.MIN_VALUE, asOf, values)));
    }

    ServedViews views() {
        return ServedViews.of(
                List.of(cards, shops),
                Map.of("fraud", List.of("cards:n_1h", "shops:spent_1d"), "all", List.of("shops")));
    }

    ReaderOptions.Builder readerOptions() {
        return ReaderOptions.redis(uri)
                .namespace("shop")
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .timeout(Duration.ofSeconds(10));
    }

    FeatureReader reader() {
        return FeatureReader.connect(readerOptions().build());
    }

    /** No answer for so long. */
    void pause(Duration time) {
        redis.dispatch(
                io.lettuce.core.protocol.CommandType.CLIENT,
                new io.lettuce.core.output.StatusOutput<>(io.lettuce.core.codec.StringCodec.UTF8),
                new io.lettuce.core.protocol.CommandArgs<>(io.lettuce.core.codec.StringCodec.UTF8)
                        .add("PAUSE")
                        .add(time.toMillis()));
    }

    /** Stops Redis, for good. */
    void stopRedis() {
        server.stop();
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        if (server.isActive()) {
            server.stop();
        }
    }
}
