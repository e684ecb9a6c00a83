/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls at their pace, whether those before are answered or not: a call counts from when it was to be sent, so that one that
 * waited for others counts its waiting too (no coordinated omission). All times are kept, quantiles are exact.
 */
final class OpenLoop {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS = 1e9;

    /** Before that, a thread sleeps; after, it spins: sleeping ends some 60 us late. */
    private static final long SPIN_NANOS = 120_000;

    private OpenLoop() {}

    /** One of the callers; used by one thread. */
    @FunctionalInterface
    interface Caller {
        /** Calls, and returns when all of the answer is there. */
        void call(int number) throws Exception;
    }

    /**
     * Runs it.
     *
     * @param callers as many calls are under way at most
     * @param perSecond calls to be sent per second
     * @param calls how many
     */
    static Map<Figure, Double> run(List<? extends Caller> callers, int perSecond, int calls) throws Exception {
        long[] took = new long[calls];
        long interval = (long) (NANOS / perSecond);
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(callers.size());
        long start = System.nanoTime() + interval;
        try {
            List<CompletableFuture<Void>> done = callers.stream()
                    .map(caller -> CompletableFuture.runAsync(
                            () -> {
                                for (int i = next.getAndIncrement(); i < calls; i = next.getAndIncrement()) {
                                    long due = start + i * interval;
                                    await(due);
                                    call(caller, i);
                                    took[i] = System.nanoTime() - due;
                                }
                            },
                            threads))
                    .toList();
            CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).get();
        } finally {
            threads.shutdownNow();
        }
        return figures(took, System.nanoTime() - start);
    }

    private static void call(Caller caller, int number) {
        try {
            caller.call(number);
        } catch (Exception e) {
            throw new IllegalStateException("Call " + number + " failed: " + e, e);
        }
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            if (left > SPIN_NANOS) {
                LockSupport.parkNanos(left - SPIN_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private static Map<Figure, Double> figures(long[] took, long nanos) {
        Arrays.sort(took);
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.CALLS_PER_SECOND, took.length / (nanos / NANOS));
        figures.put(Figure.ANSWER_P50_MILLIS, quantile(took, 0.5));
        figures.put(Figure.ANSWER_P99_MILLIS, quantile(took, 0.99));
        figures.put(Figure.ANSWER_P999_MILLIS, quantile(took, 0.999));
        figures.put(Figure.ANSWER_MAX_MILLIS, quantile(took, 1));
        return figures;
    }

    private static double quantile(long[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] / NANOS_PER_MILLI;
    }
}
