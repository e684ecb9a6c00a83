/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.job.FeatureJob;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * A backlog of events on a local stack, drained by the streaming job and backfilled from its beginning to its end, in
 * turn. The job is that of {@link EndToEndSuite} and writes to Redis and its history; a backfill writes to the history.
 */
final class BackfillSuite {

    /** Events per second of event time in the backlog: that of a brisk live stream. */
    private static final long EVENTS_PER_SECOND = 20_000;

    private static final String GROUP =
            "backfill: the same events through the job and a backfill, 4 windows x 4 functions";

    /** Of each operator: a backfill's stages run one after the other, those of the job side by side. */
    private static final int TASKS = 2;

    private BackfillSuite() {}

    static List<Result> run(Options options) throws Exception {
        Workload workload = Workload.base(EVENTS_PER_SECOND).withParallelism(TASKS);
        Schema schema = workload.view().plan().sources().get(0).schema();
        Result streaming = result("streaming job, draining", workload);
        Result backfill = result("backfill, start to end", workload);
        try (EndToEnd stack = EndToEnd.start(workload.parallelism());
                LoadGenerator load = new LoadGenerator(stack.kafka(), schema, workload.entities())) {
            long startMillis = load.backlog(options.events(), EVENTS_PER_SECOND);
            Drain drain = new Drain(stack, options.seconds(), EVENTS_PER_SECOND, startMillis);
            for (int round = 0; round <= options.rounds(); round++) {
                Map<Figure, Double> one = drain.figures(workload.view(), FeatureJob::assemble);
                Progress.show(streaming, round, options.rounds(), one);
                Map<Figure, Double> other = figures(stack.backfill(workload.view()), options.events());
                Progress.show(backfill, round, options.rounds(), other);
                if (round > 0) {
                    streaming.add(one);
                    backfill.add(other);
                }
            }
        }
        return List.of(streaming, backfill);
    }

    private static Result result(String name, Workload workload) {
        return new Result(Suite.BACKFILL.label(), GROUP, name, workload.parameters());
    }

    private static Map<Figure, Double> figures(EndToEnd.Backfill done, long events) {
        if (done.report().read() != events) {
            throw new IllegalStateException("The backfill read " + done.report().read() + " events of " + events);
        }
        double seconds = done.nanos() / 1e9;
        double rows = done.report().views().get(0).written();
        return Map.of(
                Figure.EVENTS_PER_SECOND, events / seconds,
                Figure.ROWS_PER_SECOND, rows / seconds,
                Figure.ROWS_PER_EVENT, rows / events,
                Figure.CPU_MICROS_PER_EVENT, done.cpuNanos() / 1e3 / events);
    }
}
