/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One call for features.
 *
 * @param service which features
 * @param rows for which entities
 * @param id what the caller knows the request by, for the log of what was served; empty: a random one
 * @param at the moment of reading; empty: now, by the reader's clock. Another than now is for replays of old events
 */
public record FeatureRequest(FeatureService service, List<EntityRow> rows, Optional<String> id, Optional<Instant> at) {

    public FeatureRequest {
        requireNonNull(service, "service");
        rows = List.copyOf(rows);
    }

    /** A call as of now. */
    public static FeatureRequest of(FeatureService service, EntityRow... rows) {
        return new FeatureRequest(service, List.of(rows), Optional.empty(), Optional.empty());
    }

    /** A call as of now. */
    public static FeatureRequest of(FeatureService service, List<EntityRow> rows) {
        return new FeatureRequest(service, rows, Optional.empty(), Optional.empty());
    }

    /** The same with an id. */
    public FeatureRequest withId(String name) {
        return new FeatureRequest(service, rows, Optional.of(name), at);
    }

    /** The same as of a moment. */
    public FeatureRequest asOf(Instant moment) {
        return new FeatureRequest(service, rows, id, Optional.of(moment));
    }
}
