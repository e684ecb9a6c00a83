/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.definition.Column;
import io.freshet.definition.Layout;
import io.freshet.definition.ViewPlan;
import io.freshet.row.OnlineKeys;
import io.freshet.sink.RedisOptions;
import io.freshet.sink.RowStore;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import redis.embedded.RedisServer;

/**
 * Calls for three views of 20 features each, one entity, 2,000 a second, to the feature server in a process of its own with one
 * core, beside the same reads of Redis itself by Lettuce on one connection.
 */
final class ServingSuite {

    private static final int PER_SECOND = 2_000;
    private static final int CONNECTIONS = 16;
    private static final int BATCH = 256;
    private static final int MOST_SECONDS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final double MICROS = 1e6;
    private static final Pattern CPU = Pattern.compile("used_cpu_(?:sys|user):([0-9.]+)");
    private static final Pattern SERVER_CPU = Pattern.compile("(?m)^process_cpu_seconds_total ([0-9.E-]+)$");
    private static final Pattern PID = Pattern.compile("process_id:(\\d+)");

    private final Options options;
    private final String uri;
    private final RedisClient client;
    private final RedisCommands<String, String> redis;

    private ServingSuite(Options options, String uri, RedisClient client) {
        this.options = options;
        this.uri = uri;
        this.client = client;
        this.redis = client.connect().sync();
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
        long self = ProcessHandle.current().pid();
        try {
            ServingSuite suite = new ServingSuite(options, "redis://127.0.0.1:" + port, client);
            Cores.leaveTheFirst(self);
            Cores.leaveTheFirst(number(PID, suite.redis.info("server")).longValue());
            List<Result> results = new ArrayList<>();
            for (Layout layout : List.of(Layout.HASH, Layout.COMPACT)) {
                results.addAll(suite.measure(layout));
            }
            return results;
        } finally {
            Cores.takeAll(self);
            client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
            server.stop();
        }
    }

