/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.monitoring;

import static java.util.Objects.requireNonNull;

import io.freshet.event.DeadLetterReason;
import io.freshet.metrics.ViewMetrics;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts what happens to one view in one task, in the metric group {@code freshet.view.<name>}. */
public final class FlinkViewMetrics implements ViewMetrics {

    private final MetricGroup group;
    private final Counter eventsIn;
    private final Counter rowsOut;
    private final Counter late;
    private final Counter outOfOrder;
    private final Counter nonFinite;
    private final Counter overflow;
    private final Counter expressionFailed;
    private final Map<DeadLetterReason, Counter> deadLetters = new EnumMap<>(DeadLetterReason.class);

    /**
     * The metrics of a view.
     *
     * @param taskGroup the group of the operator they are told by
     * @param view name of the view
     */
    public FlinkViewMetrics(MetricGroup taskGroup, String view) {
        group = taskGroup.addGroup("freshet").addGroup("view", view);
        eventsIn = group.counter("events_in");
        rowsOut = group.counter("rows_out");
        late = group.counter("late");
        outOfOrder = group.counter("out_of_order");
        nonFinite = group.counter("non_finite");
        overflow = group.counter("overflow");
        expressionFailed = group.counter("expression_failed");
        // All of them now: a counter that first appears with its first letter shows no increase to Prometheus.
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            deadLetters.put(reason, group.addGroup("reason", reason.label()).counter("dead_letters"));
        }
    }

    /** The group, for gauges and histograms beside the counters. */
    public MetricGroup group() {
        return group;
    }

    /** An event was put aside. */
    public void deadLetter(DeadLetterReason reason) {
        requireNonNull(deadLetters.get(reason)).inc();
    }

    @Override
    public void eventIn() {
        eventsIn.inc();
    }

    @Override
    public void rowOut() {
        rowsOut.inc();
    }

    @Override
    public void eventLate() {
        late.inc();
    }

    @Override
    public void eventOutOfOrder() {
        outOfOrder.inc();
    }

    @Override
    public void nonFiniteSkipped() {
        nonFinite.inc();
    }

    @Override
    public void overflow() {
        overflow.inc();
    }

    @Override
    public void expressionFailed() {
        expressionFailed.inc();
    }
}
