/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.client.EntityRow;
import io.freshet.client.FeatureReader;
import io.freshet.client.FeatureRequest;
import io.freshet.client.FeatureService;
import io.freshet.client.ReaderOptions;
import io.freshet.definition.Layout;
import io.freshet.definition.ViewPlan;
import io.freshet.row.FeatureRow;
import io.freshet.sink.RedisOptions;
import io.freshet.sink.RowStore;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.embedded.RedisServer;

/**
 * The layouts of the online store beside each other, on one Redis of its own and one connection each way: bytes per entity,
 * rows written and rows read per second, with 10, 50 and 200 features, all of which are read.
 */
final class LayoutSuite {

    private static final List<Integer> FEATURES = List.of(10, 50, 200);
    private static final int BATCH = 256;
    private static final int PER_CALL = 100;
    private static final int MOST_CALLS = 400;
    private static final int MOST_WRITES = 40;
    private static final int FEWEST = 4;
    private static final double NANOS = 1e9;
    private static final Pattern USED = Pattern.compile("used_memory:(\\d+)");

    private final int entities;
    private final String uri;
    private final RedisCommands<String, String> redis;

    private LayoutSuite(int entities, String uri, RedisCommands<String, String> redis) {
        this.entities = entities;
        this.uri = uri;
        this.redis = redis;
    }

    static List<Result> run(Options options) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        RedisServer server = RedisServer.builder()
                .port(port)
                .setting("save \"\"")
                .setting("bind 127.0.0.1")
                .build();
        server.start();
        RedisClient client = RedisClient.create("redis://127.0.0.1:" + port);
        try {
            return new LayoutSuite(
                            options.entities(),
                            "redis://127.0.0.1:" + port,
                            client.connect().sync())
                    .measure(options.rounds());
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
            server.stop();
        }
    }

    private List<Result> measure(int rounds) throws Exception {
        List<Result> results = new ArrayList<>();
        for (int features : FEATURES) {
            List<Result> group = new ArrayList<>();
            for (Layout layout : Layout.values()) {
                group.add(new Result(
                        Suite.LAYOUTS.label(),
                        "layouts of the online store: " + features + " features",
                        layout.name().toLowerCase(java.util.Locale.ROOT),
                        new TreeMap<>(Map.of("features", features, "entities", entities))));
            }
            for (int round = 0; round <= rounds; round++) {
                for (Layout layout : Layout.values()) {
                    Result result = group.get(layout.ordinal());
                    Map<Figure, Double> figures = figures(LayoutData.view(features, layout));
                    Progress.show(result, round, rounds, figures);
                    if (round > 0) {
                        result.add(figures);
                    }
                }
            }
            results.addAll(group);
        }
        return results;
    }

    private Map<Figure, Double> figures(ViewPlan plan) throws Exception {
        redis.flushall();
        long before = usedBytes();
        Map<Figure, Double> figures = new TreeMap<>();
        RedisOptions options = new RedisOptions(uri, null, null, null, BATCH, BATCH, Duration.ofSeconds(60));
        try (RowStore store = RowStore.of(options, "bench", plan)) {
            for (int from = 0; from < entities; from += BATCH) {
                write(store, plan, from, Math.min(entities, from + BATCH), 1);
            }
            figures.put(Figure.REDIS_BYTES_PER_ENTITY, (usedBytes() - before) / (double) entities);
            figures.put(Figure.ROWS_WRITTEN_PER_SECOND, writtenAgain(store, plan));
        }
        figures.put(Figure.ROWS_READ_PER_SECOND, read(plan));
        return figures;
    }

    private static void write(RowStore store, ViewPlan plan, int from, int to, long seq) throws Exception {
        store.write(LayoutData.rows(plan, from, to, seq)).toCompletableFuture().get();
    }

    /** Newer rows of entities that are there: what a job does most. The making of the rows is left out. */
    private double writtenAgain(RowStore store, ViewPlan plan) throws Exception {
        long nanos = 0;
        int rows = 0;
        int writes = Math.max(FEWEST, Math.min(MOST_WRITES, entities / BATCH));
        for (int i = 0; i < writes; i++) {
            int from = (int) ((long) i * (entities - BATCH) / writes);
            if (from < 0) {
                from = 0;
            }
            List<FeatureRow> batch = LayoutData.rows(plan, from, Math.min(entities, from + BATCH), 2 + i);
            long begin = System.nanoTime();
            store.write(batch).toCompletableFuture().get();
            nanos += System.nanoTime() - begin;
            rows += batch.size();
        }
        return rows / (nanos / NANOS);
    }

    /** Calls of a hundred entities each, one after the other, all features, as values. */
    private double read(ViewPlan plan) {
        FeatureService service = FeatureService.of(plan);
        Random random = new Random(1);
        int calls = Math.max(FEWEST, Math.min(MOST_CALLS, entities / 10));
        List<FeatureRequest> requests = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            List<EntityRow> rows = new ArrayList<>();
            for (int row = 0; row < PER_CALL; row++) {
                rows.add(EntityRow.of("card", LayoutData.entity(random.nextInt(entities))));
            }
            requests.add(FeatureRequest.of(service, rows));
        }
        try (FeatureReader reader = FeatureReader.connect(ReaderOptions.redis(uri)
                .namespace("bench")
                .timeout(Duration.ofSeconds(30))
                .build())) {
            requests.subList(0, calls / FEWEST).forEach(reader::read);
            long begin = System.nanoTime();
            requests.forEach(reader::read);
            return calls * PER_CALL / ((System.nanoTime() - begin) / NANOS);
        }
    }

    private long usedBytes() {
        Matcher used = USED.matcher(redis.info("memory"));
        if (!used.find()) {
            throw new IllegalStateException("Redis does not say how much memory it uses");
        }
        return Long.parseLong(used.group(1));
    }
}
