/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import io.freshet.client.RowStatus;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What a server counts. Safe for use by many threads. */
public final class ServerMetrics {

    /** Upper bounds of the classes of time to answer, in ms. */
    static final double[] BOUNDS_MILLIS = {0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 250, 500, 1_000, 2_500};

    private static final double NANOS_PER_MILLI = 1e6;

    private final Map<Answered, LongAdder> answered = new ConcurrentHashMap<>();
    private final Map<String, Times> times = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
    private final Map<Row, LongAdder> rows = new ConcurrentHashMap<>();
    private final AtomicInteger pending = new AtomicInteger();

    /** Calls of one route that had one status. */
    record Answered(String route, String method, int status) {}

    /** Rows of one view that had one status. */
    record Row(String view, RowStatus status) {}

    /** How long calls took: per class, those beyond all last; and in all. */
    static final class Times {
        private final LongAdder[] classes = new LongAdder[BOUNDS_MILLIS.length + 1];
        private final LongAdder nanos = new LongAdder();

        Times() {
            for (int i = 0; i < classes.length; i++) {
                classes[i] = new LongAdder();
            }
        }

        private void add(long took) {
            int each = 0;
            while (each < BOUNDS_MILLIS.length && took > BOUNDS_MILLIS[each] * NANOS_PER_MILLI) {
                each++;
            }
            classes[each].increment();
            nanos.add(took);
        }

        long count(int each) {
            return classes[each].sum();
        }

        long nanos() {
            return nanos.sum();
        }
    }

    /** A call was answered, or its caller went away. */
    void answered(String route, String method, int status, long tookNanos) {
        answered.computeIfAbsent(new Answered(route, method, status), first -> new LongAdder())
                .increment();
        times.computeIfAbsent(route, first -> new Times()).add(tookNanos);
    }

    /** A call was refused. */
    void refused(String code) {
        refused.computeIfAbsent(code, first -> new LongAdder()).increment();
    }

    /** A row was given, or told to be missing. */
    void served(String view, RowStatus status) {
        rows.computeIfAbsent(new Row(view, status), first -> new LongAdder()).increment();
    }

    /** Calls of bounded routes that are being answered. */
    AtomicInteger pending() {
        return pending;
    }

    Map<Answered, LongAdder> answered() {
        return answered;
    }

    Map<String, Times> times() {
        return times;
    }

    Map<String, LongAdder> refused() {
        return refused;
    }

    Map<Row, LongAdder> rows() {
        return rows;
    }
}
