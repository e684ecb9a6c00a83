/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an aggregate sees of an event.
 *
 * @param timeMillis event time, ms since 1970 UTC
 * @param partition partition it came from
 * @param offset offset it came from
 * @param inputs the aggregate's inputs; null is SQL's null
 */
record PlainEvent(long timeMillis, int partition, long offset, List<@Nullable Object> inputs) {

    /** The n-th input, which is not null. */
    Object value(int position) {
        return requireNonNull(inputs.get(position));
    }
}
