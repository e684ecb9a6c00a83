/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.definition.DefinitionException;
import io.freshet.definition.Layout;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewText;
import io.freshet.definition.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a contestant is given to do.
 *
 * @param windows windows as in a view: {@code 1h} with its default hop, or {@code 1h/10s}
 * @param functions number of functions over each window, in the order of {@link #FUNCTIONS}
 * @param entities number of entities, drawn by Zipf's law
 * @param eventsPerSecond events per second of event time
 * @param parallelism of the whole job
 * @param hot whether every second event is of one entity
 */
record Workload(List<String> windows, int functions, int entities, long eventsPerSecond, int parallelism, boolean hot) {

    /** Events per second of event time: tiles hold many events, or few, so that most rows come from expiries. */
    static final Map<String, Long> STREAMS = streams();

    static final String TOPIC = "benchmark";

    private static final List<String> WINDOWS = List.of(("1m 10m 1h 1d 2m 5m 15m 20m 30m 2h 3h 4h 6h 8h 12h 2d"
                    + " 3m 4m 6m 12m 40m 45m 90m 5h 10h 16h 18h 3d 4d 5d 7d 14d")
            .split(" "));

    private static final List<String> FUNCTIONS = List.of(
            "count: \"*\"",
            "sum: value",
            "min: value",
            "max: value",
            "mean: value",
            "variance: value",
            "first: value",
            "last: value",
            "sum: amount",
            "mean: amount",
            "min: amount",
            "max: amount",
            "stddev_pop: amount",
            "sum: quantity",
            "mean: quantity",
            "last: quantity");

    private static final String SCHEMA = """
            {"type": "record", "name": "Event", "fields": [
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "key", "type": "string"},
              {"name": "value", "type": "long"},
              {"name": "amount", "type": "double"},
              {"name": "quantity", "type": "long"}]}
            """;

    Workload {
        windows = List.copyOf(windows);
    }

    private static Map<String, Long> streams() {
        Map<String, Long> streams = new LinkedHashMap<>();
        streams.put("dense", 50_000L);
        streams.put("sparse", 1_000L);
        return streams;
    }

    /** Four windows, count, sum, min, max, 100,000 entities, parallelism 1. */
    static Workload base(long eventsPerSecond) {
        return new Workload(WINDOWS.subList(0, 4), 4, 100_000, eventsPerSecond, 1, false);
    }

    /** So many windows, 32 at most: the first four are those of the base, one alone is of an hour. */
    Workload withWindows(int number) {
        return withWindows(number == 1 ? List.of("1h") : WINDOWS.subList(0, number));
    }

    Workload withWindows(List<String> texts) {
        return new Workload(texts, functions, entities, eventsPerSecond, parallelism, hot);
    }

    /** So many functions, 16 at most. */
    Workload withFunctions(int number) {
        return new Workload(windows, number, entities, eventsPerSecond, parallelism, hot);
    }

    Workload withEntities(int number) {
        return new Workload(windows, functions, number, eventsPerSecond, parallelism, hot);
    }

    Workload withParallelism(int number) {
        return new Workload(windows, functions, entities, eventsPerSecond, number, hot);
    }

    /** The same with a hot key: every second event is of one entity. */
    Workload withHotKey() {
        return new Workload(windows, functions, entities, eventsPerSecond, parallelism, true);
    }

    /** As a feature view. */
    ViewText view() {
        return view("", Layout.HASH);
    }

    /** As a feature view whose rows are in the online store in that form. */
    ViewText view(Layout layout) {
        return view("", layout);
    }

    /** As a feature view whose features all have one filter: bit 0 of an event. */
    ViewText filteredView() {
        return view(", where: \"event.value > 0\"", Layout.HASH);
    }

    private ViewText view(String where, Layout layout) {
        StringBuilder yaml = new StringBuilder();
        yaml.append("view: benchmark\n");
        yaml.append("source: {topic: ").append(TOPIC).append(", schema: Event, event_time: time}\n");
        yaml.append("entity: [key]\n");
        yaml.append("windows: [").append(String.join(", ", windows)).append("]\n");
        yaml.append("online: {layout: ")
                .append(layout.name().toLowerCase(Locale.ROOT))
                .append("}\n");
        yaml.append("features:\n");
        for (int i = 0; i < functions; i++) {
            yaml.append("  f")
                    .append(i)
                    .append(": {")
                    .append(FUNCTIONS.get(i))
                    .append(where)
                    .append("}\n");
        }
        try {
            return ViewText.of("benchmark.yaml", yaml.toString(), new Schemas(Map.of("Event", SCHEMA)));
        } catch (DefinitionException e) {
            throw new IllegalStateException("The benchmark's view must be right:\n" + yaml, e);
        }
    }

    /** The windows with the hops that Freshet gives them; Flink's windows slide by them. */
    List<Window> hoppingWindows() {
        return view().plan().windowed().stream()
                .map(column -> column.window())
                .distinct()
                .toList();
    }

    /** For the JSON file. */
    Map<String, Object> parameters() {
        return Map.of(
                "windows", windows,
                "functions", functions,
                "entities", entities,
                "events_per_second_of_event_time", eventsPerSecond,
                "parallelism", parallelism,
                "hot_key", hot);
    }
}
