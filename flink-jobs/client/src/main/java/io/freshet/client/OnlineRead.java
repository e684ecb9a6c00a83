/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one read found.
 *
 * @param watermarkMillis the watermark that the view's job had published before the rows were read, ms since 1970 UTC;
 *     empty where none ever was. A row older than it means that nothing happened to the entity since
 * @param rows by entity key, in the order asked for; an entity that was never seen, or whose row expired, is not there
 */
public record OnlineRead(OptionalLong watermarkMillis, Map<String, OnlineRow> rows) {

    public OnlineRead {
        rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
    }

    /** The row of an entity, or empty where the store has none. */
    public Optional<OnlineRow> row(String entity) {
        return Optional.ofNullable(rows.get(entity));
    }
}
