/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import io.freshet.row.OnlineRefusal;
import io.freshet.row.OnlineRights;
import io.lettuce.core.RedisException;
import io.lettuce.core.protocol.RedisCommand;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends fetches and waits for them, within the timeout, unless the circuit is open. Safe for use by many threads. */
final class StoreReads implements AutoCloseable {

    private final RedisStore store;
    private final CircuitBreaker breaker;
    private final long timeoutMillis;
    private final OnlineRights rights;

    StoreReads(RedisStore store, ReaderOptions options) {
        this.store = store;
        this.breaker = new CircuitBreaker(options.failuresToOpen(), options.openFor(), System::nanoTime);
        this.timeoutMillis = options.timeout().toMillis();
        this.rights = OnlineRights.toRead(options.namespace());
    }

    /**
     * Waits until all of a fetch is answered.
     *
     * @throws OnlineStoreException if it is not, in time
     */
    void run(Fetch fetch, List<String> views) {
        CompletableFuture<Void> answered = start(fetch, views);
        try {
            answered.get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fetch.cancel();
            throw failed(views, "interrupted while waiting", e);
        } catch (ExecutionException | TimeoutException e) {
            fetch.cancel();
            throw explained(views, e);
        }
    }

    /** Completes when all of a fetch is answered, or with an {@link OnlineStoreException}. */
    CompletableFuture<Void> runAsync(Fetch fetch, List<String> views) {
        CompletableFuture<Void> answered;
        try {
            answered = start(fetch, views);
        } catch (OnlineStoreException e) {
            return CompletableFuture.failedFuture(e);
        }
        return answered.orTimeout(timeoutMillis, TimeUnit.MILLISECONDS).exceptionallyCompose(failure -> {
            fetch.cancel();
            return CompletableFuture.failedFuture(explained(views, failure));
        });
    }

    private CompletableFuture<Void> start(Fetch fetch, List<String> views) {
        List<RedisCommand<byte[], byte[], ?>> commands = fetch.commands();
        if (commands.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        if (!breaker.lets()) {
            throw new OnlineStoreException(
                    "Cannot read " + named(views) + " from the online store at " + store.place()
                            + ": not tried, as the last reads failed",
                    null);
        }
        try {
            store.send(commands);
        } catch (RedisException e) {
            breaker.failed();
            throw explained(views, e);
        }
        CompletableFuture<Void> answered = fetch.answered();
        answered.whenComplete((done, failure) -> {
            if (failure == null) {
                breaker.succeeded();
            } else {
                breaker.failed();
            }
        });
        return answered;
    }

    private OnlineStoreException explained(List<String> views, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return failed(views, "no answer within " + timeoutMillis + " ms", cause);
        }
        String answer = String.valueOf(RedisStore.innermost(cause).getMessage());
        return failed(
                views,
                OnlineRefusal.isMissingRight(answer) ? answer + "; " + OnlineRefusal.howToAllow(rights) : answer,
                cause);
    }

    OnlineStoreException failed(List<String> views, String why, Throwable cause) {
        return new OnlineStoreException(
                "Cannot read " + named(views) + " from the online store at " + store.place() + ": " + why, cause);
    }

    private static String named(List<String> views) {
        return (views.size() == 1 ? "view '" : "views '") + String.join("', '", views) + "'";
    }

    @Override
    public void close() {
        store.close();
    }
}
