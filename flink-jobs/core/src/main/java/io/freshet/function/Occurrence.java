/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** An event as a function sees it. Valid only during the call that it is handed to. */
public interface Occurrence {

    /** The n-th input of the call, in the form that ValueType names; null is SQL's null. */
    @Nullable
    Object input(int position);

    /** Event time, ms since 1970 UTC. */
    long timeMillis();

    /** Kafka partition it came from; with the offset it orders events of one time. */
    int partition();

    /** Kafka offset it came from. */
    long offset();

    /** The n-th input where nulls are passed over. */
    default Object value(int position) {
        return requireNonNull(input(position), "an input is null that should have been passed over");
    }

    /** The n-th input as a double. */
    default double number(int position) {
        return ((Number) value(position)).doubleValue();
    }
}
