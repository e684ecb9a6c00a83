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
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.Schema;

/**
 * Kafka to Redis and history on a local stack: how fast a backlog drains, beside a job without windows; then how fresh rows
 * are at shares of that pace. Broker, job and producer share this JVM and the machine's cores, Redis is a process beside it.
 */
final class EndToEndSuite {

    /** Events per second of event time in the backlog: that of a brisk live stream. */
    private static final long EVENTS_PER_SECOND = 20_000;

    private static final int MOST_ROUNDS = 2;
    private static final double[] SHARES = {0.1, 0.5, 0.9};
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long STILL_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final double WARM_UP_SHARE = 1.0 / 3;
    private static final String GROUP = "end-to-end: Kafka to Redis and history, 4 windows x 4 functions";
    private static final String FRESHNESS = "end-to-end: freshness, from before the event is sent to its row in Redis";

    private final EndToEnd stack;
    private final LoadGenerator load;
    private final Options options;

    private final long backlogStartMillis;

    private record Sample(long nanos, long cpuNanos, long watermarkMillis, long rows) {}

    private EndToEndSuite(EndToEnd stack, LoadGenerator load, Options options, long backlogStartMillis) {
        this.backlogStartMillis = backlogStartMillis;
        this.stack = stack;
        this.load = load;
        this.options = options;
    }

    static List<Result> run(Options options) throws Exception {
        Workload workload = Workload.base(EVENTS_PER_SECOND);
        Schema schema = workload.view().plan().sources().get(0).schema();
        List<Result> results = new ArrayList<>();
        try (EndToEnd stack = EndToEnd.start(workload.view());
                LoadGenerator load = new LoadGenerator(stack.kafka(), schema, workload.entities())) {
            long startMillis = load.backlog(options.events(), EVENTS_PER_SECOND);
            EndToEndSuite suite = new EndToEndSuite(stack, load, options, startMillis);
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
                Map<Figure, Double> figures = drain(each == freshet ? FeatureJob::assemble : PassThrough::assemble);
                Progress.show(each, round, rounds, figures);
                if (round > 0) {
                    each.add(figures);
                }
            }
        }
    }

    /**
     * Drains the backlog for a while. The pace is that of the watermark that the Redis sink publishes each second once all rows
     * before it are acknowledged, from the first to the last that is seen: start and end of the job are left out.
     */
    private Map<Figure, Double> drain(EndToEnd.Assembly assembly) throws Exception {
        EndToEnd.Job job = stack.run(new EventRange.Earliest(), assembly);
        List<Sample> samples = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(options.seconds());
        while (System.nanoTime() < end && !drained(samples)) {
            OptionalLong watermark = stack.watermarkMillis(job);
            if (watermark.isPresent() && isNew(watermark.getAsLong(), samples)) {
                samples.add(new Sample(
                        System.nanoTime(), EventStream.cpuNanos(), watermark.getAsLong(), stack.historyRows(job)));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        stack.end(job);
        return figures(samples);
    }

    private static boolean isNew(long watermarkMillis, List<Sample> samples) {
        return samples.isEmpty() || samples.get(samples.size() - 1).watermarkMillis() < watermarkMillis;
    }

    private static boolean drained(List<Sample> samples) {
        return !samples.isEmpty()
                && System.nanoTime() - samples.get(samples.size() - 1).nanos() > STILL_NANOS;
    }

    private Map<Figure, Double> figures(List<Sample> samples) {
        if (samples.size() < 3) {
            throw new IllegalStateException("Cannot tell the pace of a job that published " + samples.size()
                    + " watermarks, expected 3: raise benchmark.seconds or benchmark.thousands");
        }
        Sample first = samples.get(0);
        // The last may be the end of the backlog, reached well before it was published.
        Sample last = samples.get(samples.size() - 2);
        double seconds = (last.nanos() - first.nanos()) / 1e9;
        double events = events(first.watermarkMillis(), last.watermarkMillis());
        // Over all rows, for those that wait for Redis are in the history before they are in the watermark.
        Sample end = samples.get(samples.size() - 1);
        double rowsPerEvent = end.rows() / events(backlogStartMillis, end.watermarkMillis());
        return Map.of(
                Figure.EVENTS_PER_SECOND, events / seconds,
                Figure.ROWS_PER_SECOND, rowsPerEvent * events / seconds,
                Figure.ROWS_PER_EVENT, rowsPerEvent,
                Figure.CPU_MICROS_PER_EVENT, (last.cpuNanos() - first.cpuNanos()) / 1e3 / events);
    }

    private static double events(long fromMillis, long toMillis) {
        return (toMillis - fromMillis) * EVENTS_PER_SECOND / 1000.0;
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
