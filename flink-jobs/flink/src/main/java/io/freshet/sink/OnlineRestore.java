/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import io.freshet.definition.ViewPlan;
import io.freshet.row.HistoryRow;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Writes rows that the history tells into the online store, as the live job writes them: in the view's layout, and never
 * in the place of a newer one, so that it may do so while the job runs. Waits where the store is away. Used by one thread.
 */
public final class OnlineRestore implements AutoCloseable {

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final RedisRowStore store;
    private final Duration retryFor;

    /** Into that store, under keys of that namespace. */
    public OnlineRestore(RedisOptions options, String namespace, ViewPlan plan) {
        store = new RedisRowStore(options, namespace, plan);
        retryFor = options.retryFor();
    }

    /**
     * Writes rows, each of another entity, and returns when that is acknowledged.
     *
     * @param rows of the version that the view has
     * @param ttlsMillis how long each has still to live, ms; 0 for ever
     * @return how many were written; of the others the store has that row, or a newer one
     * @throws IOException if the store refuses us, or has not taken them for as long as {@code redis.retry_for} says
     */
    public long write(List<HistoryRow> rows, List<Long> ttlsMillis) throws IOException {
        long began = System.nanoTime();
        long pauseMillis = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                return store.restore(rows, ttlsMillis).toCompletableFuture().get();
            } catch (ExecutionException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                if (cause instanceof StoreRefusedException refused) {
                    throw refused;
                }
                if (System.nanoTime() - began > retryFor.toNanos()) {
                    throw new IOException(
                            "Cannot write rows to Redis: tried for " + retryFor.toSeconds()
                                    + " s (redis.retry_for), last: " + cause.getMessage()
                                    + "; what is written stays, run it again to write the rest",
                            cause);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while writing to Redis", e);
            }
            pause(pauseMillis);
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        }
    }

    private static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while writing to Redis", e);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
