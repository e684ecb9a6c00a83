/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.cli.CommandFailedException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Events of now for a job that runs, at a pace, and how fresh its rows are meanwhile. */
final class LiveLoad {

    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final double FIRST_PACE = 10_000;
    private static final double STEP = 1.6;
    private static final int HALVINGS = 3;
    private static final double STEP_SECONDS = 5;
    private static final double FRESH_MILLIS = 100;
    private static final double FRESH_SHARE = 0.9;

    private final EndToEnd stack;
    private final LoadGenerator load;
    private final EndToEnd.Job job;

    /**
     * What came of it.
     *
     * @param eventsPerSecond that were sent
     * @param seen probes, in the order in which they were seen
     */
    record Outcome(double eventsPerSecond, List<FreshnessProbe.Seen> seen) {

        Outcome {
            seen = List.copyOf(seen);
        }

        /** The freshness, ms, that this share of the probes has at most. */
        double quantile(double share) {
            return Statistics.quantile(
                    seen.stream().map(FreshnessProbe.Seen::millis).toList(), share);
        }
    }

    LiveLoad(EndToEnd stack, LoadGenerator load, EndToEnd.Job job) {
        this.stack = stack;
        this.load = load;
        this.job = job;
    }

    /** Sends so many events per second, and looks at nothing. */
    void warmUp(double pace, double seconds) throws CommandFailedException {
        load.pace(pace, seconds, Optional.empty());
    }

    /** Sends so many events per second, and waits for the probes among them, for up to 10 s after the end. */
    Outcome run(double pace, double seconds) throws Exception {
        return run(pace, seconds, GRACE_NANOS);
    }

    /**
     * The same, with another time to wait after the end.
     *
     * @param graceNanos 0 so that the next load can follow at once: probes that are on their way count with their age
     */
    Outcome run(double pace, double seconds, long graceNanos) throws Exception {
        FreshnessProbe probe = new FreshnessProbe(stack.look(job));
        FutureTask<Double> sending = new FutureTask<>(() -> load.pace(pace, seconds, Optional.of(probe)));
        Thread sender = new Thread(sending, "load");
        sender.start();
        List<FreshnessProbe.Seen> seen = probe.await(sender, graceNanos);
        return new Outcome(sending.get(), seen);
    }

    /**
     * The most events per second that are dealt with as they come: nine in ten probes are readable within 100 ms. Raises
     * the pace until that no longer holds, then halves the gap three times.
     */
    double capacity() throws Exception {
        double most = 0;
        double tooMuch = FIRST_PACE;
        while (isFresh(tooMuch)) {
            most = tooMuch;
            tooMuch *= STEP;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double between = (most + tooMuch) / 2;
            if (isFresh(between)) {
                most = between;
            } else {
                tooMuch = between;
            }
        }
        if (most == 0) {
            throw new IllegalStateException("Cannot find a pace that the job keeps up with, tried " + tooMuch
                    + " events/s: is something else running on this machine?");
        }
        return most;
    }

    private boolean isFresh(double pace) throws Exception {
        warmUp(pace, STEP_SECONDS / 2);
        Outcome outcome = run(pace, STEP_SECONDS);
        System.err.printf(
                "live capacity | %s | %,.0f of %,.0f events/s, %.1f p50 ms, %.1f p90 ms%n",
                job.plan().view().online().layout(),
                outcome.eventsPerSecond(),
                pace,
                outcome.quantile(0.5),
                outcome.quantile(FRESH_SHARE));
        return outcome.eventsPerSecond() >= FRESH_SHARE * pace && outcome.quantile(FRESH_SHARE) <= FRESH_MILLIS;
    }
}