    private List<Result> measure(Layout layout) throws Exception {
        List<ViewPlan> views = ServingServer.views(layout);
        redis.flushall();
        for (ViewPlan view : views) {
            fill(view);
        }
        Result served = result(layout, "feature server");
        Result straight = result(layout, "Redis by Lettuce");
        int calls = PER_SECOND * Math.min(options.seconds(), MOST_SECONDS);
        Process server = startServer(layout);
        try (BufferedReader out = new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8))) {
            int port = Integer.parseInt(String.valueOf(out.readLine()));
            for (int round = 0; round <= options.rounds(); round++) {
                show(served, round, overHttp(port, views, calls));
                show(straight, round, byLettuce(views, layout, calls));
            }
        } finally {
            server.getOutputStream().close();
            if (!server.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        }
        return List.of(served, straight);
    }

    private Result result(Layout layout, String name) throws Exception {
        return new Result(
                Suite.SERVING.label(),
                "3 views x 20 features, " + PER_SECOND + " calls/s: layout "
                        + layout.name().toLowerCase(Locale.ROOT),
                name,
                new TreeMap<>(Map.of(
                        "calls_per_second",
                        PER_SECOND,
                        "connections",
                        CONNECTIONS,
                        "entities",
                        options.entities(),
                        "own_core",
                        Cores.canKeep())));
    }

    private void show(Result result, int round, Map<Figure, Double> figures) {
        Progress.show(result, round, options.rounds(), figures);
        if (round > 0) {
            result.add(figures);
        }
    }

    private void fill(ViewPlan view) throws Exception {
        RedisOptions to = new RedisOptions(uri, null, null, BATCH, BATCH, LIMIT);
        try (RowStore store = RowStore.of(to, ServingServer.NAMESPACE, view)) {
            for (int from = 0; from < options.entities(); from += BATCH) {
                store.write(LayoutData.rows(view, from, Math.min(options.entities(), from + BATCH), 1))
                        .toCompletableFuture()
                        .get();
            }
        }
        redis.set(
                OnlineKeys.watermark(ServingServer.NAMESPACE, view.view().name()),
                Long.toString(System.currentTimeMillis() + TimeUnit.HOURS.toMillis(1)));
    }

    private Process startServer(Layout layout) throws Exception {
        return new ProcessBuilder(Cores.onTheFirst(List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:ActiveProcessorCount=1",
                        "-Xmx512m",
                        "-Dlog4j2.level=WARN",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServingServer.class.getName(),
                        uri,
                        layout.name())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private Map<Figure, Double> overHttp(int port, List<ViewPlan> views, int calls) throws Exception {
        String features = views.stream()
                .flatMap(view ->
                        view.columns().stream().map(column -> "\"" + view.view().name() + ":" + column.name() + "\""))
                .collect(Collectors.joining(", "));
        String body = "{\"features\": [%s], \"full_feature_names\": true, \"entities\": {\"card\": [\"%s\"]}}";
        List<ServingClient> clients = new ArrayList<>();
        try {
            List<OpenLoop.Caller> callers = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                ServingClient connection = new ServingClient(port);
                clients.add(connection);
                callers.add(number -> connection.call(
                        ServingClient.post("/get-online-features", body.formatted(features, entity(number)))));
            }
            double serverCpu = serverCpu(clients.get(0));
            double redisCpu = redisCpu();
            Map<Figure, Double> figures = OpenLoop.run(callers, PER_SECOND, calls);
            figures.put(Figure.REDIS_CPU_MICROS_PER_CALL, (redisCpu() - redisCpu) * MICROS / calls);
            figures.put(Figure.SERVER_CPU_MICROS_PER_CALL, (serverCpu(clients.get(0)) - serverCpu) * MICROS / calls);
            return figures;
        } finally {
            for (ServingClient each : clients) {
                each.close();
            }
        }
    }

    /** The commands that the reader of the server sends, and nothing made of what they give. */
    private Map<Figure, Double> byLettuce(List<ViewPlan> views, Layout layout, int calls) throws Exception {
        try (StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE)) {
            RedisAsyncCommands<byte[], byte[]> commands = connection.async();
            List<byte[][]> fields = views.stream().map(ServingSuite::fields).toList();
            OpenLoop.Caller caller = number -> {
                List<RedisFuture<?>> sent = new ArrayList<>();
                for (ViewPlan view : views) {
                    sent.add(commands.get(OnlineKeys.watermark(
                                    ServingServer.NAMESPACE, view.view().name())
                            .getBytes(UTF_8)));
                }
                for (int i = 0; i < views.size(); i++) {
                    byte[] key = OnlineKeys.row(
                                    ServingServer.NAMESPACE, views.get(i).view().name(), entity(number))
                            .getBytes(UTF_8);
                    sent.add(layout == Layout.HASH ? commands.hmget(key, fields.get(i)) : commands.get(key));
                }
                for (RedisFuture<?> each : sent) {
                    each.get();
                }
            };
            List<OpenLoop.Caller> callers = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                callers.add(caller);
            }
            double redisCpu = redisCpu();
            Map<Figure, Double> figures = OpenLoop.run(callers, PER_SECOND, calls);
            figures.put(Figure.REDIS_CPU_MICROS_PER_CALL, (redisCpu() - redisCpu) * MICROS / calls);
            return figures;
        }
    }

    private static byte[][] fields(ViewPlan view) {
        List<String> names =
                new ArrayList<>(view.columns().stream().map(Column::name).toList());
        names.addAll(List.of(
                OnlineKeys.AS_OF, OnlineKeys.AVAILABLE_AT, OnlineKeys.SEQ, OnlineKeys.VERSION, OnlineKeys.WARMING));
        return names.stream().map(name -> name.getBytes(UTF_8)).toArray(byte[][]::new);
    }

    /** All of them in turn, each call far from the last. */
    private String entity(int call) {
        return LayoutData.entity((int) (call * 7919L % options.entities()));
    }

    private static double serverCpu(ServingClient connection) throws Exception {
        return number(SERVER_CPU, new String(connection.call(ServingClient.get("/metrics")), UTF_8));
    }

    private double redisCpu() {
        Matcher each = CPU.matcher(redis.info("cpu"));
        double seconds = 0;
        while (each.find()) {
            seconds += Double.parseDouble(each.group(1));
        }
        return seconds;
    }

    private static Double number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("Cannot find " + pattern + " in:\n" + text);
        }
        return Double.valueOf(found.group(1));
    }
}
