/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import java.time.Instant;
import java.util.List;

/**
 * What was read for one row that asked.
 *
 * @param asked the row
 * @param at the moment of reading
 * @param views what each view of the service gave, in its order
 */
public record FeatureVector(EntityRow asked, Instant at, List<ViewVector> views) {

    public FeatureVector {
        views = List.copyOf(views);
    }

    /**
     * What one view gave.
     *
     * @throws IllegalArgumentException if it is none of the service
     */
    public ViewVector view(String name) {
        return views.stream()
                .filter(view -> view.view().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Cannot give view '" + name
                        + "': it was not read, expected one of "
                        + String.join(", ", views.stream().map(ViewVector::view).toList())));
    }
}
