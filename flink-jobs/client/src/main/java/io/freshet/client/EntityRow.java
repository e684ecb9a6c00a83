/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What features are wanted for: the entity fields of all views together, and what the request says. Numbers may have any
 * width, and be texts.
 *
 * @param entity values of the entity fields by name, those of all views that are read
 * @param request what the request says, by name, for features that are computed on demand; null is a value
 */
public record EntityRow(Map<String, Object> entity, Map<String, @Nullable Object> request) {

    public EntityRow {
        entity = Collections.unmodifiableMap(new LinkedHashMap<>(entity));
        request = Collections.unmodifiableMap(new LinkedHashMap<>(request));
    }

    /** An entity of one field, without a request. */
    public static EntityRow of(String field, Object value) {
        return new EntityRow(Map.of(field, value), Map.of());
    }

    /** The same with one more entity field. */
    public EntityRow and(String field, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(entity);
        more.put(field, value);
        return new EntityRow(more, request);
    }

    /** The same with one more thing that the request says. */
    public EntityRow request(String field, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(request);
        more.put(field, value);
        return new EntityRow(entity, more);
    }
}
