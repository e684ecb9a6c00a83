/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.reading.LaterValues;
import io.freshet.reading.ReadPlan;
import io.freshet.row.CompactReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the newest rows of one view as the online store has them: for tools. Models read by {@link FeatureReader}. Safe for
 * use by many threads over its one connection, which it opens again when it was lost; while it is lost reads fail at once.
 */
public final class OnlineReader implements AutoCloseable {

    private final StoreReads reads;
    private final NearCache cache;
    private final String namespace;

    private OnlineReader(ReaderOptions options) {
        namespace = options.namespace();
        cache = new NearCache(options);
        reads = new StoreReads(RedisStore.connect(options), options);
    }

    /**
     * Connects to the online store.
     *
     * @param uri {@code redis://[user:password@]host[:port][/database]}, {@code rediss://} for TLS; never shown
     * @param namespace what all keys start with
     * @param timeout how long to wait for the connection, and for the answer to a read
     * @throws OnlineStoreException if it cannot be reached, or refuses user or password
     */
    public static OnlineReader connect(String uri, String namespace, Duration timeout) {
        return connect(ReaderOptions.redis(uri)
                .namespace(namespace)
                .timeout(timeout)
                .circuitBreaker(0, Duration.ZERO)
                .build());
    }

    /**
     * Connects to the online store.
     *
     * @throws OnlineStoreException if it cannot be reached, refuses user or password, or has a certificate that is not trusted
     */
    public static OnlineReader connect(ReaderOptions options) {
        return new OnlineReader(options);
    }

    /**
     * Reads the newest rows of some entities in one round trip.
     *
     * @param view the view, as planned from its definition
     * @param entities keys as text, see {@link io.freshet.row.EntityKey}; one asked for twice is read once
     * @throws OnlineStoreException if the store does not answer in time, or a row does not fit the view
     */
    public OnlineRead read(ViewPlan view, List<String> entities) {
        ReadPlan plan =
                ReadPlan.of(view, view.columns().stream().map(Column::name).toList());
        StoredForm form = StoredForm.of(plan);
        try {
            return read(plan, form, entities);
        } catch (CompactReader.UnknownSchemaException e) {
            // It is read with the next rows.
            try {
                return read(plan, form, entities);
            } catch (CompactReader.UnknownSchemaException still) {
                throw reads.failed(List.of(view.view().name()), String.valueOf(still.getMessage()), still);
            }
        }
    }

    private OnlineRead read(ReadPlan plan, StoredForm form, List<String> entities) {
        List<String> name = List.of(plan.view().view().name());
        Fetch fetch = new Fetch(namespace, cache);
        fetch.watermark(name.get(0));
        Fetch.OfView asked = fetch.rows(name.get(0), form, entities);
        reads.run(fetch, name);
        try {
            OptionalLong watermark = fetch.watermarkOf(name.get(0));
            Map<String, OnlineRow> rows = new LinkedHashMap<>();
            fetch.rowsOf(asked)
                    .forEach((entity, found) ->
                            found.ifPresent(row -> rows.put(entity, row(entity, row, plan.later()))));
            return new OnlineRead(watermark, rows);
        } catch (CompactReader.UnknownSchemaException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw reads.failed(name, String.valueOf(e.getMessage()), e);
        }
    }

    private static OnlineRow row(String entity, StoredRow row, LaterValues later) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (String column : later.names()) {
            values.put(column, row.values()[values.size()]);
        }
        return new OnlineRow(
                entity,
                row.identity().asOfMillis(),
                row.availableAtMillis(),
                row.identity().seq(),
                row.identity().version(),
                values,
                row.warming(),
                later);
    }

    /** Gives the connection back. */
    @Override
    public void close() {
        reads.close();
    }
}
