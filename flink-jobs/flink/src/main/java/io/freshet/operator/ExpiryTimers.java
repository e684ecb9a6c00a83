/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimeServiceManager;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;

/** Flink's event-time timers of a task, which checkpoints hold beside the state. Fired when asked to, a few at a time. */
final class ExpiryTimers {

    /** Where Flink keeps the timers; in an operator by {@code getInternalTimerService}. */
    @FunctionalInterface
    interface Source {
        InternalTimerService<VoidNamespace> service(
                String name, VoidNamespaceSerializer namespaces, Triggerable<String, VoidNamespace> target);
    }

    private static final String NAME = "expiries";

    private final InternalTimerService<VoidNamespace> service;
    private final InternalTimeServiceManager<?> manager;

    ExpiryTimers(Source source, InternalTimeServiceManager<?> manager, Triggerable<String, VoidNamespace> target) {
        this.service = source.service(NAME, VoidNamespaceSerializer.INSTANCE, target);
        this.manager = manager;
    }

    /** Registers a timer of the entity that was selected last. */
    void register(long millis) {
        service.registerEventTimeTimer(VoidNamespace.INSTANCE, millis);
    }

    /**
     * Fires timers due at or before the watermark, at least one if there is any, until the budget is used up.
     *
     * @return false if some may be left
     */
    boolean fire(long watermarkMillis, Entities.Budget budget) throws Exception {
        return manager.tryAdvanceWatermark(new Watermark(watermarkMillis), () -> !budget.take());
    }
}
