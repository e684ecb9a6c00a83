/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.cli.CommandFailedException;
import io.freshet.definition.Layout;
import io.freshet.definition.ViewText;
import io.freshet.job.FeatureJob;
import io.freshet.source.EventRange;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.Schema;

/**
 * A job under load for long: a soak, a burst, and catching up with a backlog of an hour. Windows of a minute and of ten, so that
 * their state has grown up before half of the soak is over.
 */
final class LoadSuite {

    private static final double SOAK_SHARE = 0.7;
    private static final int BLOCKS = 10;
    private static final double WARM_UP_SECONDS = 30;
    private static final double BURST_BASE_SHARE = 0.3;
    private static final double BURST_FACTOR = 5;
    private static final double BURST_SECONDS = 60;
    private static final double LOOK_SECONDS = 5;
    private static final double RECOVERED_MILLIS = 100;
    private static final int MOST_LOOKS = 60;
    private static final long BEHIND_SECONDS = 3_600;
    private static final long CAUGHT_UP_MILLIS = 2_000;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final Duration LONGEST_CATCH_UP = Duration.ofMinutes(10);
    private static final double MEBIBYTE = 1 << 20;

    private final EndToEnd stack;
    private final LoadGenerator load;
    private final Options options;
    private final Workload workload;
    private final ViewText view;
    private final List<Result> results;

    private LoadSuite(EndToEnd stack, LoadGenerator load, Options options, Workload workload, List<Result> results) {
        this.stack = stack;
        this.load = load;
        this.options = options;
        this.workload = workload;
        this.view = workload.view(Layout.COMPACT);
        this.results = results;
    }

    static List<Result> run(Options options) throws Exception {
        Workload workload = Workload.base(1).withWindows(List.of("1m", "10m"));
        List<Result> results = new ArrayList<>();
        double capacity = withStack(options, workload, results, LoadSuite::live);
        // Another topic, with nothing but the backlog.
        withStack(options, workload, results, suite -> suite.catchUp(capacity));
        return results;
    }

    @FunctionalInterface
    private interface Part {
        double run(LoadSuite suite) throws Exception;
    }

    private static double withStack(Options options, Workload workload, List<Result> results, Part part)
            throws Exception {
        Schema schema = workload.view().plan().sources().get(0).schema();
        try (EndToEnd stack = EndToEnd.start(workload.parallelism());
                LoadGenerator load = new LoadGenerator(stack.kafka(), schema, workload.entities())) {
            return part.run(new LoadSuite(stack, load, options, workload, results));
        }
    }

    /** Soak and burst; returns the capacity that was found. */
    private double live() throws Exception {
        EndToEnd.Job job = stack.run(view, new EventRange.Latest(), FeatureJob::assemble);
        LiveLoad live = new LiveLoad(stack, load, job);
        double capacity = live.capacity();
        soak(live, capacity);
        burst(live, capacity);
        stack.end(job);
        return capacity;
    }

    private void soak(LiveLoad live, double capacity) throws Exception {
        double pace = SOAK_SHARE * capacity;
        live.warmUp(pace, WARM_UP_SECONDS);
        double seconds = (double) options.seconds() / BLOCKS;
        for (int block = 1; block <= BLOCKS; block++) {
            LiveLoad.Outcome outcome = live.run(pace, seconds);
            Map<Figure, Double> figures = figures(outcome);
            figures.put(Figure.HEAP_MEBIBYTES, heapMebibytes());
            figures.put(Figure.REDIS_MEBIBYTES, stack.redisBytes() / MEBIBYTE);
            add(
                    String.format(
                            Locale.ROOT,
                            "soak of %d s at %.0f%% of the live capacity of %,.0f events/s",
                            options.seconds(),
                            100 * SOAK_SHARE,
                            capacity),
                    String.format(Locale.ROOT, "to second %.0f", block * seconds),
                    figures);
        }
    }

