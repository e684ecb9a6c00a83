/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import org.jspecify.annotations.Nullable;

/** What whoever writes a row down needs of it: one that is being made, or one that the history tells. */
public sealed interface Row permits FeatureRow, HistoryRow {

    /** The entity key, see {@link EntityKey}. */
    String entity();

    /** Event time at which the values are true, ms since 1970 UTC. */
    long asOfMillis();

    /** From when a reader could have had the row, ms since 1970 UTC. */
    long availableAtMillis();

    /** Number of the row among those of its entity. */
    long seq();

    /** When Kafka took in the event that caused the row, wall clock, ms, or {@link FeatureRow#NO_EVENT}. */
    long ingestedAtMillis();

    /** The value of that column of the plan, or null. */
    @Nullable
    Object value(int column);
}
