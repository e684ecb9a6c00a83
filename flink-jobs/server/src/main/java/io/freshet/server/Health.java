/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import io.freshet.client.FeatureReader;
import io.freshet.client.FeatureService;
import io.freshet.client.ViewFreshness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /health}: whether the store answers and how far the jobs have come. {@code ok}, or {@code stale} where a job is behind
 * its target, both 200; {@code unavailable}, 503, where the store does not answer. Who has no token is told the status alone.
 */
final class Health {

    /** Asked by whoever reaches the server: the store is not, more often than this. */
    private static final long KEPT_NANOS = 500_000_000;

    private final FeatureReader reader;
    private final FeatureService all;
    private final LongSupplier nanoTime;
    private final AtomicReference<@Nullable Asked> last = new AtomicReference<>();

    private record Asked(long nanos, CompletableFuture<Outcome> outcome) {}

    /**
     * What the store said.
     *
     * @param views how far the jobs have come; none where it did not answer
     * @param failure why it did not; empty where it did
     */
    private record Outcome(List<ViewFreshness> views, String failure) {}

    Health(FeatureReader reader, ServedViews views, LongSupplier nanoTime) {
        this.reader = reader;
        this.all = views.all();
        this.nanoTime = nanoTime;
    }

    CompletionStage<Reply> answer(Call call) {
        return outcome().thenApply(outcome -> reply(outcome, call.trusted()));
    }

    private CompletableFuture<Outcome> outcome() {
        long now = nanoTime.getAsLong();
        Asked known = last.get();
        if (known != null && now - known.nanos() < KEPT_NANOS) {
            return known.outcome();
        }
        CompletableFuture<Outcome> asked = reader.freshness(all)
                .thenApply(views -> new Outcome(views, ""))
                .exceptionally(failure -> new Outcome(List.of(), message(failure)))
                .toCompletableFuture();
        last.set(new Asked(now, asked));
        return asked;
    }

    private static String message(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(cause.getMessage());
    }

    private static Reply reply(Outcome outcome, boolean trusted) {
        boolean reached = outcome.failure().isEmpty();
        boolean stale = outcome.views().stream().anyMatch(ViewFreshness::isStale);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", !reached ? "unavailable" : stale ? "stale" : "ok");
        if (trusted) {
            body.put("online_store", reached ? "reached" : outcome.failure());
            List<Map<String, @Nullable Object>> views = new ArrayList<>();
            for (ViewFreshness view : outcome.views()) {
                Map<String, @Nullable Object> of = new LinkedHashMap<>();
                of.put("view", view.view());
                of.put("status", view.isStale() ? "stale" : "fresh");
                of.put(
                        "watermark",
                        view.watermarkMillis().isPresent()
                                ? view.watermarkMillis().getAsLong()
                                : null);
                of.put(
                        "behind_ms",
                        view.behindMillis().isPresent() ? view.behindMillis().getAsLong() : null);
                of.put("stale_after_ms", view.staleAfterMillis());
                views.add(of);
            }
            body.put("views", views);
        }
        return Reply.json(body).withStatus(reached ? 200 : 503);
    }
}
