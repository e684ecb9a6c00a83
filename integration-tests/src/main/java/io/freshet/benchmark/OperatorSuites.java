/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The suites of the window operator: which contestants do what. One dimension at a time leaves the base case. */
final class OperatorSuites {

    private static final int[] WINDOWS = {1, 4, 16, 32};
    private static final int[] FUNCTIONS = {1, 4, 16};
    private static final int[] ENTITIES = {1_000, 10_000, 100_000, 1_000_000};
    private static final int[] PARALLELISMS = {1, 2};
    private static final String PANES = "1h/10s";

    private final String suite;
    private final Options options;
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(Result result, Contestant contestant, Workload workload, long events) {}

    private OperatorSuites(Suite suite, Options options) {
        this.suite = suite.label();
        this.options = options;
    }

    /** Engine limit, Flink's windows, Flink SQL and Freshet on the base case. */
    static List<Result> base(Options options) throws Exception {
        return eachStream(Suite.BASE, options, (suite, title, base) -> {
            for (Contestant each :
                    List.of(Contestant.COUNTER, Contestant.FLINK_WINDOWS, Contestant.FLINK_SQL, Contestant.FRESHET)) {
                suite.add(title, each.title(), each, base);
            }
        });
    }

    /** Freshet over more and more windows. */
    static List<Result> windows(Options options) throws Exception {
        return eachStream(Suite.WINDOWS, options, (suite, title, base) -> {
            for (int number : WINDOWS) {
                suite.add(title, number + " windows", Contestant.FRESHET, base.withWindows(number));
            }
        });
    }

    /** Freshet with more and more functions. */
    static List<Result> functions(Options options) throws Exception {
        return eachStream(Suite.FUNCTIONS, options, (suite, title, base) -> {
            for (int number : FUNCTIONS) {
                suite.add(title, number + " functions", Contestant.FRESHET, base.withFunctions(number));
            }
        });
    }

    /** Engine limit and Freshet with more and more entities. */
    static List<Result> entities(Options options) throws Exception {
        return eachStream(Suite.ENTITIES, options, (suite, title, base) -> {
            for (int number : ENTITIES) {
                Workload workload = base.withEntities(number);
                String name = String.format(Locale.ROOT, "%,d entities, ", number);
                suite.add(title, name + "engine limit", Contestant.COUNTER, workload);
                suite.add(title, name + "Freshet", Contestant.FRESHET, workload);
            }
        });
    }

    /** Engine limit and Freshet on one and two tasks. */
    static List<Result> parallelism(Options options) throws Exception {
        return eachStream(Suite.PARALLELISM, options, (suite, title, base) -> {
            for (int number : PARALLELISMS) {
                Workload workload = base.withParallelism(number);
                suite.add(title, "parallelism " + number + ", engine limit", Contestant.COUNTER, workload);
                suite.add(title, "parallelism " + number + ", Freshet", Contestant.FRESHET, workload);
            }
        });
    }

    /** Two tasks, and a key that half of all events have: as they come, and coalesced before they are spread. */
    static List<Result> skew(Options options) throws Exception {
        return eachStream(Suite.SKEW, options, (suite, title, base) -> {
            Workload even = base.withParallelism(2);
            Workload hot = even.withHotKey();
            suite.add(title, "no hot key, engine limit", Contestant.COUNTER, even);
            suite.add(title, "no hot key, " + Contestant.FRESHET.title(), Contestant.FRESHET, even);
            suite.add(title, "hot key, engine limit", Contestant.COUNTER, hot);
            suite.add(title, "hot key, " + Contestant.FRESHET.title(), Contestant.FRESHET, hot);
            suite.add(title, "hot key, " + Contestant.FRESHET_COALESCING.title(), Contestant.FRESHET_COALESCING, hot);
        });
    }

    /** One window of an hour that moves by ten seconds: 360 panes to Flink. */
    static List<Result> panes(Options options) throws Exception {
        return eachStream(Suite.PANES, options, (suite, title, base) -> {
            Workload workload = base.withWindows(List.of(PANES));
            // An event costs Flink 360 updates here: it gets a quarter of its events.
            suite.add(
                    title,
                    Contestant.FLINK_WINDOWS.title(),
                    Contestant.FLINK_WINDOWS,
                    workload,
                    options.flinkEvents() / 4);
            suite.add(title, Contestant.FLINK_SQL.title(), Contestant.FLINK_SQL, workload);
            suite.add(title, Contestant.FRESHET.title(), Contestant.FRESHET, workload);
        });
    }

    /** Freshet on RocksDB beside the least that RocksDB can do, and beside itself on the heap. */
    static List<Result> rocksdb(Options options) throws Exception {
        return eachStream(Suite.ROCKSDB, options, (suite, title, base) -> {
            for (Contestant each : List.of(
                    Contestant.COUNTER_ROCKSDB,
                    Contestant.FRESHET,
                    Contestant.FRESHET_ROCKSDB,
                    Contestant.FRESHET_ROCKSDB_SMALL_CACHE)) {
                suite.add(title, each.title(), each, base, options.rocksdbEvents());
            }
        });
    }

    @FunctionalInterface
    private interface Plan {
        void add(OperatorSuites suite, String title, Workload base);
    }

    private static List<Result> eachStream(Suite suite, Options options, Plan plan) throws Exception {
        OperatorRun runs = new OperatorRun(OperatorRun.measureIdleCpu());
        List<Result> results = new ArrayList<>();
        for (Map.Entry<String, Long> stream : Workload.STREAMS.entrySet()) {
            OperatorSuites suites = new OperatorSuites(suite, options);
            String title = String.format(
                    Locale.ROOT,
                    "%s, %s: %,d events per second of event time",
                    suite.label(),
                    stream.getKey(),
                    stream.getValue());
            plan.add(suites, title, Workload.base(stream.getValue()));
            results.addAll(suites.measure(runs));
        }
        return results;
    }

    private void add(String group, String name, Contestant contestant, Workload workload) {
        add(group, name, contestant, workload, contestant.events(options));
    }

    private void add(String group, String name, Contestant contestant, Workload workload, long events) {
        Map<String, Object> parameters = new TreeMap<>(workload.parameters());
        parameters.put("contestant", contestant.title());
        parameters.put("events", events);
        entries.add(new Entry(new Result(suite, group, name, parameters), contestant, workload, events));
    }

    /** Rounds of one run of each, so that a slow minute of the machine meets all alike. */
    private List<Result> measure(OperatorRun runs) throws Exception {
        for (int round = 0; round <= options.rounds(); round++) {
            for (Entry entry : entries) {
                Map<Figure, Double> figures = runs.run(entry.contestant(), entry.workload(), entry.events());
                Progress.show(entry.result(), round, options.rounds(), figures);
                if (round > 0) {
                    entry.result().add(figures);
                }
            }
        }
        return entries.stream().map(Entry::result).toList();
    }
}
