/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import io.freshet.definition.ViewPlan;
import io.freshet.event.SelectedEvent;
import io.freshet.metrics.ViewMetrics;
import io.freshet.row.CompleteSince;
import io.freshet.row.FeatureRow;
import io.freshet.row.RowMaker;
import io.freshet.window.RowOutput;
import java.time.Clock;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of what the windows of an entity give, and passes them on, stamped with their as_of. A silent event's row is
 * left out, and so is its number: seq grows, with gaps.
 */
final class RowEmitter implements RowOutput {

    private final RowMaker maker;
    private final ViewMetrics metrics;
    private final Stamps stamps;
    private final TimestampedCollector<FeatureRow> out;

    private String entity = "";

    /**
     * What rows say of time beside their as_of.
     *
     * @param availableAt from when a reader could have had a row
     * @param completeSince since when the job has seen all events
     * @param clock the wall clock
     */
    record Stamps(AvailableAt availableAt, CompleteSince completeSince, Clock clock) {}

    RowEmitter(ViewPlan plan, ViewMetrics metrics, Stamps stamps, TimestampedCollector<FeatureRow> out) {
        this.maker = new RowMaker(plan, metrics);
        this.metrics = metrics;
        this.stamps = stamps;
        this.out = out;
    }

    /** The rows that follow are of that entity. */
    void begin(String entity) {
        this.entity = entity;
    }

    @Override
    public void row(long asOfMillis, long seq, @Nullable Object[] values, @Nullable SelectedEvent cause) {
        if (cause != null && cause.silent()) {
            return;
        }
        long now = stamps.clock().millis();
        metrics.rowOut();
        out.setAbsoluteTimestamp(asOfMillis);
        out.collect(new FeatureRow(
                entity,
                asOfMillis,
                stamps.availableAt().millis(asOfMillis, now),
                seq,
                stamps.completeSince().at(asOfMillis),
                cause == null ? FeatureRow.NO_EVENT : cause.ingestedAtMillis(),
                maker.complete(values)));
    }
}
