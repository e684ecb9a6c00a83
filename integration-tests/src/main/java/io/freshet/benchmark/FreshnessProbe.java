/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for probes as a reader would: looks into Redis, again and again, until the row of each shows its event. From the
 * moment before an event is sent to when its row was read, so half a look too long on average; a look is about 1 ms.
 */
final class FreshnessProbe {

    private static final int LOOKED_AT = 64;
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final Look look;
    private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    private final Deque<Sent> waiting = new ArrayDeque<>();
    private final List<Seen> seen = new ArrayList<>();

    /**
     * Times of a row in Redis.
     *
     * @param asOfMillis of what event time it is, ms
     * @param availableAtMillis when the windows made it, ms of the wall clock
     */
    record Times(long asOfMillis, long availableAtMillis) {
        /** Of a row that is not there yet. */
        static final Times NONE = new Times(Long.MIN_VALUE, Long.MIN_VALUE);
    }

    /** Reads an entity's row. */
    @FunctionalInterface
    interface Look {
        CompletionStage<Times> at(String entity);
    }

    private record Sent(String entity, long timeMillis, long nanos) {}

    /**
     * A probe that came through.
     *
     * @param sentMillis when it was sent, wall clock
     * @param millis how long it took until its row was read in Redis
     * @param rowMillis how long it took until the windows made that row, whole ms of the wall clock
     */
    record Seen(long sentMillis, double millis, long rowMillis) {}

    /** Probes whose rows are read so. */
    FreshnessProbe(Look look) {
        this.look = look;
    }

    /** A probe is about to be sent. From any thread. */
    void sent(String entity, long timeMillis) {
        sent.add(new Sent(entity, timeMillis, System.nanoTime()));
    }

    /** Looks until none is outstanding, or until the deadline; those outstanding then count with their age. */
    List<Seen> await(Thread sender, long graceNanos) throws ExecutionException, InterruptedException {
        long deadline = Long.MAX_VALUE;
        while (true) {
            boolean sending = sender.isAlive();
            take();
            look();
            long now = System.nanoTime();
            if (!sending && deadline == Long.MAX_VALUE) {
                deadline = now + graceNanos;
            }
            if (!sending && (waiting.isEmpty() || now > deadline)) {
                waiting.forEach(each -> see(each, now, System.currentTimeMillis()));
                return List.copyOf(seen);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void take() {
        for (Sent each = sent.poll(); each != null; each = sent.poll()) {
            waiting.add(each);
        }
    }

    /** Looks at the oldest in one round trip: rows come in order, near enough. */
    private void look() throws ExecutionException, InterruptedException {
        List<CompletionStage<Times>> answers = new ArrayList<>();
        for (Iterator<Sent> oldest = waiting.iterator(); oldest.hasNext() && answers.size() < LOOKED_AT; ) {
            answers.add(look.at(oldest.next().entity()));
        }
        Iterator<Sent> asked = waiting.iterator();
        for (CompletionStage<Times> answer : answers) {
            Times row = answer.toCompletableFuture().get();
            Sent each = asked.next();
            if (row.asOfMillis() >= each.timeMillis()) {
                see(each, System.nanoTime(), row.availableAtMillis());
                asked.remove();
            }
        }
    }

    private void see(Sent probe, long nanos, long rowAtMillis) {
        seen.add(new Seen(probe.timeMillis(), (nanos - probe.nanos()) / 1e6, rowAtMillis - probe.timeMillis()));
    }
}
