/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

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
    private final ValueStateDescriptor<TimedState> descriptor;
    private final ValueState<TimedState> states;

    KeptStates(KeyedStateBackend<String> backend, ValueStateDescriptor<TimedState> descriptor) throws Exception {
        this.backend = backend;
        this.descriptor = descriptor;
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

    void put(String key, TimedState state) throws Exception {
        backend.setCurrentKey(key);
        states.update(state);
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
