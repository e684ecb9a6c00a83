/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.BooleanSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;

/** What a task of the window operator keeps beside the states of its entities. */
final class TaskValues {

    private final ListState<Long> savedEntities;
    private final ListState<Long> savedCompleteSince;
    private final ListState<Boolean> savedTimersStored;
    private final ListState<byte[]> savedColumns;
    private final Optional<KeptColumns> columns;
    private final long entities;
    private final long completeSinceMillis;
    private final boolean timersStored;

    /**
     * Reads what a former task wrote, if there was one.
     *
     * @param completeSinceMillis taken where nothing was written
     */
    TaskValues(StateInitializationContext context, long completeSinceMillis) throws Exception {
        OperatorStateStore store = context.getOperatorStateStore();
        savedEntities = store.getListState(new ListStateDescriptor<>("entity-count", LongSerializer.INSTANCE));
        long sum = 0;
        for (long saved : savedEntities.get()) {
            sum += saved;
        }
        entities = sum;
        // Every task has the same value; by union each has it too where there are more tasks than before.
        savedCompleteSince =
                store.getUnionListState(new ListStateDescriptor<>("complete-since", LongSerializer.INSTANCE));
        Iterator<Long> kept = savedCompleteSince.get().iterator();
        this.completeSinceMillis = kept.hasNext() ? kept.next() : completeSinceMillis;
        savedColumns =
                store.getUnionListState(new ListStateDescriptor<>("columns", BytePrimitiveArraySerializer.INSTANCE));
        Iterator<byte[]> written = savedColumns.get().iterator();
        columns = written.hasNext() ? Optional.of(KeptColumns.read(written.next())) : Optional.empty();
        savedTimersStored =
                store.getUnionListState(new ListStateDescriptor<>("timers-stored", BooleanSerializer.INSTANCE));
        Set<Boolean> stored = new HashSet<>();
        savedTimersStored.get().forEach(stored::add);
        timersStored = stored.equals(context.isRestored() ? Set.of(true) : Set.of());
    }

    /** Entities of which something is kept. After rescaling right in all tasks together, not in each. */
    long entities() {
        return entities;
    }

    /** Event time since which the first job saw all events. */
    long completeSinceMillis() {
        return completeSinceMillis;
    }

    /** Whether all tasks that wrote the states left a timer for each entity that needs one. */
    boolean timersStored() {
        return timersStored;
    }

    /** The columns that the states were kept for; empty where nothing was, or by a version of Freshet that did not say. */
    Optional<KeptColumns> columns() {
        return columns;
    }

    void save(long entities, boolean timersStored, KeptColumns kept) throws Exception {
        savedColumns.update(List.of(kept.written()));
        savedEntities.update(List.of(entities));
        savedCompleteSince.update(List.of(completeSinceMillis));
        savedTimersStored.update(List.of(timersStored));
    }
}
