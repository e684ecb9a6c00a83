/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import static java.util.Objects.requireNonNull;

import io.freshet.function.Occurrence;
import org.jspecify.annotations.Nullable;

/**
 * An event as one view sees it: who, when, and what its aggregates read, by position. Immutable by contract: nobody
 * changes the arrays after construction.
 */
public final class SelectedEvent implements Occurrence {

    private final String entity;
    private final long timeMillis;
    private final int partition;
    private final long offset;
    private final long ingestedAtMillis;
    private final long filters;
    private final @Nullable Object[] inputs;
    private final byte @Nullable [] raw;
    private final boolean silent;

    /**
     * An event of one view.
     *
     * @param entity the entity key, see EntityKey
     * @param timeMillis event time in ms since 1970 UTC, may be negative
     * @param partition topic and Kafka partition it came from, see {@link PartitionNumbers}
     * @param offset Kafka offset it came from
     * @param ingestedAtMillis when Kafka took it in, wall clock, ms; of a view over files, from when it was available
     * @param filters bit i tells whether filter i of the plan holds
     * @param inputs the inputs of the plan, by position; null is SQL's null
     * @param raw the record's value as it came, kept only where the event might prove late; else null
     */
    public SelectedEvent(
            String entity,
            long timeMillis,
            int partition,
            long offset,
            long ingestedAtMillis,
            long filters,
            @Nullable Object[] inputs,
            byte @Nullable [] raw) {
        this(entity, timeMillis, partition, offset, ingestedAtMillis, filters, inputs, raw, false);
    }

    private SelectedEvent(
            String entity,
            long timeMillis,
            int partition,
            long offset,
            long ingestedAtMillis,
            long filters,
            @Nullable Object[] inputs,
            byte @Nullable [] raw,
            boolean silent) {
        this.entity = requireNonNull(entity, "entity");
        this.timeMillis = timeMillis;
        this.partition = partition;
        this.offset = offset;
        this.ingestedAtMillis = ingestedAtMillis;
        this.filters = filters;
        this.inputs = requireNonNull(inputs, "inputs");
        this.raw = raw;
        this.silent = silent;
    }

    /**
     * The same event, but silent: it counts like any other and gives no row of its own. For events that are followed at
     * once by one of the same entity, at the same time or later, that is not silent.
     */
    public SelectedEvent silently() {
        return new SelectedEvent(entity, timeMillis, partition, offset, ingestedAtMillis, filters, inputs, raw, true);
    }

    /** The same event without the record's value: for one that cannot prove late. */
    public SelectedEvent withoutRaw() {
        return raw == null
                ? this
                : new SelectedEvent(
                        entity, timeMillis, partition, offset, ingestedAtMillis, filters, inputs, null, silent);
    }

    /** Whether it counts without a row of its own. */
    public boolean silent() {
        return silent;
    }

    public String entity() {
        return entity;
    }

    @Override
    public long timeMillis() {
        return timeMillis;
    }

    @Override
    public int partition() {
        return partition;
    }

    @Override
    public long offset() {
        return offset;
    }

    public long ingestedAtMillis() {
        return ingestedAtMillis;
    }

    /** All filter bits. */
    public long filters() {
        return filters;
    }

    /** Whether that filter of the plan holds for this event. */
    public boolean passes(int filter) {
        return (filters >>> filter & 1L) != 0;
    }

    /** The value of that input of the plan, or null. */
    @Override
    public @Nullable Object input(int position) {
        return inputs[position];
    }

    public int inputCount() {
        return inputs.length;
    }

    /** The record's value as it came; null where it was not kept. */
    public byte @Nullable [] raw() {
        return raw;
    }
}
