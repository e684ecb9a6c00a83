/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.definition.ViewText;
import io.freshet.source.EventRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Lets jobs drain a backlog of events on a stack, and tells their pace. */
final class Drain {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long STILL_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final EndToEnd stack;
    private final int seconds;
    private final long eventsPerSecond;
    private final long startMillis;

    private record Sample(long nanos, long cpuNanos, long redisCpuNanos, long watermarkMillis, long rows) {}

    /**
     * Of a backlog that was sent.
     *
     * @param seconds how long a job may drain it
     * @param eventsPerSecond its events per second of event time
     * @param startMillis time of the first event, ms
     */
    Drain(EndToEnd stack, int seconds, long eventsPerSecond, long startMillis) {
        this.stack = stack;
        this.seconds = seconds;
        this.eventsPerSecond = eventsPerSecond;
        this.startMillis = startMillis;
    }

    /**
     * Drains the backlog for a while. The pace is that of the watermark that the Redis sink publishes each second once all rows
     * before it are acknowledged, from the first to the last that is seen: start and end of the job are left out.
     */
    Map<Figure, Double> figures(ViewText view, EndToEnd.Assembly assembly) throws Exception {
        EndToEnd.Job job = stack.run(view, new EventRange.Earliest(), assembly);
        List<Sample> samples = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end && !drained(samples)) {
            OptionalLong watermark = stack.watermarkMillis(job);
            if (watermark.isPresent() && isNew(watermark.getAsLong(), samples)) {
                samples.add(new Sample(
                        System.nanoTime(),
                        EventStream.cpuNanos(),
                        stack.redisCpuNanos(),
                        watermark.getAsLong(),
                        stack.historyRows(job)));
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
        double elapsed = (last.nanos() - first.nanos()) / 1e9;
        double events = events(first.watermarkMillis(), last.watermarkMillis());
        // Over all rows, for those that wait for Redis are in the history before they are in the watermark.
        Sample end = samples.get(samples.size() - 1);
        double rowsPerEvent = end.rows() / events(startMillis, end.watermarkMillis());
        return Map.of(
                Figure.EVENTS_PER_SECOND, events / elapsed,
                Figure.ROWS_PER_SECOND, rowsPerEvent * events / elapsed,
                Figure.ROWS_PER_EVENT, rowsPerEvent,
                Figure.CPU_MICROS_PER_EVENT, (last.cpuNanos() - first.cpuNanos()) / 1e3 / events,
                Figure.REDIS_CPU_MICROS_PER_EVENT, (last.redisCpuNanos() - first.redisCpuNanos()) / 1e3 / events);
    }

    private double events(long fromMillis, long toMillis) {
        return (toMillis - fromMillis) * eventsPerSecond / 1000.0;
    }
}
