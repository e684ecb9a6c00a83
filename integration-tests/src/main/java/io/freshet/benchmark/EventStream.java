/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.event.SelectedEvent;
import org.apache.flink.api.common.accumulators.LongMaximum;
import org.apache.flink.api.common.accumulators.LongMinimum;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.jspecify.annotations.Nullable;

/**
 * Event number n of the generated stream: a Zipf key, a value in [-1000, 1000], in order of time. Tells when the first and
 * the last event left: behind a full pipe that is the pace of what comes after.
 */
final class EventStream extends RichMapFunction<Long, SelectedEvent> {

    private static final long serialVersionUID = 1L;
    private static final long START_MILLIS = 1_700_000_000_000L;
    private static final int NO_PARTITION = 0;

    /** Accumulators: {@link System#nanoTime} of the first and of the last event. */
    static final String FIRST = "first-event-nanos";

    static final String LAST = "last-event-nanos";

    private final int keys;
    private final long eventsPerSecond;
    private final LongMinimum first = new LongMinimum();
    private final LongMaximum last = new LongMaximum();
    private final long events;
    private transient @Nullable ZipfKeys draws;
    private transient String @Nullable [] names;

    /**
     * A stream.
     *
     * @param events number of events
     * @param keys number of keys
     * @param eventsPerSecond events per second of event time
     */
    EventStream(long events, int keys, long eventsPerSecond) {
        this.events = events;
        this.keys = keys;
        this.eventsPerSecond = eventsPerSecond;
    }

    @Override
    public void open(OpenContext context) {
        getRuntimeContext().addAccumulator(FIRST, first);
        getRuntimeContext().addAccumulator(LAST, last);
        draws = new ZipfKeys(keys, 42);
        names = new String[keys];
        for (int i = 0; i < keys; i++) {
            names[i] = "entity-" + i;
        }
    }

    @Override
    public SelectedEvent map(Long number) {
        ZipfKeys zipf = draws;
        String[] entities = names;
        if (zipf == null || entities == null) {
            throw new IllegalStateException("Cannot make events before open");
        }
        long n = number;
        if (n == 0) {
            first.add(System.nanoTime());
        } else if (n == events - 1) {
            last.add(System.nanoTime());
        }
        long time = START_MILLIS + n * 1000 / eventsPerSecond;
        long value = Math.floorMod(n * 0x9E3779B97F4A7C15L >>> 16, 2001) - 1000;
        return new SelectedEvent(entities[zipf.key(n)], time, NO_PARTITION, n, time, 0, new Object[] {value}, null);
    }
}
