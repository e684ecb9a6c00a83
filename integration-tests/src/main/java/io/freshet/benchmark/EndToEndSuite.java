/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.definition.Layout;
import io.freshet.definition.ViewText;
import io.freshet.job.FeatureJob;
import io.freshet.source.EventRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Kafka to Redis and history on a local stack: how fast a backlog drains, beside a job without windows; then how fresh rows
 * are at shares of that pace. Broker, job and producer share this JVM and the machine's cores, Redis is a process beside it.
 */
final class EndToEndSuite {

    /** The stream after which freshness is measured, on events of now. */
    private static final String LIVE = "dense";

    private static final int MOST_ROUNDS = 2;
    private static final double[] SHARES = {0.1, 0.5, 0.9};
    private static final double WARM_UP_SHARE = 1.0 / 3;
    private static final List<Layout> LAYOUTS = List.of(Layout.HASH, Layout.COMPACT);
    private static final String FRESHNESS = "end-to-end: freshness, from before the event is sent to its row in Redis";

    private final EndToEnd stack;
    private final LoadGenerator load;
    private final Options options;
    private final Workload workload;

    /** What drains the backlog. */
    private record Contestant(Result result, ViewText view, EndToEnd.Assembly assembly) {}

    private EndToEndSuite(EndToEnd stack, LoadGenerator load, Options options, Workload workload) {
        this.stack = stack;
        this.load = load;
        this.options = options;
        this.workload = workload;
    }

    static List<Result> run(Options options) throws Exception {
        List<Result> results = new ArrayList<>();
        for (Map.Entry<String, Long> stream : Workload.STREAMS.entrySet()) {
            Workload workload = Workload.base(stream.getValue());
            Schema schema = workload.view().plan().sources().get(0).schema();
            try (EndToEnd stack = EndToEnd.start(workload.parallelism());
                    LoadGenerator load = new LoadGenerator(stack.kafka(), schema, workload.entities())) {
                EndToEndSuite suite = new EndToEndSuite(stack, load, options, workload);
                results.addAll(suite.capacities(stream.getKey()));
                if (stream.getKey().equals(LIVE)) {
                    results.addAll(suite.freshness());
                }
            }
        }
        return results;
    }

    /** How fast the backlog drains with and without windows, a pair of contestants for each layout. */
    private List<Result> capacities(String stream) throws Exception {
        List<Contestant> contestants = new ArrayList<>();
        for (Layout layout : LAYOUTS) {
            String group = "end-to-end, " + stream + ": Kafka to Redis and history, 4 windows x 4 functions, layout "
                    + layout.name().toLowerCase(Locale.ROOT);
            ViewText view = workload.view(layout);
            contestants.add(new Contestant(result(group, "pass-through, no windows"), view, PassThrough::assemble));
            contestants.add(new Contestant(result(group, "Freshet, heap"), view, FeatureJob::assemble));
        }
        long startMillis = load.backlog(options.events(), workload.eventsPerSecond());
        Drain drain = new Drain(stack, options.seconds(), workload.eventsPerSecond(), startMillis);
        int rounds = Math.min(options.rounds(), MOST_ROUNDS);
        for (int round = 0; round <= rounds; round++) {
            for (Contestant each : contestants) {
                Map<Figure, Double> figures = drain.figures(each.view(), each.assembly());
                Progress.show(each.result(), round, rounds, figures);
                if (round > 0) {
                    each.result().add(figures);
                }
            }
        }
        return contestants.stream().map(Contestant::result).toList();
    }

    private Result result(String group, String name) {
        return new Result(Suite.END_TO_END.label(), group, name, workload.parameters());
    }

    /** How fresh rows are at shares of what each layout keeps up with. */
    private List<Result> freshness() throws Exception {
        List<Result> results = new ArrayList<>();
        for (Layout layout : LAYOUTS) {
            EndToEnd.Job job = stack.run(workload.view(layout), new EventRange.Latest(), FeatureJob::assemble);
            double capacity = new LiveLoad(stack, load, job).capacity();
            stack.end(job);
            for (double share : SHARES) {
                results.addAll(freshness(share, capacity * share, layout));
            }
        }
        return results;
    }

    private List<Result> freshness(double share, double pace, Layout layout) throws Exception {
        EndToEnd.Job job = stack.run(workload.view(layout), new EventRange.Latest(), FeatureJob::assemble);
        double warmUp = options.seconds() * WARM_UP_SHARE;
        LiveLoad live = new LiveLoad(stack, load, job);
        live.warmUp(pace, warmUp);
        LiveLoad.Outcome outcome = live.run(pace, options.seconds() - warmUp);
        Checkpoints checkpoints = new Checkpoints(stack.flink(), job.handle().jobId());
        stack.end(job);
        String name = String.format(
                Locale.ROOT, "layout %s, %.0f%% of the live capacity, ", layout.name().toLowerCase(Locale.ROOT), 100 * share);
        List<Result> results = new ArrayList<>();
        results.add(quantiles(name + "all time", outcome.eventsPerSecond(), outcome.seen()));
        List<FreshnessProbe.Seen> spared =
                outcome.seen().stream().filter(checkpoints::sparedThe).toList();
        if (!spared.isEmpty()) {
            results.add(quantiles(
                    name + "between " + checkpoints.count() + " checkpoints", outcome.eventsPerSecond(), spared));
        }
        return results;
    }

    private Result quantiles(String name, double pace, List<FreshnessProbe.Seen> seen) {
        List<Double> millis = seen.stream().map(FreshnessProbe.Seen::millis).toList();
        List<Double> rowMillis =
                seen.stream().map(each -> (double) each.rowMillis()).toList();
        Result result = result(FRESHNESS, name);
        Map<Figure, Double> figures = Map.of(
                Figure.EVENTS_PER_SECOND, pace,
                Figure.P50_MILLIS, Statistics.quantile(millis, 0.5),
                Figure.P99_MILLIS, Statistics.quantile(millis, 0.99),
                Figure.P999_MILLIS, Statistics.quantile(millis, 0.999),
                Figure.P50_ROW_MILLIS, Statistics.quantile(rowMillis, 0.5),
                Figure.PROBES, (double) millis.size());
        Progress.show(result, 1, 1, figures);
        result.add(figures);
        return result;
    }
}
