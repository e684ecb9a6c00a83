/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import io.freshet.reading.FeatureComputation;
import io.freshet.row.CompactReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Reads features for a model: of many views, for many entities, in one round trip. Values are those of the moment of
 * reading. Safe for use by many threads, over one connection.
 */
public final class FeatureReader implements AutoCloseable {

    private final ReaderOptions options;
    private final StoreReads reads;
    private final NearCache cache;

    private FeatureReader(ReaderOptions options, StoreReads reads) {
        this.options = options;
        this.reads = reads;
        this.cache = new NearCache(options);
    }

    /**
     * Connects to the online store.
     *
     * @throws OnlineStoreException if it cannot be reached, or refuses user or password
     * @throws IllegalArgumentException if an address is no Redis URI
     */
    public static FeatureReader connect(ReaderOptions options) {
        return new FeatureReader(options, new StoreReads(RedisStore.connect(options), options));
    }

    /** What was asked, ready to be answered. */
    private record Asked(
            FeatureRequest request,
            Instant at,
            String id,
            Fetch fetch,
            List<Fetch.OfView> views,
            List<List<String>> entities) {}

    /**
     * Reads features.
     *
     * @return one answer per row, in order
     * @throws OnlineStoreException if the store does not answer in time, or a row does not fit its view
     * @throws IllegalArgumentException if a row lacks an entity field, or something of the request that is wanted
     */
    public List<FeatureVector> read(FeatureRequest request) {
        try {
            return readOnce(request);
        } catch (CompactReader.UnknownSchemaException e) {
            // It is read with the next rows.
            try {
                return readOnce(request);
            } catch (CompactReader.UnknownSchemaException still) {
                throw unreadable(request, still);
            }
        }
    }

    private List<FeatureVector> readOnce(FeatureRequest request) {
        Asked asked = ask(request);
        reads.run(asked.fetch(), request.service().viewNames());
        return answer(asked);
    }

    private OnlineStoreException unreadable(FeatureRequest request, Throwable why) {
        return reads.failed(request.service().viewNames(), String.valueOf(why.getMessage()), why);
    }

    /** Reads all features of a service for one row, as of now. */
    public FeatureVector read(FeatureService service, EntityRow row) {
        return read(FeatureRequest.of(service, row)).get(0);
    }

    /**
     * Reads features without waiting. What is behind the returned stage runs on a thread of the connection: hand on what
     * takes long.
     *
     * @return one answer per row, in order; fails as {@link #read} does
     */
    public CompletionStage<List<FeatureVector>> readAsync(FeatureRequest request) {
        return readAsync(request, Runnable::run);
    }

    /**
     * As {@link #readAsync(FeatureRequest)}.
     *
     * @param computing where values are computed, once the store has answered, and what is behind the returned stage runs: for
     *     large requests, so that they do not hold up others
     */
    public CompletionStage<List<FeatureVector>> readAsync(FeatureRequest request, Executor computing) {
        return readOnceAsync(request, computing)
                .exceptionallyCompose(failure -> isUnknownSchema(failure)
                        ? readOnceAsync(request, computing)
                                .exceptionallyCompose(still -> CompletableFuture.failedFuture(
                                        isUnknownSchema(still)
                                                ? unreadable(request, RedisStore.innermost(still))
                                                : still))
                        : CompletableFuture.failedFuture(failure));
    }

    private CompletableFuture<List<FeatureVector>> readOnceAsync(FeatureRequest request, Executor computing) {
        try {
            Asked asked = ask(request);
            return reads.runAsync(asked.fetch(), request.service().viewNames())
                    .thenApplyAsync(done -> answer(asked), computing);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static boolean isUnknownSchema(Throwable failure) {
        return RedisStore.innermost(failure) instanceof CompactReader.UnknownSchemaException;
    }

    /**
     * Asks how far the jobs of a service's views have come, in one round trip, without waiting.
     *
     * @return one per view, in the order of the service; fails with {@link OnlineStoreException} if the store does not answer
     *     in time
     */
    public CompletionStage<List<ViewFreshness>> freshness(FeatureService service) {
        Fetch fetch = new Fetch(options.namespace(), cache);
        service.views().forEach(view -> fetch.watermark(view.name()));
        return reads.runAsync(fetch, service.viewNames()).thenApply(done -> {
            Instant at = options.clock().instant();
            return service.views().stream()
                    .map(view -> new ViewFreshness(view.name(), fetch.watermarkOf(view.name()), staleAfter(view), at))
                    .toList();
        });
    }

    private long staleAfter(ServiceView view) {
        return options.staleAfter()
                .orElseGet(view::staleAfter)
                .plus(options.cachedFor())
                .toMillis();
    }

    private Asked ask(FeatureRequest request) {
        Instant at = request.at().orElseGet(() -> options.clock().instant());
        String id = request.id().orElseGet(() -> UUID.randomUUID().toString());
        Fetch fetch = new Fetch(options.namespace(), cache);
        List<List<String>> entities = new ArrayList<>();
        for (ServiceView view : request.service().views()) {
            fetch.watermark(view.name());
            // A request that cannot be computed on is refused before the store is asked.
            request.rows().forEach(view::request);
            entities.add(request.rows().stream().map(view::entity).toList());
        }
        List<Fetch.OfView> views = new ArrayList<>();
        for (int i = 0; i < entities.size(); i++) {
            ServiceView view = request.service().views().get(i);
            views.add(fetch.rows(view.name(), view.form(), new LinkedHashSet<>(entities.get(i))));
        }
        return new Asked(request, at, id, fetch, views, entities);
    }

    private List<FeatureVector> answer(Asked asked) {
        List<EntityRow> rows = asked.request().rows();
        List<List<ViewVector>> byView = new ArrayList<>();
        for (int i = 0; i < asked.views().size(); i++) {
            byView.add(ofView(asked, i));
        }
        List<FeatureVector> vectors = new ArrayList<>(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            List<ViewVector> views = new ArrayList<>(byView.size());
            for (List<ViewVector> each : byView) {
                views.add(each.get(row));
            }
            vectors.add(new FeatureVector(rows.get(row), asked.at(), views));
        }
        options.servedLog().served(asked.id(), vectors);
        return vectors;
    }

    /** What one view gives to each row. */
    private List<ViewVector> ofView(Asked asked, int position) {
        ServiceView view = asked.request().service().views().get(position);
        OptionalLong watermark;
        Map<String, Optional<StoredRow>> found;
        try {
            watermark = asked.fetch().watermarkOf(view.name());
            found = asked.fetch().rowsOf(asked.views().get(position));
        } catch (CompactReader.UnknownSchemaException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw reads.failed(List.of(view.name()), String.valueOf(e.getMessage()), e);
        }
        FeatureComputation computation = view.computation();
        long staleAfter = staleAfter(view);
        List<ViewVector> vectors = new ArrayList<>();
        for (int row = 0; row < asked.request().rows().size(); row++) {
            String entity = asked.entities().get(position).get(row);
            @Nullable Object[] request = view.request(asked.request().rows().get(row));
            vectors.add(view.vector(
                    entity,
                    found.getOrDefault(entity, Optional.empty()),
                    watermark,
                    staleAfter,
                    computation,
                    request,
                    asked.at().toEpochMilli()));
        }
        return vectors;
    }

    /** Gives the connection back. */
    @Override
    public void close() {
        reads.close();
    }
}
