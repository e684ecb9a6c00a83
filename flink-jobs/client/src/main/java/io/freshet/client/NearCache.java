/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Rows that were read a short while ago. Safe for use by many threads. */
final class NearCache {

    private final @Nullable Cache<Key, Optional<StoredRow>> rows;
    private final @Nullable Cache<String, Long> watermarks;

    /** A row as one form has it. Forms are told apart by identity: each service has its own. */
    private record Key(StoredForm form, String entity) {}

    NearCache(ReaderOptions options) {
        if (options.cachedRows() > 0) {
            rows = Caffeine.newBuilder()
                    .maximumSize(options.cachedRows())
                    .expireAfterWrite(options.cachedFor())
                    .build();
            watermarks =
                    Caffeine.newBuilder().expireAfterWrite(options.cachedFor()).build();
        } else {
            rows = null;
            watermarks = null;
        }
    }

    /** The row of an entity, empty where it was found to have none; null where that is not known. */
    @Nullable
    Optional<StoredRow> row(StoredForm form, String entity) {
        return rows == null ? null : rows.getIfPresent(new Key(form, entity));
    }

    void keep(StoredForm form, String entity, Optional<StoredRow> row) {
        if (rows != null) {
            rows.put(new Key(form, entity), row);
        }
    }

    OptionalLong watermark(String view) {
        Long known = watermarks == null ? null : watermarks.getIfPresent(view);
        return known == null ? OptionalLong.empty() : OptionalLong.of(known);
    }

    void keepWatermark(String view, long millis) {
        if (watermarks != null) {
            watermarks.put(view, millis);
        }
    }
}
