/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.cli.CommandFailedException;
import io.freshet.job.FeatureJob;
import io.freshet.row.OnlineKeys;
import io.freshet.source.EventRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;

/**
 * Kafka to Redis and history on a local stack: how fast a backlog drains, beside a job without windows; then how fresh rows
 * are at shares of that pace. Broker, job and producer share this JVM and the machine's cores, Redis is a process beside it.
 */
final class EndToEndSuite {

    private static final int MOST_ROUNDS = 2;
    private static final double[] SHARES = {0.1, 0.5, 0.9};
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final double WARM_UP_SHARE = 1.0 / 3;
    private static final String GROUP = "end-to-end: Kafka to Redis and history, 4 windows x 4 functions";
    private static final String FRESHNESS = "end-to-end: freshness, from before the event is sent to its row in Redis";

    private final EndToEnd stack;
    private final LoadGenerator load;
    private final Options options;

    private final Drain drain;

    private EndToEndSuite(EndToEnd stack, LoadGenerator load, Options options, Drain drain) {
        this.drain = drain;
        this.stack = stack;
        this.load = load;
        this.options = options;
    }

    static List<Result> run(Options options) throws Exception {
        Workload workload = Workload.base(Drain.EVENTS_PER_SECOND);
        Schema schema = workload.view().plan().sources().get(0).schema();
        List<Result> results = new ArrayList<>();
        try (EndToEnd stack = EndToEnd.start(workload.view(), workload.parallelism());
                LoadGenerator load = new LoadGenerator(stack.kafka(), schema, workload.entities())) {
            long startMillis = load.backlog(options.events(), Drain.EVENTS_PER_SECOND);
            EndToEndSuite suite =
                    new EndToEndSuite(stack, load, options, new Drain(stack, options.seconds(), startMillis));
            Result passThrough = suite.result(GROUP, "pass-through, no windows", workload);
            Result freshet = suite.result(GROUP, "Freshet, heap", workload);
            suite.capacities(passThrough, freshet);
            results.add(passThrough);
            results.add(freshet);
            for (double share : SHARES) {
                double pace = freshet.median(Figure.EVENTS_PER_SECOND) * share;
                results.addAll(suite.freshness(share, pace, workload));
            }
        }
        return results;
    }

    private Result result(String group, String name, Workload workload) {
        return new Result(Suite.END_TO_END.label(), group, name, workload.parameters());
    }

    private void capacities(Result passThrough, Result freshet) throws Exception {
        int rounds = Math.min(options.rounds(), MOST_ROUNDS);
        for (int round = 0; round <= rounds; round++) {
            for (Result each : List.of(passThrough, freshet)) {
                Map<Figure, Double> figures =
                        drain.figures(each == freshet ? FeatureJob::assemble : PassThrough::assemble);
                Progress.show(each, round, rounds, figures);
                if (round > 0) {
                    each.add(figures);
                }
            }
        }
    }

    private List<Result> freshness(double share, double pace, Workload workload) throws Exception {
        EndToEnd.Job job = stack.run(new EventRange.Latest(), FeatureJob::assemble);
        double warmUp = options.seconds() * WARM_UP_SHARE;
        load.pace(pace, warmUp, Optional.empty());
        String view = stack.view().plan().view().name();
        FreshnessProbe probe = new FreshnessProbe(stack.redis().async(), OnlineKeys.rowPrefix(job.namespace(), view));
        double[] reached = new double[1];
        Thread sender = new Thread(() -> reached[0] = paced(pace, options.seconds() - warmUp, probe), "load");
        sender.start();
        List<FreshnessProbe.Seen> seen = probe.await(sender, GRACE_NANOS);
        Checkpoints checkpoints = new Checkpoints(stack.flink(), job.handle().jobId());
        stack.end(job);
        String name = String.format(Locale.ROOT, "%.0f%% of capacity, ", 100 * share);
        List<Result> results = new ArrayList<>();
        results.add(quantiles(name + "all time", reached[0], seen, workload));
        List<FreshnessProbe.Seen> spared =
                seen.stream().filter(checkpoints::sparedThe).toList();
        if (!spared.isEmpty()) {
            results.add(
                    quantiles(name + "between " + checkpoints.count() + " checkpoints", reached[0], spared, workload));
        }
        return results;
    }

    private double paced(double pace, double seconds, FreshnessProbe probe) {
        try {
            return load.pace(pace, seconds, Optional.of(probe));
        } catch (CommandFailedException e) {
            throw new IllegalStateException("Cannot send events: " + e.getMessage(), e);
        }
    }

    private Result quantiles(String name, double pace, List<FreshnessProbe.Seen> seen, Workload workload) {
        List<Double> millis = seen.stream().map(FreshnessProbe.Seen::millis).toList();
        List<Double> rowMillis =
                seen.stream().map(each -> (double) each.rowMillis()).toList();
        Result result = result(FRESHNESS, name, workload);
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