    private void burst(LiveLoad live, double capacity) throws Exception {
        double base = BURST_BASE_SHARE * capacity;
        String group = String.format(
                Locale.ROOT, "burst: %.0f times %,.0f events/s for %.0f s", BURST_FACTOR, base, BURST_SECONDS);
        add(group, "before", figures(live.run(base, 2 * LOOK_SECONDS)));
        add(group, "burst", figures(live.run(BURST_FACTOR * base, BURST_SECONDS, 0)));
        long start = System.nanoTime();
        LiveLoad.Outcome after = live.run(base, LOOK_SECONDS, 0);
        for (int looks = 1; after.quantile(0.5) > RECOVERED_MILLIS; looks++) {
            if (looks == MOST_LOOKS) {
                throw new IllegalStateException("Rows are not fresh again " + looks * LOOK_SECONDS
                        + " s after the burst: half of the probes take more than " + after.quantile(0.5) + " ms");
            }
            after = live.run(base, LOOK_SECONDS, 0);
        }
        Map<Figure, Double> figures = figures(after);
        figures.put(Figure.SECONDS, (System.nanoTime() - start) / 1e9 - LOOK_SECONDS);
        add(group, "after, from the end of the burst until fresh", figures);
    }

    /** A job starts an hour behind, while events go on to come. */
    private double catchUp(double capacity) throws Exception {
        long pace = Math.max(1, Math.min(options.events() / BEHIND_SECONDS, (long) (BURST_BASE_SHARE * capacity)));
        load.backlog(pace * BEHIND_SECONDS, pace);
        AtomicBoolean caughtUp = new AtomicBoolean();
        long start = System.nanoTime();
        Thread goingOn = new Thread(() -> goOn(pace, caughtUp), "load");
        goingOn.start();
        EndToEnd.Job job = stack.run(view, new EventRange.Earliest(), FeatureJob::assemble);
        // The watermark trails the events by as much as these may be out of order.
        long trails = view.plan().view().sources().get(0).outOfOrderness().toMillis();
        while (lagMillis(job) > trails + CAUGHT_UP_MILLIS) {
            if (System.nanoTime() - start > LONGEST_CATCH_UP.toNanos()) {
                throw new IllegalStateException("Not caught up within " + LONGEST_CATCH_UP);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        caughtUp.set(true);
        goingOn.join();
        stack.end(job);
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.SECONDS, seconds);
        figures.put(Figure.EVENTS_PER_SECOND, pace * (BEHIND_SECONDS + seconds) / seconds);
        add(
                "catching up from an hour behind, the start of the job included",
                String.format(Locale.ROOT, "%,d events per second of event time, which go on to come", pace),
                figures);
        return seconds;
    }

    private void goOn(long pace, AtomicBoolean caughtUp) {
        try {
            while (!caughtUp.get()) {
                load.pace(pace, 1, Optional.empty());
            }
        } catch (CommandFailedException e) {
            throw new IllegalStateException("Cannot send events: " + e.getMessage(), e);
        }
    }

    private long lagMillis(EndToEnd.Job job) {
        OptionalLong watermark = stack.watermarkMillis(job);
        return watermark.isPresent() ? System.currentTimeMillis() - watermark.getAsLong() : Long.MAX_VALUE;
    }

    private static Map<Figure, Double> figures(LiveLoad.Outcome outcome) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.EVENTS_PER_SECOND, outcome.eventsPerSecond());
        figures.put(Figure.P50_MILLIS, outcome.quantile(0.5));
        figures.put(Figure.P99_MILLIS, outcome.quantile(0.99));
        figures.put(Figure.P999_MILLIS, outcome.quantile(0.999));
        figures.put(Figure.PROBES, (double) outcome.seen().size());
        return figures;
    }

    private void add(String group, String name, Map<Figure, Double> figures) {
        Result result = new Result(Suite.LOAD.label(), group, name, workload.parameters());
        Progress.show(result, 1, 1, figures);
        result.add(figures);
        results.add(result);
    }

    /** What the JVM of broker, job and producer holds once its garbage is collected. */
    private static double heapMebibytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBIBYTE;
    }
}
