/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import io.freshet.window.EntityState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.KeyedStateFunction;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.jspecify.annotations.Nullable;

/** Flink's state of a task, by entity key: what checkpoints hold. */
final class KeptStates {

    private final KeyedStateBackend<String> backend;
    private final TimedStateSerializer serializer;
    private final ValueStateDescriptor<TimedState> descriptor;
    private final ValueState<TimedState> states;

    KeptStates(KeyedStateBackend<String> backend, TimedStateSerializer serializer) throws Exception {
        this.backend = backend;
        this.serializer = serializer;
        this.descriptor = new ValueStateDescriptor<>("windows", serializer);
        this.states = backend.getPartitionedState(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor);
    }

    /** Timers that are registered next are of that entity. */
    void select(String key) {
        backend.setCurrentKey(key);
    }

    @Nullable
    TimedState get(String key) throws Exception {
        backend.setCurrentKey(key);
        return states.value();
    }

    void put(String key, EntityState windows, long timerMillis) throws Exception {
        backend.setCurrentKey(key);
        states.update(serializer.timed(windows, timerMillis));
    }

    /** A state as this task keeps it: one that a job with other columns kept becomes one of these. */
    TimedState own(TimedState state) {
        return serializer.own(state);
    }

    void remove(String key) throws Exception {
        backend.setCurrentKey(key);
        states.clear();
    }

    /** Goes through all entities; the step may change the state of the one it is handed. */
    void forEach(KeyedStateFunction<String, ValueState<TimedState>> step) throws Exception {
        backend.applyToAllKeys(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor, step);
    }
}
