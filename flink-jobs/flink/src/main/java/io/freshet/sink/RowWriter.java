/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import io.freshet.row.FeatureRow;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes rows in batches. The next batch leaves when the last is acknowledged, when it is full, or at a flush; of an entity only the newest
 * row waits. A batch that fails waits again, behind a pause that grows; it is safe to repeat, for the newest row wins.
 * All runs in the task's thread: acknowledgements come through its mailbox.
 */
final class RowWriter implements SinkWriter<FeatureRow> {

    private static final int MAX_IN_FLIGHT = 4;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final long WATERMARK_MILLIS = 1_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long TELL_EVERY_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long TELL_OTHER_NANOS = Duration.ofSeconds(1).toNanos();

    private static final Logger LOG = LoggerFactory.getLogger(RowWriter.class);

    private final RowStore store;
    private final int batch;
    private final int pending;
    private final Duration retryFor;
    private final MailboxExecutor mailbox;
    private final Timers timers;
    private final WriteWatch watch;

    private final Map<String, FeatureRow> waiting = new LinkedHashMap<>();
    private int batchesInFlight;
    private int rowsInFlight;
    private long pauseMillis;
    private boolean paused;
    private long failingSinceNanos;
    private long toldNanos = System.nanoTime() - TELL_EVERY_NANOS;
    private String toldReason = "";
    private boolean isToldOfTrouble;
    private long watermarkMillis = Long.MIN_VALUE;
    private long publishedMillis = Long.MIN_VALUE;
    private long candidateMillis = Long.MIN_VALUE;
    private long rowsBeforeCandidate;
    private boolean isFlushing;
    private boolean refusalEndsJob;
    private boolean closed;

    /**
     * A writer.
     *
     * @param watch told what becomes of each write
     */
    RowWriter(RowStore store, RedisOptions options, MailboxExecutor mailbox, Timers timers, WriteWatch watch) {
        this.store = store;
        this.batch = options.batch();
        this.pending = options.pending();
        this.retryFor = options.retryFor();
        this.mailbox = mailbox;
        this.timers = timers;
        this.watch = watch;
    }

    /**
     * Connects now, and lets a store that refuses us end the job instead of having it restarted: for a job that starts
     * anew, whose settings are then wrong. Once connected a refusal fails the task, and Flink decides.
     */
    void connectOrEndJob() {
        refusalEndsJob = true;
        store.connect()
                .whenComplete((done, failure) -> onMailbox(() -> {
                    if (failure == null) {
                        refusalEndsJob = false;
                    } else {
                        failIfRefused(failure);
                    }
                }));
    }

    /** Entities with a row that waits to be written. Read by threads that report it, which may see it a little late. */
    int waiting() {
        return waiting.size();
    }

    /** Publishes the watermark from now on. One writer of a view does. */
    void publishWatermarks() {
        timers.after(WATERMARK_MILLIS, () -> {
            if (!closed) {
                nominateWatermark();
                publishWatermarks();
            }
        });
    }

    @Override
    public void write(FeatureRow row, Context context) throws IOException, InterruptedException {
        waiting.put(row.entity(), row);
        send();
        while (waiting.size() >= pending) {
            mailbox.yield();
        }
    }

    @Override
    public void writeWatermark(Watermark watermark) {
        if (watermark.getTimestamp() != Long.MAX_VALUE) {
            watermarkMillis = watermark.getTimestamp();
        }
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        isFlushing = true;
        try {
            send();
            while (!waiting.isEmpty() || batchesInFlight > 0) {
                mailbox.yield();
            }
        } finally {
            isFlushing = false;
        }
    }

    private void send() {
        while (!paused
                && !waiting.isEmpty()
                && (batchesInFlight == 0
                        || (isFlushing || waiting.size() >= batch) && batchesInFlight < MAX_IN_FLIGHT)) {
            List<FeatureRow> rows = new ArrayList<>(Math.min(batch, waiting.size()));
            Iterator<FeatureRow> oldest = waiting.values().iterator();
            while (rows.size() < batch && oldest.hasNext()) {
                rows.add(oldest.next());
                oldest.remove();
            }
            batchesInFlight++;
            rowsInFlight += rows.size();
            store.write(rows).whenComplete((done, failure) -> onMailbox(() -> answered(rows, failure)));
        }
    }

