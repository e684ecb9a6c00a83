/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import io.freshet.definition.ViewPlan;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Publishes up to when a view has seen all events, for jobs that end: live ones do so each second. */
public final class OnlineWatermark {

    private static final long LIMIT_SECONDS = 20;

    private OnlineWatermark() {}

    /**
     * Publishes it.
     *
     * @param watermarkMillis event time up to which all events are in the rows, ms since 1970 UTC
     * @throws IOException if Redis does not take it
     */
    public static void publish(RedisOptions options, String namespace, ViewPlan plan, long watermarkMillis)
            throws IOException {
        RedisRowStore store = new RedisRowStore(options, namespace, plan);
        try {
            store.publishWatermark(watermarkMillis).toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while writing to Redis", e);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("Cannot write the watermark to Redis: " + cause.getMessage(), e);
        } finally {
            store.close();
        }
    }
}