    private void onMailbox(Timers.Step step) {
        mailbox.execute(step::run, "rows answered");
    }

    private void answered(List<FeatureRow> rows, @Nullable Throwable failure) throws IOException {
        batchesInFlight--;
        rowsInFlight -= rows.size();
        if (failure == null) {
            pauseMillis = 0;
            refusalEndsJob = false;
            tellEndOfTrouble();
            rows.forEach(row -> watch.acknowledged(row.ingestedAtMillis()));
            rowsBeforeCandidate -= rows.size();
            publishCandidate();
        } else {
            watch.failed();
            failIfRefused(failure);
            rows.forEach(row -> waiting.putIfAbsent(row.entity(), row));
            rowsBeforeCandidate = Math.max(rowsBeforeCandidate, waiting.size() + rowsInFlight);
            pause(failure);
        }
        send();
    }

    private void pause(Throwable failure) throws IOException {
        long now = System.nanoTime();
        if (pauseMillis == 0) {
            failingSinceNanos = now;
        } else if (now - failingSinceNanos > retryFor.toNanos()) {
            Throwable cause = cause(failure);
            throw new IOException(
                    "Cannot write rows to Redis: tried for " + retryFor + " (redis.retry_for), last: "
                            + cause.getMessage() + "; the job will go on from its last checkpoint",
                    cause);
        }
        tellOfTrouble(now, failure);
        if (!paused) {
            paused = true;
            pauseMillis = pauseMillis == 0 ? FIRST_PAUSE_MILLIS : Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
            timers.after(pauseMillis, () -> {
                paused = false;
                send();
            });
        }
    }

    private void tellOfTrouble(long now, Throwable failure) {
        String reason = String.valueOf(cause(failure).getMessage());
        long since = now - toldNanos;
        if (since >= TELL_EVERY_NANOS || (since >= TELL_OTHER_NANOS && !reason.equals(toldReason))) {
            toldNanos = now;
            toldReason = reason;
            isToldOfTrouble = true;
            LOG.warn(
                    "Redis has taken no rows for {} s: those of {} entities wait and are tried again, none is lost; after {} s"
                            + " (redis.retry_for) the job goes back to its last checkpoint. {}",
                    (now - failingSinceNanos) / NANOS_PER_SECOND,
                    waiting.size(),
                    retryFor.toSeconds(),
                    reason);
        }
    }

    private void tellEndOfTrouble() {
        if (isToldOfTrouble) {
            isToldOfTrouble = false;
            LOG.info(
                    "Redis takes rows again, {} s after the first that it did not take",
                    (System.nanoTime() - failingSinceNanos) / NANOS_PER_SECOND);
        }
    }

    private void failIfRefused(Throwable failure) throws StoreRefusedException {
        if (cause(failure) instanceof StoreRefusedException refused) {
            if (refusalEndsJob) {
                throw new SuppressRestartsException(refused);
            }
            throw refused;
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /**
     * Takes the watermark for publishing, once all rows that came before it are acknowledged; one that has not moved, too:
     * a store that has lost all has lost the last.
     */
    private void nominateWatermark() {
        if (candidateMillis == Long.MIN_VALUE
                && watermarkMillis != Long.MIN_VALUE
                && watermarkMillis >= publishedMillis) {
            candidateMillis = watermarkMillis;
            rowsBeforeCandidate = waiting.size() + rowsInFlight;
            publishCandidate();
        }
    }

    private void publishCandidate() {
        if (candidateMillis != Long.MIN_VALUE && rowsBeforeCandidate <= 0 && !paused) {
            long watermark = candidateMillis;
            candidateMillis = Long.MIN_VALUE;
            store.publishWatermark(watermark)
                    .whenComplete((done, failure) -> onMailbox(() -> {
                        if (failure == null) {
                            publishedMillis = Math.max(publishedMillis, watermark);
                        } else {
                            failIfRefused(failure);
                        }
                    }));
        }
    }

    @Override
    public void close() {
        closed = true;
        store.close();
    }
}
